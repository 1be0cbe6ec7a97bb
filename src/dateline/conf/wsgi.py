"""The way in for a web server."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")

from django.core.wsgi import get_wsgi_application

from dateline.conf.front import PressedPages
from dateline.site.charts.projection import unfold

application = PressedPages(get_wsgi_application())
unfold()
# What is loaded by now stays loaded: else a full collection walks it now and then, 30 ms in the midst of an answer.
gc.collect()
gc.freeze()

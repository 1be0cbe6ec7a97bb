"""The way in for a web server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")

from django.core.wsgi import get_wsgi_application

from dateline.conf.front import PressedPages
from dateline.site.charts.projection import unfold

application = PressedPages(get_wsgi_application())
unfold()

"""The addresses of the site and its API."""

from django.urls import include, path

from dateline.api.missing import missing
from dateline.api.pages import docs
from dateline.api.routes import api

urlpatterns = [
    path("api/v1/docs", docs),
    path("api/v1/", api.urls),
    path("api/<path:rest>", missing),
    path("", include("dateline.site.urls")),
]
handler404 = "dateline.site.views.missing.missing"

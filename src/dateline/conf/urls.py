"""The addresses of the site and its API."""

from django.urls import include, path

from dateline.api.routes import api

urlpatterns = [path("api/v1/", api.urls), path("", include("dateline.site.urls"))]
handler404 = "dateline.site.views.missing.missing"

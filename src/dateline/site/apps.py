"""The public site as a Django app: templates, style sheets, translations; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dateline.site"
    label = "dateline_site"

"""Django's settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from dateline.api.rates import rate_of
from dateline.conf.environment import database, home, secret_key, setting, site_url
from dateline.fetch.addresses import networks
from dateline.fetch.mail import Mailer
from dateline.site import language

DATELINE_HOME = home()
DATELINE_SERVED = DATELINE_HOME / "served"
DATELINE_SITE_URL = site_url(DATELINE_SERVED)
DATELINE_SITE_NAME = setting("DATELINE_SITE_NAME")
DATELINE_LANGUAGE = setting("DATELINE_LANGUAGE")
DATELINE_CONTACT = setting("DATELINE_CONTACT")
DATELINE_ALLOW_PRIVATE = networks(setting("DATELINE_ALLOW_PRIVATE"))
DATELINE_ALLOW_PORTS = frozenset(int(port) for port in setting("DATELINE_ALLOW_PORTS").split(",") if port.strip())
DATELINE_API_RATE = rate_of(setting("DATELINE_API_RATE"))
DATELINE_API_KEY_RATE = rate_of(setting("DATELINE_API_KEY_RATE"))
DATELINE_MAIL_FROM = setting("DATELINE_MAIL_FROM") or f"dateline@{urlsplit(DATELINE_SITE_URL).hostname}"
DATELINE_MAILER = (
    Mailer.of(setting("DATELINE_SMTP_URL"), sender=DATELINE_MAIL_FROM) if setting("DATELINE_SMTP_URL") else None
)
DATELINE_PROXIES = networks(setting("DATELINE_PROXIES"))

DEBUG = setting("DATELINE_DEBUG") == "1"
SECRET_KEY = secret_key(DATELINE_HOME)
# A page says its own address from DATELINE_SITE_URL, never from the request, so any Host may be answered.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = ["dateline.archive", "dateline.site"]
MIDDLEWARE = ["dateline.conf.headers.Headers", "dateline.conf.packing.Packing", "dateline.api.door.Door"]
ROOT_URLCONF = "dateline.conf.urls"
WSGI_APPLICATION = "dateline.conf.wsgi.application"
DATABASES = {"default": database(DATELINE_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = language.LANGUAGES
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if urlsplit(DATELINE_SITE_URL).scheme == "https" else 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}},
}

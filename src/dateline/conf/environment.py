"""What the environment may say, each with its default and meaning. docs/reference/settings.md is made from this."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("DATELINE_HOME", "var", "Folder of the database, the secret key and a cache; `dateline init` makes it."),
    ("DATELINE_DATABASE_URL", "", "`postgres://user:password@host:port/name`; without it, SQLite in DATELINE_HOME."),
    (
        "DATELINE_SITE_URL",
        "http://127.0.0.1:8000",
        "The site's public address, in every permalink and QR code. Unset: where `serve` listens, or last did.",
    ),
    ("DATELINE_SITE_NAME", "Dateline", "The site's name."),
    ("DATELINE_LANGUAGE", "en", "The language `/` leads to."),
    (
        "DATELINE_CONTACT",
        "",
        "Address or mail that fetched sites can reach you by; in the User-Agent. Default: the site.",
    ),
    ("DATELINE_ALLOW_PRIVATE", "", "Private networks that may be fetched from, on any port: `127.0.0.1, 10.1.0.0/16`."),
    ("DATELINE_ALLOW_PORTS", "", "Ports fetched from besides 80 and 443: `8080, 8443`."),
    ("DATELINE_SMTP_URL", "", "Mail server: `smtps://user:password@host` or `smtp://host:25`; without it, no mail."),
    ("DATELINE_MAIL_FROM", "", "Address that mail is from. Default: `dateline@` and the site's host."),
    (
        "DATELINE_API_RATE",
        "120/minute",
        "How often an address may ask the API of one process: `60/minute`; `0`: no limit.",
    ),
    ("DATELINE_API_KEY_RATE", "1200/minute", "How often the holder of a key may."),
    (
        "DATELINE_PROXIES",
        "",
        "Networks of your own proxies, whose X-Forwarded-For is believed: `127.0.0.1, 10.1.0.0/16`.",
    ),
    ("DATELINE_SECRET_KEY", "", "Key for signatures; without it, one is made once and kept in DATELINE_HOME."),
    ("DATELINE_DEBUG", "", "`1` shows errors in the browser: never on a public site."),
)
_FILE = "dateline.sqlite3"
_DEFAULTS = {name: default for name, default, _ in SETTINGS}


def setting(name: str) -> str:
    """Return a setting of SETTINGS, its default where the environment is silent or empty."""
    return os.environ.get(name) or _DEFAULTS[name]


def home() -> Path:
    return Path(setting("DATELINE_HOME")).resolve()


def site_url(served: Path) -> str:
    """Return the site's address: the stated one, else where its archive is served or was last, as the note tells.

    So all commands print the permalinks that readers are given.
    """
    stated = os.environ.get("DATELINE_SITE_URL")
    if not stated and served.is_file():
        stated = served.read_text("utf-8").strip()
    return (stated or _DEFAULTS["DATELINE_SITE_URL"]).rstrip("/")


def secret_key(folder: Path) -> str:
    """Return the stated key, or one made once and kept for this installation only."""
    if stated := setting("DATELINE_SECRET_KEY"):
        return stated
    if not setting("DATELINE_DATABASE_URL") and not (folder / _FILE).exists():
        return secrets.token_urlsafe(50)  # nothing was signed with it yet: who only asks leaves nothing here
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "secret-key"
    try:
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text()


def database(folder: Path) -> dict[str, object]:
    """Return Django's database settings."""
    if url := setting("DATELINE_DATABASE_URL"):
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / _FILE),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: writers queue; deferred transactions fail with "locked" under load.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: in WAL mode, NORMAL may lose confirmed saves in a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            " PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;",
        },
    }

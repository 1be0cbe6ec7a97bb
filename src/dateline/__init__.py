"""Dateline, a self-hosted news desk. The root holds the version only."""

__version__ = "0.1.0"

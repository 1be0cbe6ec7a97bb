"""The HTTP API: published stories for machines."""

"""Strings only: spans, offset maps, folding, direction, language, calendars, addresses, shortcodes."""

"""Story → Reading: names, offices, moments, places, quotes. Languages are folders of data."""

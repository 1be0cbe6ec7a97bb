"""Settings (from the environment only), addresses, and the way in for a web server."""

"""One polite, guarded GET. Nothing else in the house opens a connection to the world."""

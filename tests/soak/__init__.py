"""A model of a publisher with known truth, and long runs against it."""

"""One file per format: bytes to a Batch of Items, and back where we write it."""

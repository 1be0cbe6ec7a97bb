"""Pictures of what was found, drawn on the server: values in, markup out, each with a table that says the same."""

"""The one command, `dateline`: parse the arguments, call one verb or one reader, print."""

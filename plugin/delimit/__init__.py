"""A BOUNDARY FROM WORDS: read, drawn on the user's roads, looked at, confirmed, kept."""

"""ON PAPER: the layout template and its filling with the place that was asked."""

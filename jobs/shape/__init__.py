"""SHAPE: the rules for a polygon or a line, and corner lists as people paste them."""

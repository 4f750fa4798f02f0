"""A SHAPE INSTEAD OF A POINT: drawn, selected or pasted polygons and lines, and their parts."""

"""ONE PAGE AN ENTERPRISE: a print atlas over a layer of points, from the pages of ``printing``."""

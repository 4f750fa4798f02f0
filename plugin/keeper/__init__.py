"""THE KEEPER'S DESK: the catalogue panel, shapes given to zones, objections."""

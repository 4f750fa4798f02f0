"""The extract from QGIS: of the answer that is shown, and of the rows of a table."""

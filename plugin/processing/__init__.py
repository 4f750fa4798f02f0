"""PROCESSING: the provider and its algorithms, in the toolbox and in qgis_process."""

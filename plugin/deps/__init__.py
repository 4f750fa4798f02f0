"""What stock QGIS may lack: finding it, asking for it, and installing it into a private folder."""

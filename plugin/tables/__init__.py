"""TABLES in QGIS: the dialog that checks a table of enterprises, and what it shares with the
algorithm. Reading, answering and writing are ``jobs.table``'s; nothing here decides an answer."""

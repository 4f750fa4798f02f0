"""TABLES: what ``zonerules check`` is made of: many rows in, the same rows with an answer each out.

``reading`` and ``writing`` know the file formats, ``columns`` which column means what. All of it
streams Arrow record batches, so that a table never has to fit into memory.
"""

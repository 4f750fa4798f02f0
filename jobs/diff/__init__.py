"""DIFF: what changed between two catalogues: records, shapes, sources."""

"""``python -m zonerules.jobs.styles`` writes styles/generated and names the files."""

from .make import main

print("\n".join(main()))

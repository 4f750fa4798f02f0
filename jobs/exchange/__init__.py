"""EXCHANGE: the catalogue out into files and shapes of others in, with their rights."""

"""LINT: is the catalogue sound? Findings by kind of record, coverage, mutants that cases kill."""

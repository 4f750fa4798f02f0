"""FIND: lists and searches of zones, rules, sources, targets and documents."""

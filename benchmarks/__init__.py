"""Side by side with other ways of doing the same: `python -m benchmarks`, see README.md.

Stays at home: neither wheel nor plugin carries it.
"""

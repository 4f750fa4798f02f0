"""WHAT binds: three-valued evaluation of rules, verdicts and explanations.

Plain dictionaries in, plain records out, the standard library only: what is known about a place
(as locations of zones), a day, an alert and facts goes in; outcomes, verdicts, missing keys and
reasons come out. tables.json holds truth tables, strength order, units and texts, shared with the
JavaScript twin. Coordinates, files, command lines and screens do not belong here, and nothing here
imports another room.
"""

from __future__ import annotations

__all__: list[str] = []

"""Ask: what people come for, such as the answer for a point, a table, a map or a report.

What belongs here: the only code that knows both ``layers/`` and ``rules/``, one module per thing
that can be asked, and the command line that offers them. What does not: geometry, logic (the rooms
below) and widgets (``plugin/``). ``answer``, ``digest`` and ``open`` use the standard library only;
everything heavier is imported by the function that needs it.
"""

from __future__ import annotations

__all__: list[str] = []

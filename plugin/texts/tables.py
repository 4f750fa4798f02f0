"""The words of the dialog that checks a table."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "tables.pace.begins": ("正在读表…", "Reading the table …"),
    "tables.pace": ("{rows} 行，每秒 {rate} 行", "{rows} rows, {rate} a second"),
    "tables.pace.left": (
        "{rows} 行，每秒 {rate} 行，约剩 {left}",
        "{rows} rows, {rate} a second, about {left} left",
    ),
    "tables.seconds": ("{n} 秒", "{n} s"),
    "tables.minutes": ("{n} 分钟", "{n} min"),
}

"""From an answer to the timeline picture: asks ``jobs.timeline`` and hands on what to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lanes import lanes

if TYPE_CHECKING:
    from .timeline import TimelineView


def draw_years(view: TimelineView, catalogue: Any, answer: dict[str, Any], phrasing: Any) -> None:
    """Draw the years around ``answer`` into ``view``."""
    from ...jobs.timeline import timeline

    told = timeline(catalogue, answer)
    plans = [(phrasing.document(row["id"]), row["from"], row["until"]) for row in told["documents"]]
    shown = lanes(told, phrasing, phrasing.cite)
    view.show_lanes(shown, plans, (told["from"], told["until"]), told["day"], phrasing.lang)

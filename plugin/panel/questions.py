"""What is missing as a small form: one typed widget for each of the first questions of an answer.

"Unknown" is the default of every widget and means "not given". It is never turned into "no".
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..labels import boxed_label, make_small, plain_label
from ..texts import tr
from .widgets import Choice, FlowLayout, Several, Typed

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = 5  # more questions than these help nobody; the next come when these are answered
ASSERTED = ("zone", "season", "force", "rule")


class QuestionPane(QScrollArea):
    """Asks what an answer still needs and lists what was told.

    ``told(key, value)`` says that the user gave a value, or took it back (empty text). ``check``
    is asked first: it returns what is wrong with a value, or an empty text.
    """

    told = pyqtSignal(str, str)

    def __init__(self, check: Callable[[str, str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._lang = "en"
        self._sources: dict[str, Any] = {}
        self.widgets: dict[str, QWidget] = {}
        self.chips: dict[str, QToolButton] = {}
        self.problems: dict[str, QLabel] = {}
        self.after: QWidget | None = None  # the widget before these in the order of the Tab key
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(QWidget())

    def show_questions(
        self,
        answer: dict[str, Any] | None,
        given: dict[str, str],
        phrasing: Any,
        sources: dict[str, Any] | None = None,
        lang: str = "en",
    ) -> None:
        """Ask the first questions of ``answer`` and list the facts ``given``.

        ``phrasing`` is a ``jobs.phrasing.Phrasing`` in the language to speak, or None before any
        catalogue is open, when it is ``lang``; ``sources`` are the names of sources by id. None for
        ``answer`` leaves only what was given.
        """
        held = self._held()
        self._sources = sources or {}
        self._lang = phrasing.lang if phrasing else lang
        self.widgets, self.chips, self.problems = {}, {}, {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        chips = QWidget()
        flow = FlowLayout(chips)
        for key, value in given.items():
            typed = answer["query"]["facts"].get(key, value) if answer else value
            flow.addWidget(self._chip(key, typed, phrasing))
        chips.setVisible(bool(given))
        column.addWidget(chips)
        asked = answer["ask"][:SHOWN] if answer else []
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, question in enumerate(asked):
            self._row(grid, 3 * number, question, phrasing)
        column.addLayout(grid)
        if not asked:
            none = plain_label()
            none.setText(tr("ask.nothing" if answer else "ask.begin", self._lang))
            column.addWidget(none)
        column.addStretch(1)
        before = self.takeWidget()
        self.setWidget(page)
        if before is not None:
            before.deleteLater()  # it may be the sender of the signal that brought us here
        self._order()
        if held:
            self._hold(held)

    def set_problem(self, key: str, line: str) -> None:
        """Show what is wrong with a value under its question, or hide it when empty."""
        label = self.problems.get(key)
        if label is not None:
            label.setText(line)
            label.setVisible(bool(line))

    def inputs(self) -> list[QWidget]:
        """Return what the keyboard reaches in here, in order."""
        return [*self.chips.values(), *self.widgets.values()]

    def _order(self) -> None:
        """Put new widgets where they are seen: Qt puts them behind everything in the window."""
        before = self.after
        for widget in self.inputs() if before is not None else ():
            QWidget.setTabOrder(before, widget)
            before = widget

    def _held(self) -> str:
        """Return the key whose widget has the keyboard, or an empty text."""
        return next((key for key, w in self.widgets.items() if w.hasFocus()), "")

    def _hold(self, key: str) -> None:
        """Give the keyboard back: to the same question, else to the first one."""
        widget = self.widgets.get(key) or next(iter(self.widgets.values()), None)
        if widget is not None:
            widget.setFocus()

    def _chip(self, key: str, value: Any, phrasing: Any) -> QToolButton:
        name, text = key, str(value)
        if phrasing:
            # what is no word of this catalogue is shown as it was typed
            with contextlib.suppress(KeyError, ValueError):
                name, text = phrasing.key(key), phrasing.value(key, value)
        chip = QToolButton()
        chip.setText(tr("chip", self._lang, name=name, value=text).replace("&", "&&"))
        chip.setToolTip(tr("chip.tip", self._lang))
        chip.setAccessibleName(tr("chip.name", self._lang, name=name, value=text))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(lambda _=False: self.told.emit(key, ""))
        self.chips[key] = chip
        return chip

    def _row(self, grid: QGridLayout, row: int, question: dict[str, Any], phrasing: Any) -> None:
        key = question["key"]
        name = phrasing.key(key)
        label = plain_label()
        label.setText(name)
        widget = self._widget(question, phrasing)
        label.setBuddy(widget)
        widget.setAccessibleName(name)
        explained = self._explained(question, phrasing)
        widget.setToolTip(explained)
        widget.setAccessibleDescription(explained)
        self.widgets[key] = widget
        grid.addWidget(label, row, 0)
        grid.addWidget(widget, row, 1)
        condition = self._condition(key, phrasing)
        if condition:
            small = plain_label()
            small.setText(condition)
            make_small(small)
            grid.addWidget(small, row + 1, 0, 1, 2)
        problem = boxed_label("failed")
        self.problems[key] = problem
        grid.addWidget(problem, row + 2, 0, 1, 2)

    def _widget(self, question: dict[str, Any], phrasing: Any) -> QWidget:
        key, values = question["key"], question["values"]
        unknown = tr("ask.unknown", self._lang)
        if values is None:
            typed = Typed(tr("ask.date" if question["type"] == "date" else "ask.free", self._lang))
            typed.setUnit(question.get("unit", ""))
            typed.chosen.connect(lambda text: self._tell(key, text))
            return typed
        rows = [(self._word(key, value, phrasing), _plain(value)) for value in values]
        if question.get("multi"):
            several = Several(unknown, rows)
            several.chosen.connect(lambda text: self._tell(key, text))
            return several
        choice = Choice(unknown, rows)
        choice.chosen.connect(lambda text: self._tell(key, text))
        return choice

    def _word(self, key: str, value: Any, phrasing: Any) -> str:
        group = key.partition(".")[0]
        if key == "alert":
            return tr(f"alert.{value}", self._lang)
        if key not in phrasing.book.facts and group in ASSERTED:
            return tr(f"ask.{group}.{value}", self._lang)
        if key == "source.id":
            if value == "other":
                return tr("ask.source.other", self._lang)
            return phrasing.text(self._sources[value]) if value in self._sources else str(value)
        return str(phrasing.value(key, value))

    def _explained(self, question: dict[str, Any], phrasing: Any) -> str:
        lines = []
        if question["settles"]:
            lines.append(tr("ask.settles", self._lang, n=question["settles"]))
        if question.get("multi"):
            lines.append(tr("ask.multi", self._lang))
        lines.append(tr("ask.tip", self._lang))
        return "\n".join(lines)

    def _condition(self, key: str, phrasing: Any) -> str:
        """Return what a rule leaves open, or the whole name of a fact whose values are figures."""
        group, _, name = key.partition(".")
        spec = phrasing.book.facts.get(key)
        if spec and spec["type"] == "integer":
            return str(spec[phrasing.lang])
        rule = phrasing.book.by_id.get(name) if group == "rule" else None
        if rule is None:
            return ""
        return str(phrasing.text(rule.get("open") or rule["summary"]))

    def _tell(self, key: str, text: str) -> None:
        problem = self._check(key, text) if text else ""
        self.set_problem(key, problem)
        if not problem:
            self.told.emit(key, text)


def _plain(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)

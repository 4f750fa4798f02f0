"""The window in which a boundary is read from words, drafted on roads, confirmed and kept."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import Refusal, one_line
from ..labels import boxed_label
from ..paper import Paper
from ..tasks import CoreTask, start
from ..texts import tr
from . import work
from .form import DelimitForm
from .roads import roads_of

if TYPE_CHECKING:
    from .roads import Roads

SIZE = (1080, 700)
SPLIT = [640, 420]
TYPING_MS = 300
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")
# what people see of the options that jobs names
LABELS = {
    "--lines": "layers",
    "--name-column": "field",
    "--corridor-width": "widths",
    "--within": "within",
    "--zone": "zone",
}


class DelimitDialog(QDialog):
    """``drafted(Drafted or None)``: what the map is to show. ``saveWanted``, ``keepWanted``,
    ``undoWanted``: buttons. ``packagesWanted(names)``: what drawing needs is not there."""

    drafted = pyqtSignal(object)
    saveWanted = pyqtSignal()
    keepWanted = pyqtSignal()
    undoWanted = pyqtSignal()
    packagesWanted = pyqtSignal(list)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesDelimit")
        self.setWindowTitle(tr("delimit.title", lang))
        self.lang = lang
        self.draft: work.Drafted | None = None
        self.task: CoreTask | None = None
        self._serial = 0  # of what is asked; an answer to something else comes too late
        self._make()
        self._lay_out()
        self._connect()
        self.resize(*SIZE)
        self.read()
        self.form.take_layer(self.form.layer())

    # -- reading ----------------------------------------------------------------------------

    def read(self) -> None:
        """Read the text and show what it says."""
        self._typing.stop()
        self._outdate()
        text = self.form.text.toPlainText()
        if not text.strip():
            self.form.show_reading(None, [], [])
            return
        told = work.read(text)
        bare = {**told, "unread": [], "parts": [{**part, **_SHOWN} for part in told["parts"]]}
        lines = work.to_text(bare, self.lang).splitlines()[:-1]  # the last is for paper
        heads = [at for at, line in enumerate(lines) if not line.startswith(" ")]
        empty = {at for at in heads[: len(told["parts"])] if at + 1 in heads}
        more = [line for at, line in enumerate(lines) if at not in empty]
        self.form.show_reading(told, more, told["unread"])

    def look(self) -> None:
        """Offer the names of the layer that is chosen."""
        self._outdate()
        known = None
        layer = self.form.layer()
        if layer is not None:
            try:
                known = self._names(layer)
            except (Refusal, ValueError) as error:
                self._complain(self._worded(one_line(error, self.lang)))
        self.form.edges.show_known(known)

    def _names(self, layer: Any) -> list[str]:
        from ...jobs.delimit.named import named_lines

        roads = self._roads(layer)
        column = self.form.field.currentField() or None
        lines = named_lines(roads.title, roads.columns, roads.rows, column).lines
        return [name for line in lines for name in line.names]

    def _roads(self, layer: Any) -> Roads:
        context = QgsProject.instance().transformContext()
        return roads_of(layer, layer.name(), context, self.lang)

    # -- drawing ----------------------------------------------------------------------------

    def preview(self) -> None:
        """Draw in the background what the form says."""
        from ..deps.gate import ready

        layer, asked = self.form.layer(), self.form.asked()
        self._outdate()
        if layer is None or not asked.text.strip():
            self._complain(self._say("need"))
            return
        missing = [lack.name for lack in ready(work.needed(asked.within))]
        if missing:
            self._complain(self._say("packages", names=", ".join(missing)))
            self.packagesWanted.emit(missing)
            return
        try:
            roads = self._roads(layer)
        except Refusal as refusal:
            self._complain(str(refusal))
            return
        serial = self._serial
        task = CoreTask(
            self._say("task"),
            work.draft,
            roads,
            asked,
            settings.data_folder(),
            done=lambda made: self._drawn(serial, made),
            failed=lambda error: self._failed(serial, error),
        )
        task.progressChanged.connect(lambda share: self._progress(serial, share))
        task.taskTerminated.connect(lambda: self._ended(serial))
        self.task = start(task)
        self._ready()

    def cancel(self) -> None:
        """Stop the drawing that goes on."""
        if self.task is not None:
            self.task.cancel()

    def _progress(self, serial: int, share: float) -> None:
        if serial == self._serial:
            self.bar.setValue(int(share))

    def _drawn(self, serial: int, made: work.Drafted) -> None:
        if serial != self._serial:
            return
        self.task = None
        self.draft = made
        self.paper.setHtml(as_html(made.told, self.lang))
        self._ready()
        self.drafted.emit(made)

    def _failed(self, serial: int, error: BaseException) -> None:
        if serial != self._serial:
            return
        line = self._worded(one_line(error, self.lang))
        if not isinstance(error, ValueError):
            compat.log(repr(error))
            line = tr("unexpected", self.lang, reason=line)
        self._complain(line)
        self._ended(serial)

    def _ended(self, serial: int) -> None:
        if serial == self._serial:
            self.task = None
            self._ready()

    # -- confirming -------------------------------------------------------------------------

    def confirmed(self) -> dict[str, Any] | None:
        """The features with what was said of who confirmed them; None after saying why not."""
        from copy import deepcopy

        from ...jobs.delimit.answers import confirmed

        by, on = self.by.text().strip(), self.on.text().strip()
        if self.draft is None:
            return None
        if not DAY.fullmatch(on) or (on and not by):
            self._complain(self._say("bad_day" if by or not on else "no_office", value=on))
            return None
        self.problem.hide()
        features = deepcopy(self.draft.features)
        confirmed(features, by, on)
        return features

    def tell(self, line: str, *, undo: bool) -> None:
        """Say what was done; ``undo``: whether it can be taken back."""
        self.news.setText(line)
        self.undo.setEnabled(undo)

    def complain(self, line: str) -> None:
        """Say why something was not done."""
        self._complain(self._worded(line))

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on, and clear the map."""
        self.cancel()
        self._outdate()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes, as the button does."""
        self.close()

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.form = DelimitForm(self.lang)
        self.paper = Paper()
        self.paper.setAccessibleName(self._say("result"))
        self.problem = boxed_label("failed")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.by, self.on, self.news = QLineEdit(), QLineEdit(), QLabel()
        self.by.setPlaceholderText(self._say("by.hint"))
        self.on.setPlaceholderText("YYYY-MM-DD")
        self.on.setMaximumWidth(130)
        self.news.setTextFormat(Qt.TextFormat.PlainText)
        self.news.setWordWrap(True)
        self.draw, self.stop = self._button("draw"), self._button("stop")
        self.save, self.keep = self._button("save"), self._button("keep")
        self.undo, self.close_button = self._button("undo"), self._button("close")
        self.undo.setEnabled(False)
        for name in ("by", "on"):
            getattr(self, name).setAccessibleName(self._say(name))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._say(f"button.{name}"))
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(QLabel(self._say("result")))
        side.addWidget(self.paper, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.form)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes(SPLIT)
        office = QGroupBox(self._say("confirm"))
        row = QHBoxLayout(office)
        for name in ("by", "on"):
            label = QLabel(self._say(name))
            label.setBuddy(getattr(self, name))
            row.addWidget(label)
            row.addWidget(getattr(self, name), 1)
        foot = QHBoxLayout()
        for button in (self.draw, self.stop, self.bar):
            foot.addWidget(button)
        foot.addWidget(self.news, 1)
        for button in (self.save, self.keep, self.undo, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(split, 1)
        column.addWidget(office)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._typing.timeout.connect(self.read)
        self.form.worded.connect(self._typing.start)
        self.form.lined.connect(self.look)
        self.form.changed.connect(self._outdate)
        self.draw.clicked.connect(self.preview)
        self.stop.clicked.connect(self.cancel)
        self.save.clicked.connect(self.saveWanted)
        self.keep.clicked.connect(self.keepWanted)
        self.undo.clicked.connect(self.undoWanted)
        self.close_button.clicked.connect(self.close)

    def _outdate(self) -> None:
        """Something else is asked than what was drawn."""
        self.problem.hide()
        self.cancel()
        self._serial += 1
        self.task = self.draft = None
        self.paper.setHtml(f"<p class='faint'>{html.escape(self._say('start'))}</p>")
        self._ready()
        self.drafted.emit(None)

    def _ready(self) -> None:
        busy = self.task is not None
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.draw.setEnabled(not busy)
        shaped = self.draft is not None and bool(self.draft.features["features"])
        for button in (self.save, self.keep):
            button.setEnabled(shaped)
        for line in (self.by, self.on):
            line.setEnabled(shaped)

    def _complain(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.show()

    def _worded(self, line: str) -> str:
        option, _, rest = line.partition(" ")
        return f"{self._say(LABELS[option])} {rest}" if option in LABELS else line

    def _say(self, key: str, **args: object) -> str:
        return tr(f"delimit.{key}", self.lang, **args)


_SHOWN: dict[str, Any] = {"edges": [], "splits": [], "corridors": []}  # in the table


def as_html(told: dict[str, Any], lang: str) -> str:
    """What became of the words, as rich text; everything in it is escaped."""
    from ...jobs.delimit.text import confidence, readings
    from ...jobs.wording import words

    say, draft = words(lang, "words_delimit"), told["draft"]

    def listed(head: str, lines: list[str]) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        return f"<h4>{html.escape(head)}</h4><ul>{items}</ul>" if lines else ""

    zones = [say["zone"].format(id=zone["id"], **zone["area_km2"]) for zone in draft["zones"]]
    edges = []
    for edge in draft["edges"]:
        low, high = edge["accuracy_m"]
        figure = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        ids = "、".join(edge["lines"][:3]) + (" …" if len(edge["lines"]) > 3 else "")
        edges.append(say["edge"].format(name=edge["name"], ids=ids, m=figure))
    if draft.get("nameless"):
        about = {"lines": draft["lines"], "n": draft["count"], "crs": draft["crs"]}
        edges.append(say["drawn_on_some"].format(**about, nameless=draft["nameless"]).rstrip("：:"))
    sure = confidence(told, say)
    head = tr("delimit.complete" if draft["complete"] else "delimit.incomplete", lang)
    colon = "：:"
    return (
        f"<p><b>{html.escape(head)}</b> · {html.escape(sure)}</p>"
        + listed(tr("delimit.areas", lang), zones or [say["no_draft"]])
        + listed(say["missing"].rstrip(colon), [note[lang] for note in draft["missing"]])
        + listed(say["assumptions"].rstrip(colon), [note[lang] for note in draft["assumptions"]])
        + "".join(listed(ways.rstrip(colon), texts) for ways, texts in readings(draft, say, lang))
        + listed(tr("delimit.head.line", lang), edges)
    )

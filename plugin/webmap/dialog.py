"""The window that exports the web map: what it holds, how it opens, where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QGroupBox,
    QVBoxLayout,
    QWidget,
)

from .. import settings
from ..asking import Refusal
from ..labels import plain_label
from ..saving import SavingDialog
from ..tasks import run_core
from ..texts import tr
from . import work
from .base import BaseForm
from .content import ContentForm
from .form import StartForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..asking import Asker

SIZE = (660, 600)
# what people see of the options that jobs names
LABELS = {
    "--assets": "webmap.assets",
    "--datum": "webmap.datum",
    "--document": "webmap.documents",
    "--enterprises": "webmap.firms",
    "--tianditu-key-env": "webmap.key",
    "--tiles": "webmap.tiles",
    "-o": "webmap.output",
}


class WebMapDialog(SavingDialog):
    """``written(Made)``: the page is there."""

    written = pyqtSignal(object)
    KEY, KINDS = "webmap", ("html",)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(lang, "run", parent)
        self.setObjectName("ZoneRulesWebMap")
        self.asker = asker
        self._make()
        self._fill_body()
        self.lay_out()
        self._connect()
        self.output.propose(self.folder() / self.say("file"))
        self.resize(*SIZE)

    def start_with(self, query: Mapping[str, Any] | None, layer: Any) -> None:
        """Take the question that the panel answered, and the layer that is looked at."""
        if query is not None:
            self.start.start_with(query)
        self.content_form.prefer(layer)

    # -- exporting --------------------------------------------------------------------------

    def order(self) -> work.Order:
        """What is set up. Raises Refusal."""
        path = self.output.path()
        if path is None:
            raise Refusal(self.say("need.output"))
        if path.suffix.lower() not in work.OPENING:
            raise Refusal(self.say("need.suffix", name=path.name))
        content, base = self.content_form, self.base
        return work.Order(
            output=path,
            lang=str(content.language.currentData()),
            documents=tuple(filter(None, content.documents.get().split(";"))),
            date=self.start.day(),
            activity=self.start.activity.currentData(),
            alert=self.start.alert_level(),
            title=content.title.text().strip() or None,
            firms=content.firms(),
            base=base.wanted(),
            key=base.key(),
            tiles=base.tiles.text().strip() or None,
            assets=base.assets(),
        )

    def run(self) -> None:
        """Export in the background."""
        self.complain("")
        from ..deps.needs import WEB_MAP

        if self.lacks(WEB_MAP):
            return
        try:
            order = self.order()
        except Refusal as refusal:
            self.complain(str(refusal))
            return
        if not self.may_write(order.output):
            return
        names = {
            option: tr(key, self.lang).partition("(&")[0].replace("&", "")
            for option, key in LABELS.items()
        }
        self.carry_out(
            work.make,
            settings.data_folder(),
            order,
            path=order.output,
            made=self._made,
            names=names,
        )

    def _made(self, made: work.Made) -> None:
        self.base.remember()
        self.written.emit(made)

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        lang = self.lang
        catalogue = None
        try:
            catalogue = self.asker.catalogue(lang)
        except Refusal as refusal:
            self.complain(str(refusal))
        self.intro = plain_label()
        self.intro.setText(self.say("intro"))
        self.content_form = ContentForm(catalogue, lang)
        self.start = StartForm(lang)
        if catalogue is not None:
            self.start.fill(catalogue.data)
        self.base = BaseForm(run_core(work.assets_at_hand, None), lang)

    def _fill_body(self) -> None:
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.intro)
        for key, widget in (
            ("content", self.content_form),
            ("start", self.start),
            ("base", self.base),
        ):
            box = QGroupBox(self.say(f"group.{key}"))
            QVBoxLayout(box).addWidget(widget)
            inner.addWidget(box)
        last = QFormLayout()
        last.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        last.addRow(self.say("output"), self.output)
        inner.addLayout(last)

    def _connect(self) -> None:
        self.base.changed.connect(self._grow)
        self.content_form.changed.connect(self._grow)
        self.go_button.clicked.connect(self.run)

    def _grow(self) -> None:
        """Give rows that came the room they need."""
        QTimer.singleShot(0, lambda: self.resize(self.size().expandedTo(self.sizeHint())))

    def showEvent(self, event: Any) -> None:
        """No row is squeezed."""
        super().showEvent(event)
        self._grow()

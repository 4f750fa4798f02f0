"""Load layers: the menu entry, the data behind it, and keeping what is in the project in step."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer

from .. import canvas as maps
from .. import compat
from ..asking import Refusal
from ..texts import tr
from . import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...jobs.open import Catalogue
    from ..host import Host

STILL_MS, PATIENCE = 100, 50  # look so often whether the map is drawn, at most so many times
FAR = 8.0  # a view so many times wider than the zones shows nothing of them


class MapLayersPart:
    """Puts the catalogue into the layer tree, once, and repairs projects that hold it."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._task: Any = None
        self._stale = False  # the catalogue changed while a file was being made
        self._waiting: Any = None  # the timer that waits for the map to be drawn

    def load(self) -> None:
        """Add the menu entry; repair a project that is open already."""
        self.host.action("layers.load", "layers.svg", self.show, toolbar=True)
        QgsProject.instance().readProject.connect(self._project_read)
        self.host.catalogueChanged.connect(self._catalogue_changed)
        self.host.languageChanged.connect(self._language_changed)
        self._project_read()

    def unload(self) -> None:
        """Stop work and listening; layers stay, they are the user's now."""
        QgsProject.instance().readProject.disconnect(self._project_read)
        self.host.catalogueChanged.disconnect(self._catalogue_changed)
        self.host.languageChanged.disconnect(self._language_changed)
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def show(self) -> None:
        """Add the layers, or bring those that are there up to date, and show them."""
        self._with_data(self._shown)

    @property
    def busy(self) -> bool:
        """Whether layers are still to come."""
        return self._task is not None or self._waiting is not None

    # -- the data -------------------------------------------------------------------------------

    def _with_data(self, then: Callable[[Catalogue, Path], None]) -> None:
        """Call ``then`` with the catalogue and its file, which is made first if it must be."""
        from ..tasks import CoreTask, start
        from . import cache

        host = self.host
        if self.busy:
            self._stale = self._stale or then == self._refresh
            host.inform(tr("layers.busy", host.lang))
            return
        try:
            catalogue = host.asker.catalogue(host.lang)
            path = cache.path_for(catalogue.data["fingerprint"])
        except Refusal as refusal:
            self._failed(refusal)
            return
        if cache.sound(path):
            self._when_still(then, catalogue, path)
            return
        context = QgsProject.instance().transformContext()
        task = CoreTask(
            tr("layers.task", host.lang),
            cache.make,
            catalogue,
            path,
            context,
            done=lambda made: self._when_still(then, catalogue, made),
            failed=self._failed,
        )
        task.taskCompleted.connect(self._over)
        task.taskTerminated.connect(self._stopped)
        self._task = start(task)

    def _when_still(
        self,
        then: Callable[[Catalogue, Path], None],
        catalogue: Catalogue,
        path: Path,
        looks: int = PATIENCE,
    ) -> None:
        """Go on when no layer is being drawn: QGIS may crash if one loses its data meanwhile."""
        self._task = self._waiting = None
        if looks and self._layers() and self.host.canvas.isDrawing():
            self._waiting = QTimer(self.host)
            self._waiting.setSingleShot(True)
            self._waiting.timeout.connect(
                lambda: self._when_still(then, catalogue, path, looks - 1)
            )
            self._waiting.start(STILL_MS)
        else:
            self._guarded(then, catalogue, path)

    def _guarded(
        self, then: Callable[[Catalogue, Path], None], catalogue: Catalogue, path: Path
    ) -> None:
        from . import cache

        try:
            then(catalogue, path)
        except OSError as error:
            self._failed(error)
            return
        if self._stale:
            self._catalogue_changed()
            return
        used = {layer.source().partition("|")[0] for layer in self._layers().values()}
        cache.prune({Path(name) for name in used})

    def _failed(self, error: BaseException) -> None:
        self._task = None
        detail = getattr(error, "detail", "")
        if detail:
            compat.log(detail)
        line = (
            str(error)
            if isinstance(error, Refusal)
            else tr("layers.failed", self.host.lang, reason=str(error) or type(error).__name__)
        )
        self.host.complain(line)

    def _over(self) -> None:
        self._task = None

    def _stopped(self) -> None:
        """The task ended without a result: it failed, which has been said, or was cancelled."""
        cancelled = self._task is not None and self._task.isCanceled()
        self._task = None
        if cancelled:
            self.host.inform(tr("layers.stopped", self.host.lang))

    def _layers(self) -> dict[str, Any]:
        return find.layers(QgsProject.instance())

    # -- what happens with it -------------------------------------------------------------------

    def _shown(self, catalogue: Catalogue, path: Path) -> None:
        from . import dress, tree

        host, project = self.host, QgsProject.instance()
        first = find.group(project.layerTreeRoot()) is None
        with self._view_kept():
            added = tree.sync(project, path, catalogue.data, host.lang, all_of_it=True)
        group = find.group(project.layerTreeRoot())
        if group is not None:
            group.setItemVisibilityCheckedParentRecursive(True)
        box = tree.extent(project)
        if not first or self._elsewhere(box):
            from qgis.core import QgsGeometry

            maps.zoom_to(host.canvas, QgsGeometry.fromRect(box))
        if added:
            listed = tree.undrawn_for("zones_undrawn", catalogue.data)
            table = dress.name_of("zones_undrawn", host.lang)
            words = {"n": len(added), "undrawn": len(listed), "table": table}
            host.inform(tr("layers.added", host.lang, **words))
        else:
            host.inform(tr("layers.there", host.lang))
        failed = catalogue.data["failed"]
        if failed:
            files = ", ".join(sorted({str(row.get("file", "?")) for row in failed}))
            host.complain(tr("layers.unread", host.lang, n=len(failed), files=files))

    @contextlib.contextmanager
    def _view_kept(self) -> Iterator[None]:
        """Keep QGIS from giving an empty project the CRS and extent of its first layer."""
        bridge = self.host.iface.layerTreeCanvasBridge()
        before = bridge.autoSetupOnFirstLayer()
        bridge.setAutoSetupOnFirstLayer(False)
        try:
            yield
            bridge.setCanvasLayers()
        finally:
            bridge.setAutoSetupOnFirstLayer(before)

    def _elsewhere(self, box: Any) -> bool:
        """Whether the map shows none of the zones, or so much that they are lost in it."""
        from qgis.core import QgsGeometry

        zones = maps.in_map(self.host.canvas, QgsGeometry.fromRect(box))
        if zones is None or zones.isEmpty():
            return False
        view, area = self.host.canvas.extent(), zones.boundingBox()
        return not view.intersects(area) or view.width() > FAR * area.width()

    def _project_read(self, _document: object = None) -> None:
        """Give layers of a project that was opened their data, where this computer has none."""
        layers = self._layers()
        broken = [layer for layer in layers.values() if not self._reads(layer)]
        if broken:
            self._with_data(self._repaired)
        elif layers:
            self._language_changed(self.host.lang)

    def _reads(self, layer: Any) -> bool:
        return layer.isValid() and Path(layer.source().partition("|")[0]).is_file()

    def _repaired(self, catalogue: Catalogue, path: Path) -> None:
        self._refresh(catalogue, path)
        self.host.inform(tr("layers.repaired", self.host.lang))

    def _catalogue_changed(self) -> None:
        self._stale = False
        if self._layers() or self.busy:
            self._with_data(self._refresh)

    def _refresh(self, catalogue: Catalogue, path: Path) -> None:
        from . import tree

        project = QgsProject.instance()
        tree.sync(project, path, catalogue.data, self.host.lang, all_of_it=False)
        self.host.canvas.refresh()

    def _language_changed(self, lang: str) -> None:
        from . import tree

        if self._layers():
            tree.say(QgsProject.instance(), lang)

"""A catalogue small enough to be written out, for the tests of the catalogue's machinery."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

# for `dev.sh test`: the verdict on a change must not hang on the luck of the draw
settings.register_profile("repeatable", derandomize=True)

VOCABULARY = """\
activities:
  burn-fuel: {zh: 燃用燃料, en: Burn fuel}
  operate-boiler: {zh: 使用锅炉, en: Operate a boiler, broader: burn-fuel}
  mine: {zh: 采矿, en: Mine, implies: {plant.sector: mine}}
  govern: {zh: 政府职责, en: Duties of government}
facts:
  boiler.fuel: {type: string, values: [coal, gas, oil], zh_values: [煤, 气, 油], zh: 燃料, en: fuel}
  boiler.capacity_tph: {type: number, unit: t/h, zh: 蒸吨, en: capacity}
  boiler.listed: {type: boolean, zh: 列入清单, en: listed}
  machine.stage: {type: integer, values: [0, 1, 2, 3], zh: 阶段, en: stage}
  machine.made: {type: date, zh: 生产日期, en: made}
  plant.sector: {type: string, multi: true, values: [mine, steel, cement], zh: 行业, en: sector}
  plant.ultra_low_from: {type: date, never: true, zh: 超低排放之日, en: ultra-low since}
  source.id: {type: string, zh: 污染源编号, en: id of a source}
"""

DOCUMENT = """\
document:
  id: town-2020-1
  title: {zh: 某镇方案, en: Plan of a town}
  number: 某政〔2020〕1号
  issuer: {zh: 某镇, en: A town}
  issued: "2020-03-10"
  covers: {from: "2020-01-01", until: "2020-12-31"}
  start_latest: "2020-03-10"
  level: township
  jurisdiction: tw-town
  seasons:
    - id: tw-heating
      name: {zh: 采暖季, en: heating season}
      start: {earliest: "2020-11-01", latest: "2020-11-15"}
      end: {earliest: "2021-03-01", latest: "2021-03-31"}
      basis: outer_bound
  offices: {EPB: {zh: 环保局, en: environment bureau}}
"""

ZONES = """\
zones:
  - id: tw-town
    name: {zh: 某镇, en: A town}
    kind: administrative_unit
    basis: administrative
    unit: "410104"
  - id: tw-ban
    name: {zh: 禁燃区, en: ban area}
    kind: fuel_ban
    basis: documented_boundary
    within: tw-town
    clause: "1"
    edges:
      - {road: 东路, side: east, include: unstated, status: documented, line: tw-ban/east}
  - id: tw-old
    name: {zh: 老城, en: old town}
    kind: urban_area
    basis: unmapped
    within: tw-town
  - id: tw-sites
    name: {zh: 工地, en: sites}
    kind: construction_site
    basis: object
    within: tw-town
  - id: tw-both
    name: {zh: 两者, en: both}
    kind: planning_area
    basis: derived
    derived: {union: [tw-ban, tw-old]}
"""

RULES = """\
rules:
  - id: TW-1
    clause: "1"
    activities: [operate-boiler]
    kind: prohibition
    where: [tw-ban]
    when: {all: [{fact: boiler.fuel, in: [coal, oil]}, {fact: boiler.capacity_tph, le: 10}]}
    force: {deadline: "2020-06-30"}
    unless: [TW-2]
    authorities: {lead: [EPB]}
    summary: {zh: 禁止小锅炉。, en: Small boilers are banned.}
  - id: TW-2
    clause: "1"
    activities: [operate-boiler]
    kind: exemption
    when: {fact: source.id, eq: tw-brewery}
    summary: {zh: 酒厂除外。, en: The brewery may go on.}
  - id: TW-3
    clause: "2"
    activities: [mine]
    kind: obligation
    where: {all: [tw-town, {not: tw-old}]}
    force: {seasons: [tw-heating]}
    summary: {zh: 采暖季减产。, en: Mines cut output in the heating season.}
  - id: TW-4
    clause: "3"
    activities: [govern]
    kind: target
    audience: authority
    where: [tw-town]
    emphasis: [tw-both]
    summary: {zh: 浓度下降。, en: Concentrations fall.}
"""

SOURCES = """\
sources:
  - id: tw-brewery
    name: {zh: 酒厂, en: brewery}
    kind: boiler
    zones: [tw-town]
    clauses: ["1"]
    county: "410104"
"""

TARGETS = """\
targets:
  - {id: tw-t1, rule: TW-4, zone: tw-town, what: {zh: 均值, en: mean}, quantity: pm25_mean,
     relation: "<=", value: -20, unit: "%", clause: "3"}
"""

COVERAGE = """\
coverage:
  - {clause: "1", title: {zh: 锅炉, en: boilers}, rules: [TW-1, TW-2]}
  - {clause: "2", title: {zh: 矿山, en: mines}, rules: [TW-3]}
  - {clause: "3", title: {zh: 目标, en: target}, rules: [TW-4]}
  - {clause: "4", title: {zh: 宣传, en: publicity}, reason: {zh: 没有规则, en: no rule in it}}
"""

CASES = """\
cases:
  - {rule: TW-1, query: {zones: {tw-ban: inside}, date: "2020-07-01", facts: {boiler.fuel: coal,
     boiler.capacity_tph: 10, source.id: other}}, expect: {outcome: applies}}
  - {rule: TW-1, query: {zones: {tw-ban: inside}, date: "2020-07-01", facts: {boiler.fuel: coal}},
     expect: {outcome: cannot_determine, missing: [boiler.capacity_tph, source.id]}}
"""


def square(lon: float, lat: float, half: float) -> list[list[list[float]]]:
    """A square ring, counter-clockwise, as the coordinates of a Polygon."""
    west, east, south, north = lon - half, lon + half, lat - half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return [[[round(x, 6), round(y, 6)] for x, y in ring]]


def feature(name: str, properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}


def collection(features: list[dict[str, Any]]) -> str:
    """A FeatureCollection with one feature per line."""
    rows = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    return '{"type": "FeatureCollection", "features": [\n' + rows + "\n]}\n"


def polygon(lon: float, lat: float, half: float) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": square(lon, lat, half)}


def zone_feature(zone: str, role: str, half: float, **more: Any) -> dict[str, Any]:
    told = {"zone": zone, "role": role, "provenance": "drawn for a test", **more}
    return feature(f"{zone}/{role}", told, polygon(113.7, 34.7, half))


def _unit(code: str, half: float) -> dict[str, Any]:
    told = {"adcode": code, "name": {"zh": "某镇", "en": "A town"}, "role": "nominal"}
    told.update(accuracy_m=200, provenance="drawn for a test")
    return feature(code, told, polygon(113.7, 34.7, half))


def _line() -> dict[str, Any]:
    told = {"zone": "tw-ban", "road": {"zh": "东路", "en": "East Road"}, "side": "east"}
    told.update(status="documented", include="unstated", accuracy_m=[20], provenance="a test")
    ends = [[113.71, 34.69], [113.71, 34.71]]
    return feature("tw-ban/east", told, {"type": "LineString", "coordinates": ends})


class SmallTree:
    """The files of the small catalogue under ``root``, to be edited by a test."""

    DOC = "documents/town-2020-1/"
    ZONES = "geojson/zones/town-2020-1.geojson"
    LINES = "geojson/lines/town-2020-1.geojson"
    UNITS = "geojson/units.geojson"

    def __init__(self, root: Path) -> None:
        self.root = root
        texts = {"document": DOCUMENT, "zones": ZONES, "rules": RULES, "sources": SOURCES}
        texts.update(targets=TARGETS, coverage=COVERAGE, cases=CASES)
        self.write("documents/vocabulary.yaml", VOCABULARY)
        for kind, text in texts.items():
            self.write(f"{self.DOC}{kind}.yaml", text)
        shapes = [("nominal", 0.01), ("core", 0.009), ("extent", 0.011)]
        drawn = [zone_feature("tw-ban", role, half) for role, half in shapes]
        self.write(self.ZONES, collection(drawn))
        self.write(self.LINES, collection([_line()]))
        self.write(self.UNITS, collection([_unit("410104", 0.1), _unit("410105", 0.2)]))

    def path(self, name: str) -> Path:
        """A file of the tree; a bare kind ("rules") is the document's YAML file."""
        return self.root / (name if "/" in name else f"{self.DOC}{name}.yaml")

    def write(self, name: str, text: str) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))  # the same bytes on every system

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace the one occurrence of ``old``; the line it stands on."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))
        return text.count("\n", 0, text.index(old)) + 1

    def compile(self, *, tolerant: bool = False) -> dict[str, Any]:
        from zonerules.layers.catalogue.compile import compile_catalogue

        return compile_catalogue(self.root, tolerant=tolerant)

    def error(self) -> Any:
        """The only thing that a strict compilation complains about."""
        errors = self.errors()
        assert len(errors) == 1, [str(error) for error in errors]
        return errors[0]

    def errors(self) -> list[Any]:
        """Everything a strict compilation complains about, [] if it passes."""
        from zonerules.layers.catalogue.errors import CatalogueError

        try:
            self.compile()
        except CatalogueError as error:
            return getattr(error, "errors", [error])
        return []


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return SmallTree(tmp_path / "tree")


@pytest.fixture
def draw() -> Any:
    """The helpers that write features: draw.zone, draw.collection, draw.polygon, draw.feature."""

    class Draw:
        zone = staticmethod(zone_feature)
        collection = staticmethod(collection)
        polygon = staticmethod(polygon)
        feature = staticmethod(feature)

    return Draw


@pytest.fixture(scope="session")
def rules_book() -> Any:
    """The helpers of rules_book.py: rules_book.rule(...), .zone(...), .book(...), .asker(...)."""
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    # tests/ is no package and not on the path, so the file next door is named
    spec = spec_from_file_location("rules_book", Path(__file__).with_name("rules_book.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.TOOLS

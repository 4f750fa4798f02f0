"""The web map: one HTML file, built with folium, that answers in the browser.

The libraries stand in it whole, folium's own lists of them are empty. What is shown comes as JSON
in data elements and is drawn by the ui*.mjs modules; no value is written into markup or script.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ...rules.model import Book
from ..answer import BadInput
from .assets import assets
from .policy import PLACEHOLDER, with_policy
from .sample import sample
from .script import data_element, page_data, script

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .firms import Coloured

__all__ = ["UI", "Wish", "of_documents", "webmap"]

_ROOT = Path(__file__).resolve().parents[2]
UI = tuple(
    f"jobs/webmap/ui{part}.mjs"
    for part in (
        *("_dom", "_canvas", "_map", "_answer", "_layers", "_when", "_search", "_banned", "_tools"),
        *("_firm", "_paper", ""),
    )
)
"""The page's modules, behind the evaluator, in the order in which they are joined."""
LIBRARIES = ("leaflet", "leaflet.markercluster")
TITLE = {"zh": "管控区规则图", "en": "Zone Rules map"}
FINEST = 0.0008  # degrees, of the outlines of counties: half a pixel at the scale they are read at
TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{0}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={0}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk="
)
OSM = {
    "address": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "subdomains": "",
    "attribution": "© OpenStreetMap contributors",
    "most": 19,
}
OSM_HOST = "https://tile.openstreetmap.org"
OWN_TILES = re.compile(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/[A-Za-z0-9{}/._~%?&=+:-]*")
TIANDITU_HOSTS = "https://*.tianditu.gov.cn"


@dataclass(frozen=True)
class Wish:
    """What map is wanted.

    `date`, `activity` (an id), `alert`: with which it opens; `documents`: ids, all if empty;
    `firms`: rows of module firms; `coloured`: what their colours tell; `golden`: every golden case,
    not a sample; `offline`: no base map, no request at all, else OpenStreetMap is asked where
    somebody chooses it; `tianditu_key`: stands in the page, so that whoever has the file has it;
    `tiles`: address of an own tile server, with {z}, {x}, {y}; `assets`: the libraries' folder.
    """

    lang: str = "zh"
    title: str | None = None
    date: str | None = None
    activity: str | None = None
    alert: str | None = None
    documents: Sequence[str] = ()
    firms: Sequence[Mapping[str, Any]] = field(default_factory=list)
    coloured: Coloured | None = None
    golden: bool = False
    offline: bool = False
    tianditu_key: str | None = None
    tiles: str | None = None
    assets: Path | None = None


def webmap(catalogue: Mapping[str, Any], wish: Wish) -> str:
    """The page for a catalogue that was loaded with its golden cases. Raises BadInput."""
    hosts = [] if wish.offline else [OSM_HOST]
    if wish.tianditu_key is not None and not wish.offline:
        hosts.append(TIANDITU_HOSTS)
    if wish.tiles is not None and not wish.offline:
        hosts.append(_host_of(wish.tiles))
    libraries = assets(wish.assets)
    shown = of_documents(catalogue, wish.documents)
    page = _map()
    figure = page.get_root()
    styles = [_style_of(libraries[f"{name}.css"]) for name in LIBRARIES]
    styles.append((Path(__file__).with_name("ui.css")).read_text(encoding="utf-8"))
    title = html.escape(wish.title or TITLE[wish.lang])
    heads = [
        f'<meta http-equiv="Content-Security-Policy" content="{PLACEHOLDER}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>",
        *(f"<style>{style}</style>" for style in styles),
        *(f"<script>{_library(libraries, name)}</script>" for name in LIBRARIES),
    ]
    for number, text in enumerate(heads):
        figure.header.add_child(_literal(text), name=f"zonerules_{number}", index=number)
    elements = [page_data(shown), *_extra(shown, catalogue, wish)]
    figure.html.add_child(_literal("\n".join(elements)), name="zonerules_data")
    page.add_child(_behind(script(UI)))
    return with_policy(str(figure.render()), hosts)


def _literal(text: str) -> Any:
    """An element of the figure that is `text`, in which nothing is read as a template."""
    from branca.element import Element
    from jinja2 import Template

    made: Any = Element()
    made.text = text
    made._template = Template("{{ this.text }}")
    return made


def _behind(text: str) -> Any:
    """A child of the map: a script that stands behind the map's own."""
    from branca.element import Element

    class Behind(Element):
        def render(self, **_: Any) -> str:
            figure: Any = self.get_root()
            figure.script.add_child(_literal(text), name="zonerules_script")
            return ""

    return Behind()


def _map() -> Any:
    """folium's map in its figure, with none of the libraries it usually asks for."""
    import folium
    from jinja2 import Template

    class Page(folium.Map):
        default_js: list[Any] = []  # noqa: RUF012
        default_css: list[Any] = []  # noqa: RUF012
        _template = Template(
            """
            {% macro header(this, kwargs) %}{% endmacro %}
            {% macro html(this, kwargs) %}
            <a class="skip" id="skip" href="#body"></a>
            <main id="stage"><div class="folium-map" id="{{ this.get_name() }}"
              role="application"></div></main>
            <aside id="panel"></aside>
            {% endmacro %}
            {% macro script(this, kwargs) %}
            window.zonerulesMap = L.map("{{ this.get_name() }}", {
              center: {{ this.location }}, zoom: 9, minZoom: 4, maxZoom: 19,
              preferCanvas: true, zoomControl: false,
            });
            window.zonerulesMap.attributionControl.setPrefix("Leaflet");
            {% endmacro %}
            """
        )

    page = Page(location=[34.75, 113.65], tiles=None)
    page._id = "page"  # the same bytes each time
    return page


def _library(libraries: Mapping[str, bytes], name: str) -> str:
    """A library with its licence in front, without the line that points to its source map."""
    text = libraries[f"{name}.js"].decode("utf-8")
    licence = libraries[f"{name}.LICENSE.txt"].decode("utf-8").replace("*/", "* /")
    code = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return f"/*! {name}\n{licence}*/\n{code}"


def _style_of(content: bytes) -> str:
    """A style sheet that asks for no file beside it."""
    return re.sub(r"url\([^)]*\)", "none", content.decode("utf-8"))


def _extra(shown: Mapping[str, Any], catalogue: Mapping[str, Any], wish: Wish) -> list[str]:
    words = {
        lang: {
            **_json("jobs/words_banned.json")[lang],
            **_json("jobs/words.json")[lang],
            **_json("jobs/words_map.json")[lang],
        }
        for lang in ("zh", "en")
    }
    golden = [
        case for case in catalogue.get("golden", []) if case["document"] in shown["documents"]
    ]
    cases = golden if wish.golden else sample(golden)
    bases: dict[str, Any] = {}
    if wish.tianditu_key is not None and not wish.offline:
        bases["tianditu"] = [_tianditu(layer, wish.tianditu_key) for layer in ("vec", "cva")]
    if wish.tiles is not None and not wish.offline:
        bases["own"] = [{"address": wish.tiles, "subdomains": "", "attribution": "", "most": 19}]
    if not wish.offline:
        bases["osm"] = [OSM]
    told = {
        "lang": wish.lang,
        "title": {lang: wish.title or TITLE[lang] for lang in TITLE},
        "date": wish.date,
        "activity": wish.activity,
        "alert": wish.alert,
        "lines": list(shown["lines"].values()),
        "outline": _outline(shown),
        "firms": [firm for firm in wish.firms if "why" not in firm],
        "unplaced": [firm for firm in wish.firms if "why" in firm],
        "coloured": None if wish.coloured is None else wish.coloured._asdict(),
        "golden": [{key: case[key] for key in ("rule", "query", "expect")} for case in cases],
        "bases": bases,
        # nothing is asked of others by opening a file: OpenStreetMap is for who chooses it
        "base": next((name for name in bases if name != "osm"), "none"),
    }
    return [
        data_element("zonerules-map-words", words),
        data_element("zonerules-style", _json("styles/generated/web.json")),
        data_element("zonerules-map", told),
    ]


def _tianditu(layer: str, key: str) -> dict[str, Any]:
    if not re.fullmatch(r"[0-9A-Za-z]+", key):
        raise BadInput(
            Line(
                "--tianditu-key-env: the variable holds no key of letters and digits",
                "--tianditu-key-env：变量中不是由字母和数字组成的密钥",
            )
        )
    address = TIANDITU.format(layer) + key
    return {"address": address, "subdomains": "01234567", "attribution": "天地图", "most": 18}


def _host_of(tiles: str) -> str:
    """The host of a tile server's address, as a policy names it. Raises BadInput."""
    found = OWN_TILES.fullmatch(tiles)
    if found is None or not all(part in tiles for part in ("{z}", "{x}", "{y}")):
        raise BadInput(
            Line(
                f"--tiles {tiles}: expected http(s)://host/… with {{z}}, {{x}} and {{y}}",
                f"--tiles {tiles}：应为带 {{z}}、{{x}}、{{y}} 的 http(s)://主机/… 地址",
            )
        )
    return found[1]


def _json(name: str) -> Any:
    return json.loads((_ROOT / name).read_text(encoding="utf-8"))


def of_documents(catalogue: Mapping[str, Any], documents: Sequence[str]) -> Mapping[str, Any]:
    """The catalogue with some of its documents only: their zones, rules, sources.

    Raises BadInput for an id that is none, and where what is left out is needed.
    """
    if not documents:
        return catalogue
    for name in documents:
        if name not in catalogue["documents"]:
            known = ", ".join(catalogue["documents"])
            raise BadInput(
                Line(
                    f"--document {name}: no such document; there are {known}",
                    f"--document {name}：没有这份文件；有 {known}",
                )
            )
    kept = dict.fromkeys(documents)
    zones = {key: zone for key, zone in catalogue["zones"].items() if zone["document"] in kept}
    part = {
        **catalogue,
        "documents": {key: one for key, one in catalogue["documents"].items() if key in kept},
        "zones": zones,
        "rules": [rule for rule in catalogue["rules"] if rule["document"] in kept],
        "sources": [one for one in catalogue["sources"] if one.get("document") in {*kept, None}],
        "lines": {key: one for key, one in catalogue["lines"].items() if one["zone"] in zones},
    }
    try:
        Book(part)
    except KeyError as error:
        raise BadInput(
            Line(
                f"--document: another document's record is needed: {error}",
                f"--document：还需要另一份文件中的记录：{error}",
            )
        ) from None
    return part


def _outline(catalogue: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The boundaries of counties, thinned, and where to name them: [{name, at, coordinates}]."""
    import shapely
    from shapely.geometry import shape

    file = _ROOT / "geojson" / "units.geojson"
    if file.is_file():
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        units = {
            one["id"]: (one["properties"]["name"], one["geometry"])
            for one in features
            if one["properties"]["role"] == "nominal"
        }
    else:
        units = {
            code: (unit["name"], unit["shapes"]["nominal"])
            for code, unit in catalogue["units"].items()
        }
    found = []
    for code, (name, geometry) in units.items():
        if code.endswith("00"):  # counties make up the cities
            continue
        whole = shape(geometry)
        spot = whole.representative_point()
        lines = shapely.simplify(whole.boundary, FINEST)
        parts = [lines] if lines.geom_type == "LineString" else list(lines.geoms)
        found.append(
            {
                "name": name,
                "at": [round(spot.x, 4), round(spot.y, 4)],
                "coordinates": [
                    [[round(x, 4), round(y, 4)] for x, y, *_ in part.coords] for part in parts
                ],
            }
        )
    return found

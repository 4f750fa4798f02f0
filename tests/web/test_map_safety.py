"""Hostile words in every place a map shows: nothing of them runs, all of them is read as text."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.webmap.page import OSM_HOST, Wish, webmap
from zonerules.tests.web.maps import Shown, library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zonerules.jobs.open import Catalogue

PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "' onmouseover=window.hit=1 x='",
    "<svg onload=window.hit=1><script>window.hit=1</script></svg>",
    "javascript:window.hit=1",
    "<a href=javascript:window.hit=1>go</a>",
    "<!--<script>-->window.hit=1",
    "{{ 7*191 }}{% for x in y %}${window.hit=1}",
    "');window.hit=1;//",
    "<style>body{display:none}</style><iframe srcdoc='<script>parent.hit=1</script>'>",
    "zonerules-policy\u2028window.hit=1",
    "\u202eevig\u2066<script>window.hit=1</script>",
)
SHOWN = tuple(text[:8].replace("\u202e", "\ufffd").replace("\u2066", "\ufffd") for text in PAYLOADS)
TURNING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
PLACE = (113.69, 34.735)


def hostile(data: Any) -> Any:
    """The shipped catalogue with a payload in front of every text that people read."""
    made = copy.deepcopy(data)
    made["golden"] = made["golden"][:3]
    count = 0

    def spoil(texts: Any) -> None:
        nonlocal count
        for lang in ("zh", "en"):
            if isinstance(texts, dict) and isinstance(texts.get(lang), str):
                texts[lang] = PAYLOADS[count % len(PAYLOADS)] + texts[lang]
                count += 1

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            spoil(value)
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, (dict, list)):
                walk(inner)

    for part in ("documents", "rules", "sources", "vocabulary", "lines", "units"):
        walk(made[part])
    for rule in made["rules"]:
        rule["cite"]["clause"] = PAYLOADS[count % len(PAYLOADS)] + str(rule["cite"]["clause"])
        count += 1
    for document in made["documents"].values():
        document["number"] = PAYLOADS[2] + str(document.get("number", ""))
        document["url"] = PAYLOADS[5]
    for zone in made["zones"].values():
        spoil(zone["name"])
    return made


@pytest.fixture(scope="module")
def shown(browser: Any, shipped: Catalogue, tmp_path_factory: Any) -> Iterator[Shown]:
    firms = [
        {
            **{"lon": 113.69 + at / 1000, "lat": 34.74, "name": text, "verdict": "required"},
            "told": [["zr_reason", text], [text, text]],
        }
        for at, text in enumerate(PAYLOADS)
    ]
    wish = Wish(date="2017-11-20", offline=True, firms=firms, title=PAYLOADS[1] + PAYLOADS[2])
    folder = tmp_path_factory.mktemp("hostile")
    opened = Shown(browser, folder, hostile(shipped.data), wish)
    yield opened
    opened.context.close()


def clean(shown: Shown) -> None:
    assert shown.page.evaluate("window.hit === undefined")
    assert shown.page.evaluate("document.querySelectorAll('iframe, object, embed').length") == 0
    loose = "[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes])"
    assert shown.page.evaluate(f"{loose}.filter(({{name}}) => name.startsWith('on')).length") == 0
    assert shown.page.evaluate("document.querySelectorAll('img[src=x], a[href^=java]').length") == 0
    links = "[...document.links].map((one) => one.getAttribute('href'))"
    assert set(shown.page.evaluate(links)) <= {"#body", "https://leafletjs.com", "#"}
    text = shown.page.evaluate("document.body.innerText + document.title")
    assert not set(text) & set(TURNING)  # a name must not turn what stands beside it
    assert shown.problems == [] and shown.foreign() == []


def test_answer_search_legend_and_cards(shown: Shown) -> None:
    for lang in ("zh", "en"):
        assert shown.page.evaluate("zonerulesPage.lang") == lang
        shown.ask(*PLACE)
        told = shown.text()
        assert sum(text[:20] in told for text in PAYLOADS) > 4
        for tab in ("banned", "layers", "more", "answer"):
            shown.tab(tab)
        field = shown.page.locator("input[role=combobox]")
        for text in PAYLOADS:
            field.fill(text)
            shown.page.wait_for_selector("#found li[aria-selected=true]")
            field.press("Enter")
            # found by its name in one language, shown by that in the other
            assert shown.text(".card h2").startswith(SHOWN)
        field.fill("<img src=x onerror=window.hit=1>%%")
        shown.page.wait_for_selector("#found li[aria-disabled]")
        shown.page.evaluate("void zonerulesPage.showFirm(zonerulesPage.extra.firms[1])")
        clean(shown)
        shown.page.evaluate("void zonerulesPage.turn()")
    clean(shown)


def test_marker_titles_and_map_names(shown: Shown) -> None:
    shown.page.evaluate("void zonerulesPage.layers.clusters.disableClustering?.()")
    shown.page.evaluate(
        "zonerulesPage.layers.clusters.getLayers().slice(0, 40)"
        ".forEach((one) => L.marker(one.getLatLng(), one.options).addTo(zonerulesMap))"
    )
    titles = shown.page.eval_on_selector_all(
        "img.leaflet-marker-icon", "all => all.map((one) => one.title)"
    )
    assert any("window.hit=1" in title for title in titles)
    clean(shown)


def test_nothing_that_is_added_runs_or_calls(shown: Shown) -> None:
    told = shown.page.evaluate(
        """async () => {
          const seen = [];
          addEventListener("securitypolicyviolation", (one) => seen.push(one.effectiveDirective));
          const added = document.createElement("script");
          added.textContent = "window.hit = 1";
          document.head.append(added);
          const image = new Image();
          image.src = "https://example.org/x.png";
          await fetch("https://example.org/").catch(() => 0);
          await new Promise((done) => setTimeout(done, 50));
          return [seen.sort(), window.hit ?? null];
        }"""
    )
    assert told == [["connect-src", "img-src", "script-src-elem"], None]
    shown.problems.clear()


def test_tile_hosts_only_when_there_are_base_maps(shipped: Catalogue) -> None:
    library()
    policies = [
        webmap(shipped.data, wish).partition("Content-Security-Policy")[2].partition(">")[0]
        for wish in (Wish(offline=True), Wish(), Wish(tianditu_key="a1b2"))
    ]
    assert all("default-src 'none'" in policy for policy in policies)
    assert all("connect-src 'none'" in policy for policy in policies)
    assert all("unsafe" not in policy for policy in policies)
    assert [policy.count("https://") for policy in policies] == [0, 1, 2]
    assert OSM_HOST in policies[1] and "tianditu.gov.cn" in policies[2]

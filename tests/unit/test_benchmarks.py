"""The benchmarks compare answers before times: a wrong answer must not pass, and a report must
say what was met, what was missed and what could not be measured."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from zonerules.benchmarks import answers, made, peers, timing
from zonerules.benchmarks.__main__ import SECTIONS, main, wrong_answers
from zonerules.benchmarks.page import rendered, write_page
from zonerules.benchmarks.targets import judged

if TYPE_CHECKING:
    from pathlib import Path

SQUARES = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
# inside the first, on the border of both, outside
PLACES = made.Places(np.array([0.5, 1.0, 5.0]), np.array([0.5, 0.5, 0.5]))
TRUE = (np.array([0, 1, 1]), np.array([0, 0, 1]))


def look(*pairs: tuple[int, int]) -> dict[str, Any]:
    points, shapes = zip(*pairs) if pairs else ((), ())
    return answers.Reference(PLACES, SQUARES, TRUE).look((np.array(points), np.array(shapes)))


def test_the_order_of_pairs_is_nobodys_business() -> None:
    assert look((1, 1), (0, 0), (1, 0))["equal"]


def test_a_pair_on_the_boundary_may_be_left_out() -> None:
    found = look((0, 0))
    assert found["equal"]
    assert found["boundary"] == 2


@pytest.mark.parametrize(
    "pairs",
    [
        [(1, 0), (1, 1)],  # without the one inside
        [(0, 0), (0, 1), (1, 0), (1, 1)],  # one too many
        [(0, 0), (2, 1)],  # a point that is in no zone
        [(0, 0), (0, 0), (1, 0), (1, 1)],  # one twice
        [],
    ],
)
def test_a_wrong_answer_is_seen(pairs: list[tuple[int, int]]) -> None:
    assert not look(*pairs)["equal"]


def test_a_disc_may_differ_at_the_rim_only() -> None:
    ours = (np.array([0, 1]), np.array([0, 0]), np.array([50.0, 99.95]))
    assert answers.look_at_discs(ours, ([0], [0]), 3, 100.0)["equal"]
    assert answers.look_at_discs(ours, ([0, 1], [0, 0]), 3, 100.0)["equal"]
    assert not answers.look_at_discs(ours, ([1], [0]), 3, 100.0)["equal"]
    assert not answers.look_at_discs(ours, ([0, 2], [0, 1]), 3, 100.0)["equal"]


def test_the_tiles_share_their_borders() -> None:
    tiles = made.tiling(4, 3, 40)
    assert shapely.get_num_coordinates(tiles).tolist() == [41] * 12
    whole = shapely.union_all(tiles)
    assert len(whole.interiors) == 0
    assert whole.area == pytest.approx(shapely.area(tiles).sum(), rel=1e-12)
    assert (made.tiling(4, 3, 40) == tiles).all()


def test_all_peers_at_hand_agree() -> None:
    shapes = np.concatenate([made.tiling(4, 3, 40), made.islands(3, 30)])
    places = made.places(shapes, 3000)
    x, y = places
    brute = [np.nonzero(shapely.intersects_xy(shape, x, y))[0] for shape in shapes]
    pairs = np.concatenate(brute), np.repeat(np.arange(len(shapes)), [len(b) for b in brute])
    reference = answers.Reference(places, shapes, pairs)
    for name, peer in peers.PEERS.items():
        try:
            find = peer(places, shapes)
        except timing.Absent:
            continue
        found = reference.look(find())
        assert found["equal"], (name, found)
        assert found["pairs"] + found["boundary"] == len(pairs[0])


@pytest.mark.thorough
def test_slow_ways_run_less_often_and_broken_ones_are_told() -> None:
    assert [timing.Effort(5, 20).rounds(s) for s in (0.1, 4, 4.1, 7, 20, 21)] == [5, 5, 3, 1, 1, 0]

    def breaks() -> None:
        raise ValueError("no such table")

    rows = timing.interleaved({"good": lambda: 1, "bad": breaks}, timing.Effort(3, 20))
    assert len(rows["good"]["seconds"]) == 3
    assert rows["bad"] == {"failed": "ValueError: no such table"}


MACHINE = {
    "processor": "some processor",
    "cores": 2,
    "memory_gb": 8.0,
    "system": "some system",
    "python": "3.11",
    "zonerules": "0.1",
    "geos": "3.13",
    "packages": {"numpy": "1.26", "duckdb": None},
}
RUN: dict[str, Any] = {
    "date": "2026-01-02",
    "quick": False,
    "scale": 1.0,
    "repeats": 5,
    "budget_s": 20.0,
    "machine": MACHINE,
    "sections": {
        "b": {
            "zones": 5000,
            "vertices": 2_500_000,
            "took_s": 1.0,
            "load_before": 0.1,
            "load_after": 0.2,
            "sizes": [
                {
                    "points": 1_000_000,
                    "rows": {
                        "ours": {"seconds": [0.2, 0.1, 0.9], "equal": True},
                        "geopandas": {"seconds": [5.0], "equal": True, "boundary": 7},
                        "sedonadb": {"failed": "sedonadb is not installed"},
                    },
                }
            ],
        }
    },
}


def test_targets_are_ratios_of_medians() -> None:
    geopandas, sedonadb = judged(RUN)
    assert (geopandas.wanted, geopandas.found, geopandas.met) == (20, 25.0, True)
    assert (sedonadb.found, sedonadb.met) == (None, None)
    slow = copy.deepcopy(RUN)
    slow["sections"]["b"]["sizes"][0]["rows"]["ours"]["seconds"] = [1.0]
    assert judged(slow)[0].met is False


def test_a_wrong_answer_is_no_victory() -> None:
    wrong = copy.deepcopy(RUN)
    wrong["sections"]["b"]["sizes"][0]["rows"]["geopandas"]["equal"] = False
    assert judged(wrong)[0].found is None
    assert len(wrong_answers(wrong)) == 1
    assert wrong_answers(RUN) == []  # an absent peer is no failure


def test_a_section_of_ours_that_fails_is_one() -> None:
    broken = copy.deepcopy(RUN)
    broken["sections"]["a"] = {"failed": "ValueError: something", "took_s": 1, "load_before": 0}
    assert len(wrong_answers(broken)) == 1


def test_the_page_tells_everything_twice() -> None:
    chinese, english = rendered(RUN, {"b": {"zh": "原因", "en": "the reason"}})
    assert "| (b) 热：geopandas | ≥ 20 × | 25.0 × | 达到 |" in chinese
    assert "| (b) warm: geopandas | ≥ 20 × | 25.0 × | met |" in english
    assert "| (b) warm: SedonaDB | ≥ 8 × | — | not measured |" in english
    assert "| ours | 200.0 ms | 3 | 200 ns | 1.0 | equal |" in english
    assert "7 pairs lie on a boundary" in english
    assert "sedonadb is not installed" in english
    assert chinese.rstrip().endswith("原因")
    assert english.rstrip().endswith("the reason")


def test_an_unknown_section_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--only", "a,z", "--out", str(tmp_path / "out.json")]) == 2
    assert "--only z" in capsys.readouterr().err


def test_sections_measured_before_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.json"
    for name in ("e", "h"):
        monkeypatch.setitem(SECTIONS, name, lambda setting, name=name: {"measured": name})
    same = ["--quick", "--out", str(out)]
    assert main([*same, "--only", "h"]) == 0
    assert main([*same, "--only", "e"]) == 0
    kept = json.loads(out.read_text(encoding="utf-8"))["sections"]
    assert {name: section["measured"] for name, section in kept.items()} == {"e": "e", "h": "h"}
    assert main([*same, "--only", "e", "--scale", "0.5"]) == 0  # another setting is another run
    assert list(json.loads(out.read_text(encoding="utf-8"))["sections"]) == ["e"]


def test_a_section_that_fails_does_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(setting: Any) -> Any:
        raise OSError("nothing at /home/somebody/zones.gpkg")

    out = tmp_path / "out.json"
    monkeypatch.setitem(SECTIONS, "e", fails)
    monkeypatch.setitem(SECTIONS, "h", lambda setting: {"measured": "h"})
    assert main(["--quick", "--only", "e,h", "--out", str(out)]) == 1
    sections = json.loads(out.read_text(encoding="utf-8"))["sections"]
    assert sections["e"]["failed"] == "OSError: nothing at …"  # no path of this machine
    assert sections["h"]["measured"] == "h"


def test_page_and_picture_are_written_from_the_results(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    dots = [
        {"at": at, "points": 1000, "rows": {"ours": {"seconds": [0.1]}, "loop": {"failed": "x"}}}
        for at in (10, 100)
    ]
    run = copy.deepcopy(RUN)
    panels = dict.fromkeys(("points", "zones", "vertices"), dots)
    run["sections"]["g"] = {"panels": panels, "took_s": 1, "load_before": 0, "load_after": 0}
    results = tmp_path / "2026-01-02.json"
    results.write_text(json.dumps(run), encoding="utf-8")
    *pages, picture = write_page(results, tmp_path)
    assert [page.name for page in pages] == ["benchmarks.md", "benchmarks.en.md"]
    shown = f"({picture.relative_to(tmp_path).as_posix()})"
    assert all(shown in page.read_text(encoding="utf-8") for page in pages)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 120_000  # what packaging/check_docs.py allows

"""What the web map is made from: policy, sample of golden cases, enterprises, the command line."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.webmap.firms import firms
from zonerules.jobs.webmap.policy import PLACEHOLDER, with_policy
from zonerules.jobs.webmap.sample import EACH, sample

if TYPE_CHECKING:
    from pathlib import Path

META = f'<meta http-equiv="Content-Security-Policy" content="{PLACEHOLDER}">'


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_policy_names_what_stands_in_the_page_and_nothing_else() -> None:
    page = (
        f"<head>{META}<style>a &amp; b</style></head><script>1 &lt; 2 && '<b>'</script>"
        '<script type="application/json" id="x">{"a": 1}</script>' + PLACEHOLDER
    )
    told = with_policy(page, ["https://tiles.example"])
    assert f"script-src {digest('1 &lt; 2 && ' + chr(39) + '<b>' + chr(39))}; " in told
    assert f"style-src {digest('a &amp; b')}; " in told
    assert "img-src data: https://tiles.example; connect-src 'none'" in told
    assert told.endswith(PLACEHOLDER)  # only the first is the policy's


@pytest.mark.parametrize(
    "bad", ["<p onclick=x>", "<p style='color:red'>", "<script src=x.js></script>"]
)
def test_policy_refuses_what_it_would_have_to_allow(bad: str) -> None:
    with pytest.raises(ValueError, match="has"):
        with_policy(META + bad)


def test_sample_has_every_document_outcome_and_reason() -> None:
    cases = [
        {"document": name, "rule": f"R{at}", "expect": {"outcome": outcome, "failed": failed}}
        for name in "ab"
        for outcome, failed in (("applies", None), ("not_concerned", "date"))
        for at in range(97)
    ] + [{"document": "c", "rule": "R", "expect": {"missing": []}}]
    found = sample(cases)
    assert len(found) == 4 * EACH + 1
    assert found == [case for case in cases if case in found]
    assert sample(found) == found


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_enterprises_of_a_checked_table(tmp_path: Path) -> None:
    table = write(
        tmp_path / "checked.csv",
        "企业名称,经度,纬度,zr_verdict,zr_rules,zr_error\n"
        "甲,113.69,34.735,prohibited,GC-58,\n"
        "乙,,34.7,,,坏\n"
        "丙,113.7,34.8,<b>,,\n",
    )
    found = firms(table, datum="wgs84").rows
    assert found == [
        {
            **{"lon": 113.69, "lat": 34.735, "name": "甲", "verdict": "prohibited"},
            "told": [["zr_rules", "GC-58"]],
        },
        {
            **{"why": {"en": "no coordinates in this row; 坏", "zh": "此行没有坐标；坏"}},
            **{"name": "乙", "verdict": "", "told": [["zr_error", "坏"]]},
        },
        {"lon": 113.7, "lat": 34.8, "name": "丙", "verdict": "", "told": []},
    ]
    moved = firms(table, datum="gcj02").rows[0]
    assert 0.004 < 113.69 - moved["lon"] < 0.008


@pytest.mark.parametrize(
    ("heading", "given", "told"),
    [
        ("name,lon,lat,zr_verdict", {"datum": None}, "--datum"),
        ("name,lon,lat", {"datum": "wgs84"}, "no column zr_verdict.*zonerules check"),
        ("name,zr_verdict", {"datum": "wgs84"}, "no columns of coordinates"),
    ],
)
def test_tables_that_cannot_be_drawn(
    tmp_path: Path, heading: str, given: dict[str, Any], told: str
) -> None:
    table = write(tmp_path / "t.csv", heading + "\n" + ",".join("x" for _ in heading.split(",")))
    with pytest.raises(BadInput, match=told):
        firms(table, **given)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--offline"], "-o is required"),
        (["-o", "map.txt"], "-o map.txt: expected .html"),
        (["-o", "no/m.html"], "no/m.html: no such folder"),
        (["-o", "m.html", "--date", "2017-13-01"], "--date 2017-13-01"),
        (["-o", "m.html", "--tianditu-key-env", "ZR_NO_SUCH"], "ZR_NO_SUCH: the variable is not"),
        (["-o", "m.html", "--assets", "/no/such"], "--assets /no/such: no such folder"),
    ],
)
def test_command_line_refuses(
    args: list[str], told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = [str(tmp_path / one) if one.endswith("m.html") else one for one in args]
    assert main(["map", *given]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

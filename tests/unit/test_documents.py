"""`zonerules documents`: title, number, period, what of each document the catalogue holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zonerules.jobs import cli
from zonerules.jobs.find import documents
from zonerules.jobs.find.reading import Reader
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.present import width_of

GC = "guanzheng-2017-98"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def row_of(catalogue: Catalogue, name: str, today: str | None = None) -> dict[str, Any]:
    return next(row for row in documents.document_list(catalogue, today) if row["id"] == name)


def test_a_document_as_it_is_printed(catalogue: Catalogue) -> None:
    row = row_of(catalogue, GC)
    assert row["number"] == "管政〔2017〕98号" and row["issued"] == "2017-10-17"
    assert row["covers"] == {"from": "2017-06-01", "until": "2018-03-31"}
    assert row["level"] == "district"
    assert row["jurisdiction"]["id"] == "gc-district"
    assert row["jurisdiction"]["name"]["zh"] == "管城回族区"
    assert row["url"] is None and row["archive"] is None
    assert "郑政文〔2017〕178号" in {cite.get("number") for cite in row["cites"]}
    assert row_of(catalogue, "zhengzhou-sansan-2020")["number"] is None


@pytest.mark.parametrize(
    ("today", "covered"),
    [("2017-05-31", False), ("2017-06-01", True), ("2018-03-31", True), ("2018-04-01", False)],
)
def test_whether_it_covers_a_day(catalogue: Catalogue, today: str, covered: bool) -> None:
    assert row_of(catalogue, GC, today)["covers_today"] is covered


def test_counts_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    counts = row_of(catalogue, GC)["counts"]
    assert counts["zones"] == 37
    assert counts["rules"] == sum(counts["by_kind"].values()) == sum(counts["by_audience"].values())
    assert counts["by_kind"]["exemption"] == 4
    assert counts["clauses"] == counts["clauses_with_rules"] + counts["clauses_with_reason"]
    rows = documents.document_list(catalogue)
    assert len(rows) == len(catalogue.book.documents)
    assert sum(row["counts"]["rules"] for row in rows) == len(catalogue.book.rules)
    assert sum(row["counts"]["zones"] for row in rows) == len(catalogue.book.zones)


def test_pages_and_files_are_shown_when_known(catalogue: Catalogue) -> None:
    record = {
        **catalogue.data["documents"][GC],
        "url": "https://example.org/98.html",
        "archive": "自存/98.pdf",
        "pages": {"21": 15},
    }
    told = Catalogue({**catalogue.data, "documents": {GC: record}})
    (row,) = documents.document_list(told)
    assert (row["url"], row["archive"]) == ("https://example.org/98.html", "自存/98.pdf")
    assert row["pages"] == {"21": 15}
    text = documents.to_text([row], Reader(told, "zh"), 100)
    assert "官方网页：https://example.org/98.html" in text and "自存文件：自存/98.pdf" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100])
def test_the_text_keeps_to_the_terminal(catalogue: Catalogue, lang: str, columns: int) -> None:
    rows = documents.document_list(catalogue, "2017-11-20")
    text = documents.to_text(rows, Reader(catalogue, lang), columns, "2017-11-20")
    assert max(map(width_of, text.split("\n"))) <= columns
    unknown = {"zh": "官方网页：不详", "en": "official page: unknown"}[lang]
    assert text.count(unknown) == sum(row["url"] is None for row in rows)
    state = {
        "zh": ("今天在方案期内", "今天未到方案期"),
        "en": ("covers today", "begins after today"),
    }
    assert all(word in text for word in state[lang])


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["documents", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert GC in [row["id"] for row in rows]
    assert cli.main(["documents", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "管政〔2017〕98号" in out and "ended before today" in out

"""The reader on three hundred and forty published boundary phrases, annotated by hand."""

from __future__ import annotations

import pytest

from zonerules.tests.unit.boundary_real import cases, half_of, judged

# half: (right at least, wrong without a word at most). The figures of docs/delimit.md.
FLOOR = {
    "development": (94, 0),
    "held": (95, 0),
    "fresh": (26, 0),
    "fourth": (11, 0),
    "fifth": (45, 0),
    "sixth": (19, 0),
}


@pytest.fixture(scope="module")
def verdicts():
    return [(row, *judged(row)) for row in cases()]


def test_there_are_enough_phrases():
    assert len(cases()) >= 340
    assert len({row["text"] for row in cases()}) == len(cases())
    assert all(row["from"] for row in cases())


@pytest.mark.parametrize("half", FLOOR)
def test_published_phrases_are_read_or_said(half, verdicts):
    right, silent = FLOOR[half]
    kinds = [kind for row, kind, *_ in verdicts if half_of(row) == half]
    assert kinds.count("right") >= right
    assert kinds.count("silent") <= silent


def test_what_is_not_right_lowers_the_confidence(verdicts):
    for row, kind, words, missing, extra in verdicts:
        if words.unread:
            assert words.confidence < 0.9, (kind, row["text"], missing, extra)
        if words.doubts:
            assert words.confidence <= 0.5, row["text"]


def test_edges_in_json_keep_to_the_fixed_names(verdicts):
    fixed = {"east", "west", "south", "north", "ring"}
    for row, _, words, *_ in verdicts:
        told = words.as_json()
        assert {edge["edge"] for part in told["parts"] for edge in part["edges"]} <= fixed, row


def test_right_readings_are_not_all_doubted(verdicts):
    """A net that tells of everything tells nothing."""
    right = [words for _, kind, words, *_ in verdicts if kind == "right"]
    assert sum(not words.doubts for words in right) >= 0.6 * len(right)

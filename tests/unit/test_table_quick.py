"""What makes tables quick gives the same as what it stands for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from zonerules.jobs.table.behind import Behind
from zonerules.jobs.table.distinct import alike
from zonerules.jobs.table.places import numbers_of


def test_alike_numbers_equal_rows_in_the_order_they_come() -> None:
    rng = np.random.default_rng(4)
    for width, most in ((1, 5), (3, 3), (5, 1 << 40)):  # the last are too wide for one number
        codes = [rng.integers(0, 4, 300) * (most // 4 + 1) for _ in range(width)]
        rows = list(zip(*(code.tolist() for code in codes)))
        order = list(dict.fromkeys(rows))
        first, numbers = alike(codes)
        assert [order[number] for number in numbers] == rows
        assert [rows[row] for row in first] == order
        assert first.tolist() == [rows.index(row) for row in order]


@pytest.mark.parametrize(
    "cells",
    [
        ["113.5", "34", "0.25", "007.5", "1."],
        ["113.5", ".5"],
        ["113.5", ""],
        ["113.5", None],
        ["113.5", "-1.5"],
        ["113.5", "1.2.3"],
        ["113.5", "1e3"],
        ["113.5", "113°30′E"],
        ["113.123456789012345", "123456789012"],
        ["113.5", " 114.25 "],
        ["."],
    ],
)
def test_plain_numbers_are_read_as_every_number_is(cells: list[str | None]) -> None:
    """A cell that makes the column anything but plain sends the others the long way."""
    faults: dict[int, Any] = {}
    found = numbers_of(pa.array(cells, pa.string()), faults, "lon")
    for row, cell in enumerate(cells):
        alone: dict[int, Any] = {}
        # behind an empty cell nothing is read the quick way
        expected = numbers_of(pa.array(["", cell], pa.string()), alone, "lon")[1]
        assert np.array_equal(found[row], expected, equal_nan=True), cell
        assert (row in faults) == (1 in alone), cell


def test_plain_numbers_in_a_slice() -> None:
    cells = pa.array(["x", "113.5", "34.25", "y"]).slice(1, 2)
    assert numbers_of(cells, {}).tolist() == [113.5, 34.25]


def test_behind_calls_in_order_on_one_other_thread() -> None:
    done: list[tuple[int, int]] = []
    with Behind() as behind:
        for number in range(20):
            behind.do(lambda n: done.append((n, threading.get_ident())), number)
    assert [number for number, _ in done] == list(range(20))
    assert {thread for _, thread in done} != {threading.get_ident()}
    assert len({thread for _, thread in done}) == 1


def test_behind_raises_what_failed_and_does_nothing_after_it() -> None:
    done: list[int] = []

    def call(number: int) -> None:
        if number == 3:
            raise OSError("no space left")
        done.append(number)

    with pytest.raises(OSError, match="no space"), Behind() as behind:
        for number in range(10):
            behind.do(call, number)
    assert done == [0, 1, 2]


def test_behind_ends_before_an_interrupt_goes_on() -> None:
    done: list[int] = []
    begun = threading.Event()

    def slow(number: int) -> None:
        begun.set()
        time.sleep(0.05)
        done.append(number)

    with pytest.raises(KeyboardInterrupt), Behind() as behind:
        behind.do(slow, 1)
        begun.wait()
        raise KeyboardInterrupt
    assert done == [1]
    assert not any(thread.name.startswith("zonerules writing") for thread in threading.enumerate())


def test_a_table_is_answered_without_pandas_which_others_still_get() -> None:
    code = (
        "import sys\n"
        "from zonerules.jobs.cli.check import spare_pandas\n"
        "spare_pandas()\n"
        "import pyarrow\n"
        "pyarrow.array(['a', None]).to_numpy(zero_copy_only=False)\n"
        "assert 'pandas' not in sys.modules\n"
        "import pandas\n"
        "assert pandas.Series([1]).sum() == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

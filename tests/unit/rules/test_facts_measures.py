"""Facts as they are given: numbers, units, dates."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import pytest

from zonerules.rules.facts import FactError
from zonerules.tests.unit.rules_book import AREA, CAPACITY, MADE, STAGE, refused

# numbers and units


@pytest.mark.parametrize(
    ("raw", "tonnes_per_hour"),
    [
        *((10, 10), (10.5, 10.5), ("10", 10), ("10.5", 10.5), (".5", 0.5), ("1e1", 10), ("+4", 4)),
        *(("10 t/h", 10), ("10T/H", 10), ("10蒸吨", 10), ("10 蒸吨/小时", 10), ("10吨", 10)),
        *(("0.7 MW", 1), ("0.7mw", 1), ("7MW", 10), ("7 MW", 10), ("14 MW", 20), ("700kW", 1)),
        *(
            ("０．７ＭＷ", 1),
            ("１０", 10),
            ("1,200", 1200),
            ("1，200", 1200),
            ("1,234,567", 1234567),
        ),
        *(("29 兆瓦", 29 / 0.7), (0, 0), ("0", 0)),
    ],
)
def test_capacity(read: Any, raw: Any, tonnes_per_hour: float) -> None:
    assert read(CAPACITY, raw) == pytest.approx(tonnes_per_hour, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "tonnes_per_hour"), [("7MW", 10), ("14MW", 20), ("24.5 MW", 35), ("28 MW", 40)]
)
def test_megawatts_meet_the_threshold_exactly(read: Any, raw: str, tonnes_per_hour: int) -> None:
    """`le: 10` must hold for 7 MW, so no binary dust may stick to it."""
    assert read(CAPACITY, raw) == tonnes_per_hour


@pytest.mark.parametrize(
    ("raw", "square_metres"),
    [
        *(("1万平方米", 10000), ("1 万平方米", 10000), ("0.5万平方米", 5000), ("2公顷", 20000)),
        *(("2 ha", 20000), ("5000㎡", 5000), ("5000 m²", 5000), ("5000m2", 5000), ("3亩", 2000)),
        *(("1平方公里", 1000000), ("5,000平方米", 5000), ("５０００平方米", 5000)),
    ],
)
def test_area(read: Any, raw: str, square_metres: float) -> None:
    assert read(AREA, raw) == square_metres


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("power.capacity_mw", "30万千瓦", 300),
        ("power.capacity_mw", "300 MW", 300),
        ("weather.temperature_c", "-5℃", -5),
        ("weather.temperature_c", "－5", -5),
        ("weather.temperature_c", "-60", -60),
        ("monitor.valid_pct", "90％", 90),
        ("monitor.valid_pct", "100%", 100),
    ],
)
def test_other_units(read: Any, key: str, raw: str, value: float) -> None:
    assert read(key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        *((CAPACITY, -1), (CAPACITY, "-0.1"), (CAPACITY, "-7MW"), (AREA, "-1公顷")),
        *((CAPACITY, 1e13), ("monitor.valid_pct", 101), ("monitor.valid_pct", "-1%")),
        *(("weather.temperature_c", 61), ("weather.temperature_c", "-61")),
    ],
)
def test_out_of_range(read: Any, key: str, raw: Any) -> None:
    error = refused(read, key, raw)
    assert "between" in error.problem


@pytest.mark.parametrize(
    ("key", "raw"),
    [(CAPACITY, "10 kg"), (AREA, "7 MW"), (CAPACITY, "10 t/d"), (AREA, "1万"), (CAPACITY, "10%")],
)
def test_a_unit_that_does_not_fit(read: Any, key: str, raw: str) -> None:
    assert "unit" in refused(read, key, raw).problem


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE])
@pytest.mark.parametrize(
    "raw",
    [
        *("nan", "NaN", "inf", "-inf", "Infinity", "--", "-", "+", ".", "e5", "None", "1 2", "1/2"),
        *("0x10", "1_000", "十", "10..5", "1e", "=1+1", "<script>", "10\n20", "10\x00", "\ud800"),
    ],
)
def test_hostile_figures(read: Any, key: str, raw: str) -> None:
    refused(read, key, raw)


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE, "weather.wind_force"])
@pytest.mark.parametrize("raw", [float("inf"), float("-inf"), 1e308])
def test_infinity(read: Any, key: str, raw: float) -> None:
    refused(read, key, raw)


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE])
@pytest.mark.parametrize("raw", ["1e400", "-1e400", "9" * 400, "9" * 5000, "0." + "1" * 5000])
def test_figures_that_no_float_holds(read: Any, key: str, raw: str) -> None:
    if raw.startswith("0.") and key == CAPACITY:
        # a long tail is no harm: 0.111… is one ninth
        try:
            assert read(key, raw) == pytest.approx(1 / 9, abs=1e-9)
        except FactError as error:
            assert type(error) is FactError
    else:
        refused(read, key, raw)


def test_an_exponent_cannot_eat_the_machine() -> None:
    """1e999999999 as an exact fraction has a thousand million digits."""
    program = (
        "from zonerules.rules.facts import FactError, parse\n"
        "try: parse('k', '1e999999999', {'k': {'type': 'number'}})\n"
        "except FactError: print('refused')"
    )
    try:
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=10, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.fail("still busy with one figure after ten seconds")
    assert ran.stdout.strip() == "refused", ran.stderr


@pytest.mark.parametrize("raw", ["1,5", "1,,2", ",5", "5,", "12,34", "1,2345"])
def test_a_comma_that_parts_no_thousands(read: Any, raw: str) -> None:
    """1,5 may mean 1.5 and may mean 1 and 5; it never means 15."""
    refused(read, CAPACITY, raw)


# dates


@pytest.mark.parametrize(
    "raw",
    [
        *("2009-10-01", "2009/10/1", "2009年10月1日", "2009.10.1", "2009-10-1", " 2009-10-01 "),
        *(
            "２００９年１０月１日",
            datetime.date(2009, 10, 1),
            datetime.datetime(2009, 10, 1, 8, 30),
        ),
    ],
)
def test_day(read: Any, raw: Any) -> None:
    assert read(MADE, raw) == "2009-10-01"


@pytest.mark.parametrize("raw", ["2009-10", "2009/10", "2009年10月", "2009.10"])
def test_month(read: Any, raw: str) -> None:
    assert read(MADE, raw) == "2009-10"


@pytest.mark.parametrize("raw", ["2009", "2009年", 2009])
def test_year(read: Any, raw: Any) -> None:
    assert read(MADE, raw) == "2009"


def test_one_digit_month_is_padded(read: Any) -> None:
    assert read(MADE, "2009年1月") == "2009-01"


@pytest.mark.parametrize(
    "raw",
    [
        *("2009-13-01", "2009-02-30", "2009-02-29", "2009-10-32", "2009-00-10", "2009-10-00"),
        *("2009-00", "0000", "0000-01-01", "1899-12-31", "2200-01-01", "09-10-01", "20091001"),
        *("01/10/2009", "2009-10-01-02", "2009-10-01T00", "tomorrow", "--", "None", "nan", "1e400"),
        *("2009-10-01\n2010-01-01", "9" * 10000, "never", -2009, True),
    ],
)
def test_no_day(read: Any, raw: Any) -> None:
    refused(read, MADE, raw)


def test_a_leap_day(read: Any) -> None:
    assert read(MADE, "2008-02-29") == "2008-02-29"


@pytest.mark.parametrize("raw", ["never", "NEVER", "从未", " never "])
def test_never_where_it_is_allowed(read: Any, raw: str) -> None:
    assert read("plant.clean_from", raw) == "never"


def test_a_day_where_never_is_allowed(read: Any) -> None:
    assert read("plant.clean_from", "2019-06-30") == "2019-06-30"

"""Datums against known places and against an independent implementation (prcoords, CC0)."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from zonerules.layers import datum
from zonerules.layers.datum import (
    DATUMS,
    EXTRA_ACCURACY_M,
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)

GEOD = Geod(ellps="WGS84")

china = (st.floats(73.5, 135.1), st.floats(18.0, 53.6))


def apart(a, b):
    """Metres between two (lon, lat)."""
    return GEOD.inv(*a, *b)[2]


def grid():
    """Some 1000 places all over China, lon and lat arrays; on 105° E the formula has a kink."""
    lon, lat = np.meshgrid(np.linspace(73.5, 135.1, 41), np.linspace(18.0, 53.6, 25))
    lon[0, :10] = 105.0
    return lon.ravel(), lat.ravel()


# --- known places ------------------------------------------------------------------------------


def test_erqi_tower():
    """Zhengzhou's 二七塔: WGS84 known to 60 m, and the GCJ-02 pair that maps copy widely."""
    shifted = wgs84_to_gcj02(113.6604, 34.7535)
    assert apart(shifted, (113.6664, 34.7527)) < 60
    back = to_wgs84(113.6664, 34.7527, "gcj02")
    assert apart(back, (113.6604, 34.7535)) < 60
    assert 560 < apart(shifted, (113.6604, 34.7535)) < 600


def test_offset_by_hand_at_the_origin():
    """At 105° E 35° N every wave is zero: 300 m east, 100 m south, on the formula's ellipsoid."""
    lon, lat = wgs84_to_gcj02(105.0, 35.0)
    krassowsky = Geod(a=6378245.0, es=0.00669342162296594323)
    assert krassowsky.inv(105, 35, lon, 35)[2] == pytest.approx(300, abs=1e-3)
    assert krassowsky.inv(105, 35, 105, lat)[2] == pytest.approx(100, abs=1e-3)
    assert lon > 105
    assert lat < 35


def test_the_wave_in_longitude_by_hand():
    """At 105.25° E 35° N, x = 1/4 and y = 0: the terms worked out one by one."""
    x = 0.25
    # sin 6πx = sin(3π/2) = -1, sin 2πx = sin(π/2) = 1: the two short waves cancel.
    north = -100 + 2 * x + 0.2 * math.sqrt(x)
    waves = (
        20 * math.sqrt(0.5)
        + 40 * math.sin(math.pi / 12)
        + 150 * math.sin(math.pi / 48)
        + 300 * math.sin(math.pi / 120)
    )
    east = 300 + x + 0.1 * x**2 + 0.1 * math.sqrt(x) + waves * 2 / 3
    lon, lat = wgs84_to_gcj02(105.25, 35.0)
    krassowsky = Geod(a=6378245.0, es=0.00669342162296594323)
    assert krassowsky.inv(105.25, 35, lon, 35)[2] == pytest.approx(east, abs=1e-3)
    assert krassowsky.inv(105.25, 35, 105.25, lat)[2] == pytest.approx(-north, abs=1e-3)


# --- against another implementation ------------------------------------------------------------


def test_against_prcoords():
    for lon, lat in zip(*(axis.tolist() for axis in grid())):
        gcj = prcoords.wgs_gcj((lat, lon))
        bd = prcoords.gcj_bd(gcj)
        assert apart(wgs84_to_gcj02(lon, lat), (gcj.lon, gcj.lat)) < 1e-6
        assert apart(gcj02_to_bd09(gcj.lon, gcj.lat), (bd.lon, bd.lat)) < 1e-6
        # Its inverses stop when a step is below 1e-5 degrees: 2 mm at worst.
        back = prcoords.gcj_wgs_bored((gcj.lat, gcj.lon))
        assert apart(to_wgs84(gcj.lon, gcj.lat, "gcj02"), (back.lon, back.lat)) < 0.01
        back = prcoords.bd_wgs_bored((bd.lat, bd.lon))
        assert apart(to_wgs84(bd.lon, bd.lat, "bd09"), (back.lon, back.lat)) < 0.05


# --- round trips -------------------------------------------------------------------------------


@given(*china)
def test_gcj02_round_trip(lon, lat):
    back = gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-11, rel=0)
    forth = wgs84_to_gcj02(*gcj02_to_wgs84(lon, lat))
    assert apart(forth, (lon, lat)) < 1e-5


@given(*china)
def test_bd09_round_trip(lon, lat):
    assert bd09_to_gcj02(*gcj02_to_bd09(lon, lat)) == pytest.approx((lon, lat), abs=1e-11, rel=0)
    bd = gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))
    assert to_wgs84(*bd, "bd09") == pytest.approx((lon, lat), abs=1e-11, rel=0)


@given(*china)
def test_undeclared_datum_is_covered_by_its_extra_accuracy(lon, lat):
    assert 0 < apart((lon, lat), wgs84_to_gcj02(lon, lat)) < 1000


def test_extra_accuracy_covers_henan():
    lons, lats = np.meshgrid(np.linspace(110.3, 116.7, 150), np.linspace(31.3, 36.4, 120))
    east, north = wgs84_to_gcj02(lons, lats)
    worst = np.max(GEOD.inv(lons, lats, east, north)[2])
    assert worst < EXTRA_ACCURACY_M["unknown"]
    assert EXTRA_ACCURACY_M.keys() <= set(DATUMS)


# --- the box -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", [(2.35, 48.85), (-71.0, 42.3), (139.7, 35.7), (113.0, 0.5), (113.0, 56.0), (0.0, 0.0)]
)
def test_outside_china_gcj02_is_wgs84(place):
    assert wgs84_to_gcj02(*place) == place
    assert gcj02_to_wgs84(*place) == place


def test_the_inverse_is_exact_up_to_the_edge_of_the_box():
    west, south, east, north = datum.BOX
    for lon in (west, (west + east) / 2, east):
        for lat in (south, (south + north) / 2, north):
            shifted = wgs84_to_gcj02(lon, lat)
            assert shifted != (lon, lat), "the edge itself belongs to the box"
            # A hair inside: from the edge itself rounding may step over it.
            x = min(max(lon, west + 1e-9), east - 1e-9)
            y = min(max(lat, south + 1e-9), north - 1e-9)
            back = gcj02_to_wgs84(*wgs84_to_gcj02(x, y))
            assert back == pytest.approx((x, y), abs=1e-11, rel=0)


# --- floats, arrays, errors --------------------------------------------------------------------

FUNCTIONS = [wgs84_to_gcj02, gcj02_to_wgs84, gcj02_to_bd09, bd09_to_gcj02]
FUNCTIONS += [lambda lon, lat, d=name: to_wgs84(lon, lat, d) for name in DATUMS]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_arrays_equal_floats(function):
    lon, lat = grid()
    lon[:4], lat[:4] = [2.35, 139.7, 72.0, 113.0], [48.85, 35.7, 40.0, 56.0]
    lons, lats = function(lon, lat)
    assert lons.dtype == lats.dtype == np.float64
    one_by_one = [function(x, y) for x, y in zip(lon.tolist(), lat.tolist())]
    np.testing.assert_allclose(lons, [p[0] for p in one_by_one], rtol=0, atol=1e-12)
    np.testing.assert_allclose(lats, [p[1] for p in one_by_one], rtol=0, atol=1e-12)
    assert all(type(value) is float for pair in one_by_one for value in pair)
    assert lon[4] != 0, "the input is not written to"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_numbers_of_other_types(function):
    expected = function(114.0, 35.0)
    for kind in (int, np.float64, np.int64, np.array):
        found = function(kind(114), kind(35))
        assert found == expected
        assert [type(value) for value in found] == [float, float]
    lons, lats = function(np.array([[114, 114]]), 35)
    assert lons.shape == lats.shape == (1, 2)
    np.testing.assert_allclose(lons, expected[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.filterwarnings("error")
def test_missing_and_infinite_values(function):
    for bad in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError, match="expected finite degrees"):
            function(bad, 35.0)
        with pytest.raises(ValueError, match="expected finite degrees"):
            function(113.0, bad)
    lons, lats = function(
        np.array([113.0, np.nan, 113.0, np.inf]), np.array([35.0, 35.0, -np.inf, 35.0])
    )
    assert np.isnan(lons).tolist() == np.isnan(lats).tolist() == [False, True, True, True]


def test_same_datums_pass_through():
    for name in ("wgs84", "cgcs2000", "unknown"):
        assert to_wgs84(113.69, 34.735, name) == (113.69, 34.735)


def test_which_datum_is_which():
    gcj = wgs84_to_gcj02(113.66, 34.75)
    bd = gcj02_to_bd09(*gcj)
    assert to_wgs84(*gcj, "gcj02") == pytest.approx((113.66, 34.75), abs=1e-11)
    assert to_wgs84(*bd, "bd09") == pytest.approx((113.66, 34.75), abs=1e-11)
    assert 500 < apart(to_wgs84(*bd, "gcj02"), (113.66, 34.75)) < 1100


@pytest.mark.parametrize("name", ["GCJ02", "epsg:32649", "", "wgs84 "])
def test_a_datum_not_known_lists_those_that_are(name):
    with pytest.raises(ValueError, match="wgs84, cgcs2000, gcj02, bd09, unknown") as told:
        to_wgs84(113.0, 34.0, name)
    assert repr(name) in str(told.value)


def test_floats_need_no_numpy():
    """A dock in a bare QGIS has none; the module's own file is run, without the package."""
    program = (
        "import runpy, sys; d = runpy.run_path(sys.argv[1]);"
        "print(d['to_wgs84'](113.6664, 34.7527, 'bd09')); assert 'numpy' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(datum.__file__))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(to_wgs84(113.6664, 34.7527, "bd09"))

"""The Gauss-Krüger grids of CGCS2000 against PROJ, to less than a millimetre."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonerules.layers import gauss
from zonerules.layers.datum import to_wgs84

GEOD = pyproj.Geod(ellps="GRS80")  # differs from CGCS2000's ellipsoid by 0.1 mm
CODES = sorted(gauss.GRIDS)


def proj(code, inverse=False):
    forth = pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{code}", always_xy=True)
    return lambda x, y: forth.transform(x, y, direction="INVERSE" if inverse else "FORWARD")


def places(on, half):
    lon, lat = np.meshgrid(np.linspace(on.meridian - half, on.meridian + half, 9), [4, 18, 35, 53])
    return lon.ravel(), lat.ravel().astype(float)


def test_all_the_grids_of_the_registry_are_there():
    assert list(range(4491, 4555)) == CODES


@pytest.mark.parametrize("code", [4491, 4501, 4502, 4512, 4513, 4526, 4533, 4534, 4547, 4554])
def test_against_proj(code):
    on = gauss.grid(f"EPSG:{code}")
    lon, lat = places(on, 3.5 if code < 4513 else 2.0)
    east, north = proj(code)(lon, lat)
    ours = gauss.to_grid(lon, lat, on)
    assert np.max(np.abs(ours[0] - east)) < 1e-4
    assert np.max(np.abs(ours[1] - north)) < 1e-4
    back = gauss.to_degrees(np.asarray(east), np.asarray(north), on)
    assert np.max(GEOD.inv(lon, lat, *back)[2]) < 1e-4


def test_every_grid_has_the_meridian_of_the_registry():
    for code in CODES:
        on = gauss.GRIDS[code]
        assert proj(code)(on.meridian, 34.0)[0] == pytest.approx(on.false_easting, abs=1e-4)


@given(st.sampled_from(CODES), st.floats(-3.2, 3.2), st.floats(0.5, 54.0))
@settings(max_examples=200)
def test_round_trip_floats_and_arrays_alike(code, turn, lat):
    on = gauss.GRIDS[code]
    lon = on.meridian + turn
    east, north = gauss.to_grid(lon, lat, on)
    back = gauss.to_degrees(east, north, on)
    assert back == pytest.approx((lon, lat), abs=1e-11, rel=0)
    many = gauss.to_grid(np.array([lon]), np.array([lat]), on)
    assert (float(many[0][0]), float(many[1][0])) == pytest.approx((east, north), abs=1e-6)


def test_as_a_datum_of_the_tables():
    """二七塔 in zone 38, with and without the number in front."""
    east, north = proj(4526)(113.6604, 34.7535)
    for code, x in ((4526, east), (4547, east - 38e6)):
        told = to_wgs84(x, north, f"EPSG:{code}")
        assert told == pytest.approx((113.6604, 34.7535), abs=1e-9)
        array = to_wgs84(np.array([x, np.nan]), np.array([north, 1.0]), f"epsg:{code}")
        assert array[0][0] == pytest.approx(113.6604, abs=1e-9)
        assert np.isnan(array[0][1])
    assert to_wgs84(113.0, 34.0, "EPSG:4490") == (113.0, 34.0)
    for unknown in ("EPSG:32649", "EPSG:45471", "epsg:"):
        with pytest.raises(ValueError, match="datum"):
            to_wgs84(1.0, 2.0, unknown)


def test_which_grids_metres_may_be_of():
    henan = (110.3, 31.3, 116.7, 36.4)
    east, north = proj(4526)(113.6604, 34.7535)
    assert [on.code for on in gauss.grids_of(east, north, henan)] == [4526]
    plain = [on.code for on in gauss.grids_of(east - 38e6, north, henan)]
    assert 4547 in plain
    assert 4526 not in plain
    assert gauss.grids_of(113.6, 34.7, henan) == []

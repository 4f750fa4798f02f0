"""One address in QGIS: the window, and what it sends to a service, when, and with what leave.

The service is a server on this machine that counts what it is asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from zonerules.jobs.address.resolve import locate
from zonerules.plugin import settings
from zonerules.plugin.compat import is_deleted, locator_data
from zonerules.plugin.geocode import keys
from zonerules.plugin.geocode.part import GeocodePart
from zonerules.plugin.panel.part import PanelPart
from zonerules.tests.qgis.leaving import answer, cache, entry, log, service, store
from zonerules.tests.qgis.locating import search
from zonerules.tests.services import ADDRESS, KEY, PLACE, QUOTA, WRONG_KEY

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["cache", "log", "service", "store"]  # fixtures

CROSSING = "郑州市二七区二七路与金水路交叉口西南140米"
MISMATCH = "郑州市二七区航海东路街道办事处"  # a sub-district of Guancheng
GEOD = Geod(ellps="WGS84")


@pytest.fixture
def part(plugin: Any, window: Any) -> GeocodePart:
    window.look_at("EPSG:4326", 113.69, 34.735, 0.1)
    made: GeocodePart = plugin._parts[GeocodePart]
    return made


def idle(part: GeocodePart) -> None:
    for _ in range(1000):
        if part.task is None:
            return
        QTest.qWait(10)
    raise TimeoutError


def online(part: GeocodePart, text: str) -> Any:
    dialog = part.show()
    dialog.line.setText(text)
    dialog.online.click()
    idle(part)
    return dialog


def column(dialog: Any, number: int) -> list[str]:
    lines = dialog.list
    return [lines.topLevelItem(n).text(number) for n in range(lines.topLevelItemCount())]


# -- offline --------------------------------------------------------------------------------------


def test_the_window_lists_what_the_command_line_does(part: GeocodePart, service: Any) -> None:
    dialog = part.show()
    dialog.line.setText(CROSSING)
    dialog.find.click()
    expected = locate(CROSSING, lang="en")["candidates"]
    assert column(dialog, 0) == [row["matched"] for row in expected]
    assert column(dialog, 2)[0] == f"±{expected[0]['radius_m']} m"
    assert column(dialog, 3)[0] == "二七区"
    assert not dialog.review.isVisible()
    assert "nothing was sent" in dialog.note.text()
    assert service.asked == []


def test_a_click_draws_and_a_double_click_asks_with_the_radius(
    part: GeocodePart, plugin: Any, window: Any
) -> None:
    dialog = part.show()
    dialog.line.setText(CROSSING)
    dialog.find.click()
    first, second = (part.addresses.located(CROSSING, None).candidates)[:2]
    lines = dialog.list
    spot = lines.visualItemRect(lines.topLevelItem(1)).center()
    QTest.mouseClick(
        lines.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    box = part.marker.circle().boundingBox()
    assert box.height() == pytest.approx(2 * second.radius_m / 111_000, rel=0.02)
    assert window.canvas.extent().contains(box)
    assert plugin._parts[PanelPart].dock.reply is None
    lines.setCurrentItem(lines.topLevelItem(0))
    QTest.keyClick(lines, Qt.Key.Key_Return)
    asked = plugin._parts[PanelPart].dock.reply.answer["query"]
    assert asked["accuracy_m"] == pytest.approx(first.radius_m, abs=1)
    assert (asked["lon"], asked["lat"]) == pytest.approx((first.lon, first.lat), abs=1e-6)
    assert part.marker.circle() is None  # the panel draws it now


@pytest.mark.parametrize("way", ["button", "escape", "title bar"])
def test_closing_takes_the_circle_away(part: GeocodePart, way: str) -> None:
    dialog = part.show()
    dialog.line.setText(CROSSING)
    dialog.find.click()
    assert part.marker.circle() is not None
    if way == "button":
        dialog.close_button.click()
    elif way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    assert not dialog.isVisible()
    assert part.marker.circle() is None


def test_what_is_to_be_looked_at_is_seen(part: GeocodePart) -> None:
    dialog = part.show()
    dialog.line.setText(MISMATCH)
    dialog.find.click()
    assert dialog.review.isVisible()
    assert locate(MISMATCH, lang="en")["review"] in dialog.review.text()
    QTest.keyClicks(dialog.line, "x")
    assert not dialog.review.isVisible() and not column(dialog, 0)
    dialog.within.setText("某某市")
    dialog.find.click()
    assert "某某市" in dialog.review.text()


# -- the leave ------------------------------------------------------------------------------------


def test_without_a_service_nothing_can_be_sent(part: GeocodePart, service: Any) -> None:
    settings.set_geocoder("")
    dialog = part.show()
    assert not dialog.online.isEnabled()
    dialog.line.setText(ADDRESS)
    part.ask_service()
    assert part.task is None
    assert all(
        locator_data(row)[0] == "address" for row in search(part.host.iface, f"zra {ADDRESS}")
    )
    assert service.asked == []


def test_a_no_sends_nothing_and_a_yes_the_address_alone(part: GeocodePart, service: Any) -> None:
    told = answer("keep_back")
    dialog = online(part, ADDRESS)
    assert service.asked == []
    [notice] = told
    assert ADDRESS in notice and "127.0.0.1" in notice and "Amap" in notice
    answer("send")
    online(part, ADDRESS)
    [asked] = service.asked
    assert asked == {"address": [ADDRESS], "output": ["JSON"], "key": [KEY]}
    best = dialog.list.chosen()
    assert GEOD.inv(best.lon, best.lat, *PLACE)[2] < 0.2  # from GCJ-02
    assert column(dialog, 3)[0] == "管城回族区"
    assert "127.0.0.1" in dialog.note.text()


def test_the_leave_holds_for_a_run_or_for_good_at_that_host(
    part: GeocodePart, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer("send") == []
    online(part, f"{ADDRESS}1")
    told = answer("send", for_good=True)
    online(part, f"{ADDRESS}2")
    assert len(told) == 1, "the first yes was for once"
    online(part, f"{ADDRESS}3")  # no notice: it would stand open for ever
    assert [asked["address"][0][-1] for asked in service.asked] == ["1", "2", "3"]
    monkeypatch.setenv("ZONERULES_AMAP_URL", service.url.replace("127.0.0.1", "localhost"))
    told = answer("keep_back")
    online(part, f"{ADDRESS}4")
    assert "localhost" in told[0], "another host is another party"
    assert len(service.asked) == 3


def test_the_locator_sends_only_when_its_row_is_picked(
    part: GeocodePart, service: Any, window: Any
) -> None:
    rows = search(window, f"zra {ADDRESS}")
    [row] = [row for row in rows if locator_data(row)[0] == "online"]
    assert "Amap" in row.displayString and "127.0.0.1" in row.description
    assert service.asked == []
    [made] = [one for one in window.locator.filters() if one.activePrefix() == "zra"]
    answer("send")
    made.triggerResult(row)
    idle(part)
    assert len(service.asked) == 1
    assert part.dialog.line.text() == ADDRESS
    assert "amap" in column(part.dialog, 0)[0]


def test_nothing_is_asked_twice(part: GeocodePart, service: Any, cache: Path) -> None:
    answer("send", for_good=True)
    online(part, ADDRESS)
    online(part, ADDRESS)
    assert len(service.asked) == 1
    assert KEY.encode() not in b"".join(f.read_bytes() for f in cache.glob("*.sqlite"))


# -- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ((WRONG_KEY["amap"],), "the key is refused"),
        ((QUOTA["amap"],), "quota is used up"),
        (((404, b"gone", {}),), "HTTP 404"),
    ],
    indirect=["service"],
)
def test_a_failure_is_one_line_without_the_key(
    part: GeocodePart, service: Any, said: str, log: list[str], window: Any
) -> None:
    answer("send")
    dialog = online(part, ADDRESS)
    line = dialog.review.text()
    assert dialog.review.isVisible() and said in line and "\n" not in line
    assert line.startswith("Service amap") and "--" not in line
    assert len(service.asked) == 1
    everything = [line, dialog.note.text(), *log, *window.bar.messages]
    assert KEY not in " ".join(everything)
    assert not column(dialog, 0)


@pytest.mark.parametrize("service", [("hang",)], indirect=True)
def test_a_stop_is_heard_at_once(part: GeocodePart, service: Any) -> None:
    answer("send")
    dialog = part.show()
    dialog.line.setText(ADDRESS)
    dialog.online.click()
    task = part.task
    for _ in range(500):
        if service.asked:
            break
        QTest.qWait(10)
    assert dialog.stop.isVisible() and not dialog.find.isEnabled()
    dialog.stop.click()
    assert task.isCanceled() and part.task is None
    assert dialog.find.isEnabled() and "Stopped" in dialog.note.text()
    service.over.set()
    for _ in range(500):
        if is_deleted(task):
            break
        QTest.qWait(10)
    assert is_deleted(task) and len(service.asked) == 1, "it was not tried again"
    assert not column(dialog, 0)


@pytest.mark.parametrize("service", [("hang",)], indirect=True)
def test_no_answer_in_time(
    part: GeocodePart, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zonerules.jobs.address.online.TIMEOUT_S", 0.05)
    monkeypatch.setattr("zonerules.jobs.address.online.WAIT_S", 0.01)
    answer("send")
    dialog = online(part, ADDRESS)
    assert "no answer within" in dialog.review.text()


# -- the key --------------------------------------------------------------------------------------


def test_the_key_comes_from_the_store_and_only_its_id_is_kept(
    part: GeocodePart, service: Any, store: Any, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setenv("ZONERULES_AMAP_KEY", "another key")
    [factory] = part.host.iface.options
    page = factory.createWidget(None)
    page.geocoder.login.setConfigId(entry(store, "Basic", username="me", password=f" {KEY} "))
    page.apply()
    answer("send")
    online(part, ADDRESS)
    assert [asked["key"] for asked in service.asked] == [[KEY]]
    kept = QgsSettings()
    kept.beginGroup("zonerules")
    held = {name: str(kept.value(name)) for name in kept.allKeys()}
    assert KEY not in json.dumps(held)
    assert held["geocoder_login/amap"] in store.configIds()
    assert KEY not in " ".join(log)


def test_a_locked_store_sends_nothing(
    part: GeocodePart, service: Any, store: Any, log: list[str]
) -> None:
    settings.set_geocoder_login("amap", entry(store, "Basic", password=KEY))
    store.clearMasterPassword()
    answer("send")
    dialog = online(part, ADDRESS)
    assert "master password" in dialog.review.text()
    assert service.asked == []


@pytest.mark.parametrize(
    ("method", "fields", "said"),
    [
        ("Basic", {"username": KEY}, "Password"),
        ("PKI-Paths", {"keypath": "x"}, "PKI-Paths"),
    ],
)
def test_an_entry_that_holds_no_key(
    service: Any, store: Any, method: str, fields: dict[str, str], said: str
) -> None:
    made = entry(store, method, **fields)
    with pytest.raises(keys.Refusal, match=said):
        keys.key_of("amap", "en", made)


def test_one_header_is_a_key_and_a_lost_entry_none(service: Any, store: Any) -> None:
    assert keys.key_of("amap", "en", entry(store, "APIHeader", anything=KEY)) == KEY
    with pytest.raises(keys.Refusal, match="zz12345"):
        keys.key_of("amap", "en", "zz12345")


def test_without_a_key_the_line_says_where_to_put_it(
    part: GeocodePart, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZONERULES_AMAP_KEY")
    answer("send")
    dialog = online(part, ADDRESS)
    assert "ZONERULES_AMAP_KEY" in dialog.review.text()
    assert service.asked == []


# -- the options page -----------------------------------------------------------------------------


def test_the_page_keeps_a_service_and_takes_the_leave_back(plugin: Any, window: Any) -> None:
    settings.set_geocoder_leave("amap", "restapi.amap.com")
    [factory] = window.options
    page = factory.createWidget(None)
    choice = page.geocoder
    assert choice.service.currentData() == "" and choice.login.isHidden()
    choice.service.setCurrentIndex(choice.service.findData("amap"))
    assert not choice.login.isHidden() and not choice.forget.isHidden()
    assert "restapi.amap.com" in choice.leave.text()
    assert "ZONERULES_AMAP_KEY" in choice.key_note.text()
    choice.forget.click()
    assert choice.forget.isHidden()
    assert settings.geocoder() == "" and settings.geocoder_leave("amap"), "not before OK"
    page.apply()
    assert settings.geocoder() == "amap" and not settings.geocoder_leave("amap")

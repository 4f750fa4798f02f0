"""The services against a server on this machine that answers as their pages say they do."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat

import prcoords
import pytest
from pyproj import Geod

from zonerules.jobs.address.online import Online, key_name
from zonerules.jobs.address.services import SERVICES
from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.layers import gazetteer
from zonerules.layers.catalogue.store import cache_folder
from zonerules.tests.services import (
    ADDRESS,
    BUSY,
    GOOD,
    KEY,
    NOTHING,
    PLACE,
    QUOTA,
    WRONG_KEY,
    amap,
    baidu,
    serving,
    tianditu,
)

GEOD = Geod(ellps="WGS84")
BOOK = gazetteer.load()


def online(name, server, folder, waited=None):
    waits = [] if waited is None else waited
    return Online(name, BOOK, key=KEY, url=server.url, folder=folder, sleep=waits.append)


@pytest.mark.parametrize("name", SERVICES)
def test_a_place_comes_back_in_wgs84(name, tmp_path):
    with serving(GOOD[name]()) as server:
        found = online(name, server, tmp_path)(ADDRESS)
    best = found.best
    # six decimals of the answer are 0.1 m
    assert GEOD.inv(best.lon, best.lat, *PLACE)[2] < 0.2
    assert (best.level, best.county, best.adcode) == ("house", "管城回族区", "410104")
    assert found.stated == "410104"
    assert 0 < best.radius_m <= 300
    assert not found.review
    (asked,) = server.asked
    assert asked[SERVICES[name].key] == [KEY]
    sent = asked["address"][0] if name != "tianditu" else json.loads(asked["ds"][0])["keyWord"]
    assert sent == ADDRESS
    if name == "baidu":
        assert asked["ret_coordtype"] == ["gcj02ll"]  # else it would answer in BD-09


@pytest.mark.parametrize(
    ("name", "answer", "level", "at_least_m"),
    [
        ("amap", amap("道路交叉路口"), "crossing", 300),
        ("amap", amap("道路"), "road", 2000),
        ("amap", amap("村庄"), "village", 1000),
        ("amap", amap("乡镇"), "town", 5000),
        ("baidu", baidu("道路", 20), "road", 10_000),
        ("baidu", baidu("餐饮", 50), "point", 1000),
        ("tianditu", tianditu("兴趣点", 70), "point", 2000),
    ],
)
def test_the_radius_follows_the_level_and_the_confidence(name, answer, level, at_least_m, tmp_path):
    with serving(answer) as server:
        best = online(name, server, tmp_path)(ADDRESS).best
    assert best.level == level
    assert best.radius_m >= at_least_m


def test_a_level_nobody_knows_is_no_better_than_the_gazetteer(tmp_path):
    with serving(amap("未知")) as server:
        found = online("amap", server, tmp_path)("郑州市管城回族区某某处")
    assert (found.best.level, found.best.county) == ("county", "管城回族区")


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_does_not_know_is_left_to_the_gazetteer(name, tmp_path):
    with serving(NOTHING[name]) as server:
        asking = online(name, server, tmp_path)
        found = asking(ADDRESS)
        assert found.best.county == "管城回族区"
        assert name in found.told("zh")
        asking(ADDRESS)
    assert len(server.asked) == 1, "that there is nothing is kept as well"


def test_another_county_than_the_stated_is_a_mismatch(tmp_path):
    with serving(amap(adcode="410105")) as server:
        found = online("amap", server, tmp_path)(ADDRESS)
    assert found.mismatch
    assert [c.county for c in found.candidates] == ["管城回族区", "金水区"]
    assert "金水区" in found.told("zh")
    far = prcoords.wgs_gcj((39.9, 116.4))
    with serving({"status": 0, "result": {**baidu()["result"], "location": _place(far)}}) as server:
        found = online("baidu", server, tmp_path)(ADDRESS)
    assert found.mismatch
    assert found.best.county == "管城回族区"


def _place(gcj):
    return {"lng": gcj.lon, "lat": gcj.lat}


@pytest.mark.parametrize("name", SERVICES)
def test_a_busy_service_is_asked_again(name, tmp_path):
    waited = []
    with serving(BUSY[name], (503, b"", {}), "slam", GOOD[name]()) as server:
        found = online(name, server, tmp_path, waited)(ADDRESS)
    assert found.best.level == "house"
    assert len(server.asked) == 4
    backoff = [wait for wait in waited if wait >= 1]
    assert backoff == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("name", SERVICES)
def test_a_refused_key_stops_at_once_and_is_not_told(name, tmp_path):
    with serving(WRONG_KEY[name]) as server, pytest.raises(BadInput) as error:
        online(name, server, tmp_path)(ADDRESS)
    assert len(server.asked) == 1
    shown = f"{error.value} {error.value.args} {error.value.__cause__} {error.getrepr()}"
    assert KEY not in shown
    assert name in str(error.value)
    assert "the key is refused" in str(error.value)
    assert "密钥被拒绝" in error.value.args[0].zh


@pytest.mark.parametrize("name", ["amap", "baidu"])
def test_a_used_up_quota_stops_at_once_and_says_so(name, tmp_path):
    with serving(QUOTA[name]) as server, pytest.raises(BadInput, match="quota is used up") as error:
        online(name, server, tmp_path)(ADDRESS)
    assert len(server.asked) == 1
    assert "配额已用完" in error.value.args[0].zh


def test_a_service_that_does_not_answer_in_time(tmp_path, monkeypatch):
    monkeypatch.setattr("zonerules.jobs.address.online.TIMEOUT_S", 0.05)
    with serving("hang") as server, pytest.raises(BadInput, match="no answer within"):
        online("amap", server, tmp_path)(ADDRESS)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>", b"[1, 2]", b"null", b'{"status": "1"}', (404, b"gone", {}), (500, b"", {})],
)
def test_an_answer_that_is_none_is_an_error_of_one_line(answer, tmp_path):
    whole = answer if isinstance(answer, tuple) else (200, answer, {})
    with serving(whole) as server, pytest.raises(BadInput) as error:
        online("amap", server, tmp_path)(ADDRESS)
    assert KEY not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_redirect_does_not_carry_the_key_away(tmp_path):
    with serving(amap()) as other:
        away = (302, b"", {"Location": other.url})
        with serving(away) as server, pytest.raises(BadInput, match="302"):
            online("amap", server, tmp_path)(ADDRESS)
    assert other.asked == []


def test_nothing_is_asked_twice_and_a_cut_off_run_goes_on(tmp_path):
    texts = [f"郑州市管城回族区航海东路{n}号" for n in range(1, 6)]
    with serving(amap(), amap(), (401, b"", {})) as server:
        asking = online("amap", server, tmp_path)
        asking(texts[0])
        asking(texts[1])
        with pytest.raises(BadInput):
            asking(texts[2])
    with serving(amap()) as server:
        again = online("amap", server, tmp_path)
        for text in texts:
            assert again(text).best.level == "house"
    assert [asked["address"][0] for asked in server.asked] == texts[2:]


def test_the_cache_holds_no_key_and_is_the_users_own(tmp_path):
    with serving(amap()) as server:
        online("amap", server, tmp_path)(ADDRESS)
    (file,) = tmp_path.glob("*.sqlite")
    assert KEY.encode() not in file.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_cache_is_no_error(tmp_path):
    (tmp_path / "geocoded-amap.sqlite").write_bytes(b"no database at all" * 100)
    with serving(amap()) as server:
        assert online("amap", server, tmp_path)(ADDRESS).best.level == "house"
    for damaged in ("{", '{"lon": 3}', "[]"):
        folder = tmp_path / damaged.encode().hex()
        with serving(amap()) as server:
            asking = online("amap", server, folder)
            asking(ADDRESS)
            base = sqlite3.connect(folder / "geocoded-amap.sqlite")
            with base:
                base.execute("UPDATE kept SET answer = ?", (damaged,))
            base.close()
            assert online("amap", server, folder)(ADDRESS).best.level == "house"


def test_questions_keep_their_distance(tmp_path):
    waited = []
    with serving(amap()) as server:
        asking = online("amap", server, tmp_path, waited)
        for n in range(3):
            asking(f"{ADDRESS}{n}")
    assert len(waited) == 2
    assert all(0 < wait <= SERVICES["amap"].pause_s for wait in waited)


def test_who_hears_of_each_question_can_send_no_more(tmp_path):
    class Stop(Exception):
        pass

    def heard(sent):
        if sent == 2:
            raise Stop

    with serving(amap()) as server:
        asking = Online("amap", BOOK, key=KEY, url=server.url, folder=tmp_path, heard=heard)
        with pytest.raises(Stop):
            for n in range(5):
                asking(f"{ADDRESS}{n}")
    assert len(server.asked) == 2


def test_baidu_takes_128_bytes(tmp_path):
    with serving(baidu()) as server:
        online("baidu", server, tmp_path)(ADDRESS + "某" * 100)
    sent = server.asked[0]["address"][0]
    assert len(sent.encode()) == 127  # whole characters of three bytes, and one digit
    assert sent.startswith(ADDRESS)


def test_the_questions_are_those_of_the_pages(tmp_path):
    wanted = {
        "amap": {"address": [ADDRESS], "output": ["JSON"], "key": [KEY]},
        "baidu": {
            "address": [ADDRESS],
            "output": ["json"],
            "ret_coordtype": ["gcj02ll"],
            "ak": [KEY],
        },
        "tianditu": {"ds": [f'{{"keyWord": "{ADDRESS}"}}'], "tk": [KEY]},
    }
    for name, asked in wanted.items():
        with serving(GOOD[name]()) as server:
            online(name, server, tmp_path)(ADDRESS)
        assert server.asked == [asked], name


def test_tianditu_without_a_score_or_with_an_error(tmp_path):
    """Its page makes level and score optional, and 404 an error unless it says otherwise."""
    answer = tianditu(level="地名地址")
    del answer["location"]["score"], answer["location"]["keyWord"]
    with serving(answer) as server:
        assert online("tianditu", server, tmp_path)(ADDRESS).best.radius_m == 2_000
    nothing = {"msg": "无结果", "status": "404"}
    with serving(nothing) as server:
        assert "tianditu" in online("tianditu", server, tmp_path / "a")(ADDRESS).told("en")
    with serving({"msg": "出错", "status": "404"}, tianditu()) as server:
        best = online("tianditu", server, tmp_path / "b")(ADDRESS).best
        assert best.level == "house"
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("word", "level"), [("门址", "house"), ("住宅区", "point"), ("小巷", "road")]
)
def test_the_levels_that_amap_added_in_2023(word, level, tmp_path):
    with serving(amap(level=word)) as server:
        assert online("amap", server, tmp_path)(ADDRESS).best.level == level


# --- the command line --------------------------------------------------------------------------


def _indexes(names):
    return {name for name in names if name.startswith(("index-", "catalogue-"))}


@pytest.fixture
def service(tmp_path, monkeypatch):
    cache_folder().mkdir(parents=True, exist_ok=True)
    shutil.copytree(  # without the index of the zones each test would build it again
        cache_folder(), tmp_path / "cache", ignore=lambda _, names: set(names) - _indexes(names)
    )
    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(key_name("amap"), KEY)
    with serving(amap()) as server:
        monkeypatch.setenv("ZONERULES_AMAP_URL", server.url)
        yield server


def test_locate_says_what_leaves_the_machine(service, capsys):
    assert main(["locate", ADDRESS, "--geocoder", "amap", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["candidates"][0]["level"] == "house"
    assert "127.0.0.1" in err
    assert KEY not in out + err


def test_nothing_leaves_the_machine_unasked(service, capsys):
    assert main(["locate", ADDRESS, "--json"]) == 0
    assert service.asked == []


def test_a_service_without_a_key_or_with_a_wrong_name(service, monkeypatch, capsys):
    assert main(["locate", ADDRESS, "--geocoder", "baidu"]) == 2
    assert "ZONERULES_BAIDU_KEY" in capsys.readouterr().err
    assert main(["locate", ADDRESS, "--geocoder", "amp"]) == 2
    assert "amap" in capsys.readouterr().err


def test_check_asks_once_for_each_address(service, tmp_path, capsys):
    table = tmp_path / "in.csv"
    table.write_text(f"name,addr\na,{ADDRESS}\nb,{ADDRESS}\nc,\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    asked = ["check", str(table), "-o", str(out), "--address-col", "addr", "--geocoder", "amap"]
    assert main([*asked, "--date", "2017-11-20"]) == 0
    assert len(service.asked) == 1
    told = capsys.readouterr()
    assert "127.0.0.1" in told.out
    text = out.read_text(encoding="utf-8-sig")
    assert KEY not in text + told.out + told.err
    assert text.count("amap") == 2

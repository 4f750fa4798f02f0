"""Addresses sent to a service that the user names, with the user's own key.

Nothing is sent unless a service is named. The key comes from the environment (or from the caller)
and goes into the question only: not into the cache, an error or any output. What the service says
is held against the county that the address states; where they differ a person has to look.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Callable

from ...layers.counties import drawn_counties
from ...layers.point import metres
from ...rules.facts import nearest, shown
from ...rules.messages import Line, in_language
from ..answer import BadInput
from .discs import Candidate, Located, doubted
from .kept import Kept
from .reading import read
from .resolve import resolve
from .services import SERVICES, Found, Refused, Service

if TYPE_CHECKING:
    from pathlib import Path

    from ...layers.gazetteer import Gazetteer, Unit

__all__ = ["Online", "host_of", "key_name"]

TRIES = 4
WAIT_S = 1.0  # before the second try; doubled each time
TIMEOUT_S = 10.0
MOST = 1 << 20  # bytes of an answer
LATE = Line(f"no answer within {TIMEOUT_S:g} seconds", f"{TIMEOUT_S:g} 秒内没有答复")
WHY = {  # by the kind of a refusal
    "key": Line("the key is refused:", "密钥被拒绝："),
    "quota": Line("the quota is used up:", "配额已用完："),
    "": Line("", ""),
}
SURE = {"house": 0.95, "point": 0.9, "crossing": 0.95, "road": 0.8, "village": 0.9, "town": 0.9}


def key_name(service: str) -> str:
    """The variable of the environment that holds the key of a service."""
    return f"ZONERULES_{service.upper()}_KEY"


def host_of(service: str) -> str:
    """The host that a service is asked at: its own or that of ZONERULES_<NAME>_URL."""
    return urllib.parse.urlsplit(_url(_service(service))).hostname or ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Online:
    """Resolves addresses with a service, then with the gazetteer what it does not know.

    `within`: the city or county of addresses that state none. `key`: else the environment's;
    `url`: another address of the service (an office's gateway), else that of ZONERULES_<NAME>_URL;
    `folder` for the cache; `sleep` waits; `heard` is called before each question with how many were
    sent so far, and may raise to send no more. Raises BadInput for a service that is not known or
    has no key, and when called for one that refuses or is not there.
    """

    def __init__(
        self,
        name: str,
        gazetteer: Gazetteer,
        *,
        within: str | None = None,
        key: str | None = None,
        url: str | None = None,
        folder: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        heard: Callable[[int], None] = lambda sent: None,
    ) -> None:
        self._service = _service(name)
        self._book, self._within = gazetteer, within
        self._key = key or os.environ.get(key_name(name), "")
        if not self._key:
            raise BadInput(
                Line(
                    f"--geocoder {name}: no key; set {key_name(name)}",
                    f"--geocoder {name}：没有密钥，请设置环境变量 {key_name(name)}",
                )
            )
        given = url or _url(self._service)
        if urllib.parse.urlsplit(given).scheme not in ("http", "https"):
            raise BadInput(
                Line(f"--geocoder {name}: no web address", f"--geocoder {name}：网址无效")
            )
        self._url = given
        self._kept, self._sleep, self._next = Kept(name, folder), sleep, 0.0
        self._heard = heard
        self._opener = urllib.request.build_opener(_NoRedirect)
        self.sent = 0
        """How many questions left this machine."""

    @property
    def notice(self) -> Line:
        """What leaves the machine, to be shown before anything does."""
        host = urllib.parse.urlsplit(self._url).hostname
        return Line(
            f"the addresses (nothing else of the table) are sent to {host} with your key",
            f"地址（仅地址，不含表中其他内容）将连同您的密钥发送到 {host}",
        )

    def __repr__(self) -> str:
        return f"Online({self._service.name!r})"

    def __call__(self, text: object) -> Located:
        """The places of an address."""
        offline = resolve(text, self._book, self._within)
        if not isinstance(text, str) or not text.strip():
            return offline
        address = " ".join(unicodedata.normalize("NFKC", text).split())
        if self._within and not read(address, self._book).units:
            address = f"{self._within}{address}"
        known, kept = self._kept.get(address)
        found = _found(kept) if known else None
        if not known or (kept is not None and found is None):
            found = self._ask(address)
            self._kept.put(address, None if found is None else asdict(found))
        if found is None:
            said = Line(
                f"{self._service.name} knows no place for it", f"{self._service.name} 没有结果"
            )
            return replace(offline, review=(*offline.review, said), unread="")
        return self._merged(found, offline)

    # -- asking -----------------------------------------------------------------------------------

    def _ask(self, address: str) -> Found | None:
        wait, why = WAIT_S, Line("", "")
        for attempt in range(TRIES):
            if attempt:
                self._sleep(wait)
                wait *= 2
            try:
                return self._service.read(self._answer(address))
            except Refused as refused:
                said = WHY[refused.kind]
                code = self._hidden(refused.code)
                why = Line(f"{said} {code}".strip(), f"{said.zh}{code}")
                if not refused.again:
                    break
            except urllib.error.HTTPError as error:
                why = Line(f"HTTP {error.code}", f"HTTP {error.code}")
                if error.code < 500 and error.code != 429:
                    break
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", error)
                what = type(reason).__name__
                why = Line(f"cannot be reached ({what})", f"无法连接（{what}）")
                if isinstance(reason, (TimeoutError, socket.timeout)):
                    why = LATE
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                why = Line("an answer that is none", "返回的内容无法识别")
        name = self._service.name
        raise BadInput(
            Line(
                f"--geocoder {name}: {why}; what it answered so far is kept, ask again later",
                f"--geocoder {name}：{in_language(why, 'zh')}；已得到的结果已保存，可稍后再运行",
            )
        ) from None

    def _answer(self, address: str) -> Any:
        pause = self._next - time.monotonic()
        if pause > 0:
            self._sleep(pause)
        self._heard(self.sent)
        query = {**self._service.parameters(address), self._service.key: self._key}
        request = urllib.request.Request(
            f"{self._url}?{urllib.parse.urlencode(query)}", headers={"User-Agent": "zonerules"}
        )
        self.sent += 1
        self._next = time.monotonic() + self._service.pause_s
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            return json.loads(answer.read(MOST))

    def _hidden(self, text: str) -> str:
        """A service may repeat the key in its refusal."""
        return text.replace(self._key, "…")[:120]

    # -- what it means ----------------------------------------------------------------------------

    def _merged(self, found: Found, offline: Located) -> Located:
        """The service's place before those of the gazetteer, unless its county is another."""
        place = self._candidate(found)
        # a service may answer with the place that the distance is told from
        place = replace(place, radius_m=place.radius_m + offline.away_m)
        if offline.firm and (offline.mismatch or offline.review):
            behind = (*offline.candidates, doubted(place))
            return replace(offline, candidates=behind, mismatch=True)
        widest = max(offline.candidates, key=lambda c: c.radius_m, default=None)
        stated = next((c for c in offline.candidates if c.level == "county" and c.adcode), None)
        beyond = widest is not None and _apart(place, widest)
        other = stated is not None and (
            place.adcode not in (None, stated.adcode)
            or (drawn_counties().outside_m(stated.adcode, place.lon, place.lat) or 0.0)
            > place.radius_m
        )
        if not (beyond or other) or widest is None:
            rest = [c for c in offline.candidates if c.level in ("county", "city")]
            county = place.county or (stated.county if stated else None)
            code = place.adcode or (stated.adcode if stated else None)
            place = Candidate(**{**asdict(place), "county": county, "adcode": code})
            if place.level in ("county", "city") and offline.best is not None:
                return offline  # the gazetteer says as much, or more
            return Located((place, *rest), (), stated=offline.stated)
        name = (stated or widest).matched
        where = place.county or f"{place.lon:.4f}, {place.lat:.4f}"
        said = Line(
            f"{name} is stated, but {self._service.name} finds it in {where}",
            f"写的是{name}，而 {self._service.name} 的结果在{where}",
        )
        first = [doubted(c) for c in (stated or widest,)]
        return Located((*first, doubted(place)), (said, *offline.review), mismatch=True)

    def _candidate(self, found: Found) -> Candidate:
        unit = self._unit(found.adcode)
        lon, lat, radius = found.lon, found.lat, found.radius_m
        if radius is None:
            whole = unit or self._around(lon, lat)
            lon, lat, radius = (whole.lon, whole.lat, whole.radius_m) if whole else (lon, lat, 5e5)
        county = unit if unit is not None and unit.kind == "county" else None
        sure = SURE.get(found.level, 0.6)
        matched = f"{self._service.name}: {found.matched or found.level}"
        name, code = (county.name, county.code) if county else (None, None)
        return Candidate(lon, lat, radius, found.level, sure, matched, name, code)

    def _unit(self, code: str | None) -> Unit | None:
        kinds = ("county", "city", "province")
        units = (self._book.units.get(f"{kind}:{code}") for kind in kinds)
        return next((unit for unit in units if unit is not None), None)

    def _around(self, lon: float, lat: float) -> Unit | None:
        """The largest city whose disc holds a place of which only that much is known."""
        cities = [
            unit
            for unit in self._book.units.values()
            if unit.kind == "city" and metres(lon, lat, unit.lon, unit.lat) < unit.radius_m
        ]
        return max(cities, key=lambda unit: unit.radius_m, default=None)


def _apart(one: Candidate, other: Candidate) -> bool:
    return metres(one.lon, one.lat, other.lon, other.lat) > one.radius_m + other.radius_m


def _found(kept: Any) -> Found | None:
    """What was kept, None if it is nothing that this version keeps."""
    try:
        return None if kept is None else Found(**kept)
    except TypeError:
        return None


def _url(service: Service) -> str:
    return os.environ.get(f"ZONERULES_{service.name.upper()}_URL") or service.url


def _service(name: str) -> Service:
    if name in SERVICES:
        return SERVICES[name]
    known, near = ", ".join(SERVICES), nearest(name, list(SERVICES))
    wrong = f"--geocoder {shown(name)}"
    raise BadInput(
        Line(
            f"{wrong}: expected one of {known}{near}",
            f"{wrong}：应为下列之一：{known}{in_language(near, 'zh')}",
        )
    )

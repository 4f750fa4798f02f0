"""The web map's libraries: pinned, believed by their digests only, and what a user is told."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.webmap import assets as libraries

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = b"let drawn = 1;\n"


def archive(content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as members:
        entry = tarfile.TarInfo("package/lib.js")
        entry.size = len(content)
        members.addfile(entry, io.BytesIO(content))
    return out.getvalue()


ARCHIVE = archive(SCRIPT)
PACKAGE: dict[str, Any] = {
    "name": "lib",
    "version": "1.0.0",
    "integrity": "sha512-" + base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode(),
    "files": {"lib.js": ["package/lib.js", hashlib.sha256(SCRIPT).hexdigest()]},
}


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm on the path that hands out ARCHIVE; the cache is empty, no release's folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lib.tgz").write_bytes(ARCHIVE)
    npm = folder / "npm"
    npm.write_text(
        f'#!/bin/sh\necho "$@" >>"{folder}/asked"\ncp "{folder}/lib.tgz" lib-1.0.0.tgz\n'
    )
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(libraries, "SHIPPED", tmp_path / "none")
    monkeypatch.setattr(libraries, "pinned", lambda tests=False: [PACKAGE])
    return folder


def test_fetched_once_then_from_the_cache(client: Path) -> None:
    assert libraries.assets() == {"lib.js": SCRIPT}
    assert libraries.assets() == {"lib.js": SCRIPT}
    asked = (client / "asked").read_text().splitlines()
    assert len(asked) == 1 and asked[0].startswith("pack lib@1.0.0 ")
    assert "--ignore-scripts" in asked[0]


def test_another_archive_is_refused(client: Path) -> None:
    (client / "lib.tgz").write_bytes(archive(b"steal();"))
    with pytest.raises(BadInput, match=r"lib@1\.0\.0: sha512.*--assets DIR"):
        libraries.assets()


def test_a_damaged_cache_is_not_believed(client: Path, tmp_path: Path) -> None:
    libraries.assets()
    (kept,) = tmp_path.rglob("webassets/lib.js")
    kept.write_bytes(b"other();")
    assert libraries.assets() == {"lib.js": SCRIPT}
    assert len((client / "asked").read_text().splitlines()) == 2


def test_without_npm_the_line_says_how_to_supply_them(
    client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(client / "empty"))
    with pytest.raises(BadInput, match=r"npm is not installed.*lib@1\.0\.0.*--assets DIR") as told:
        libraries.assets()
    assert "--assets DIR" in told.value.args[0].zh


def test_a_folder_that_is_named_is_the_only_one(client: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    with pytest.raises(BadInput, match=r"--assets .*own: no such folder"):
        libraries.assets(own)
    own.mkdir()
    with pytest.raises(BadInput, match=r"not the pinned version: lib\.js"):
        libraries.assets(own)
    (own / "lib.js").write_bytes(SCRIPT)
    assert libraries.assets(own) == {"lib.js": SCRIPT}
    assert not (client / "asked").exists()


def test_the_list_pins_every_file() -> None:
    told = json.loads((ROOT / "packaging/webassets.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in told["packages"]} >= {"leaflet", "leaflet.markercluster"}
    for package in told["packages"]:
        kind, _, digest = package["integrity"].partition("-")
        assert kind == "sha512" and len(base64.b64decode(digest)) == 64
        assert all(len(bytes.fromhex(one)) == 32 for _, one in package["files"].values())

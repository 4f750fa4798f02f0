"""The libraries of the web map: npm packages, pinned, each file believed only by its SHA-256.

They are looked for in the folder that the user names, in the package (releases carry them in
`webassets/`), in the user's cache; else the ordinary npm client fetches them once into the cache.
Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.store import cache_folder, write_bytes
from ...rules.messages import Line, in_language
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AssetError", "assets", "fetched", "pinned"]

_ROOT = Path(__file__).resolve().parents[2]
SHIPPED = _ROOT / "webassets"
PATIENCE_S = 180  # of npm, which itself tries again


class AssetError(Exception):
    """A library could not be fetched, or is not the pinned one."""


def pinned(*, tests: bool = False) -> list[dict[str, Any]]:
    """The packages of packaging/webassets.json: name, version, integrity, files.

    `files`: own name -> [path in the package, SHA-256]. With `tests` those that only tests need.
    """
    told = json.loads((_ROOT / "packaging" / "webassets.json").read_text(encoding="utf-8"))
    return [one for one in told["packages"] if bool(one.get("tests_only")) == tests]


def assets(
    folder: Path | None = None, *, tests: bool = False, fetch: bool = True
) -> dict[str, bytes]:
    """Every library file by its own name, from the first place that has them all.

    A `folder` that was named is the only place looked at. Without `fetch` nothing asks the network.
    Raises BadInput, one line that says how to supply the files.
    """
    packages = pinned(tests=tests)
    if folder is not None:
        if not folder.is_dir():
            raise BadInput(
                Line(f"--assets {folder}: no such folder", f"--assets {folder}：没有这个文件夹")
            )
        content, wrong = _read(folder, packages)
        if wrong:
            names = ", ".join(wrong)
            raise BadInput(
                Line(
                    f"--assets {folder}: missing or not the pinned version: {names}",
                    f"--assets {folder}：缺少下列文件，或不是规定的版本：{names}",
                )
            )
        return content
    cache = cache_folder() / "webassets"
    for place in (SHIPPED, cache):
        content, wrong = _read(place, packages)
        if not wrong:
            return content
    try:
        if not fetch:
            raise AssetError(Line("not asked for", "未要求获取"))
        content = fetched(packages)
    except AssetError as error:
        wanted = ", ".join(f"{one['name']}@{one['version']}" for one in packages)
        raise BadInput(
            Line(
                f"the map's libraries are not on this machine and cannot be fetched ({error}); "
                f"copy the folder webassets from a release, or make it where there is network "
                f"(npm pack, {wanted}), and name it with --assets DIR",
                f"本机没有地图所需的程序库，也无法获取（{in_language(error, 'zh')}）；"
                f"请从发行包中复制 webassets 文件夹，或在有网络的机器上备好"
                f"（npm pack，{wanted}），再用 --assets DIR 指明",
            )
        ) from None
    for name, data in content.items():
        write_bytes(cache / name, data)
    return content


def fetched(packages: list[dict[str, Any]]) -> dict[str, bytes]:
    """The files of `packages` through the npm client. Raises AssetError."""
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError(Line("npm is not installed", "没有安装 npm"))
    content: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for package in packages:
            content.update(_unpacked(_packed(npm, package, Path(scratch)), package))
    return content


def _packed(npm: str, package: Mapping[str, Any], scratch: Path) -> bytes:
    """The package's archive; nothing in it is run."""
    wanted = f"{package['name']}@{package['version']}"
    folder = scratch / package["name"]
    folder.mkdir()
    command = [npm, "pack", wanted, "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetError(f"npm pack {wanted}: {type(error).__name__}") from None
    archives = sorted(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        raise AssetError(f"npm pack {wanted}: {done.returncode}")
    data: bytes = archives[0].read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")
    if found != package["integrity"]:
        raise AssetError(f"{wanted}: sha512")
    return data


def _unpacked(archive: bytes, package: Mapping[str, Any]) -> dict[str, bytes]:
    content = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for name, (path, digest) in package["files"].items():
            try:
                file = members.extractfile(path)
            except KeyError:
                file = None
            data = b"" if file is None else file.read()
            if hashlib.sha256(data).hexdigest() != digest:
                raise AssetError(f"{package['name']}: {path}")
            content[name] = data
    return content


def _read(folder: Path, packages: list[dict[str, Any]]) -> tuple[dict[str, bytes], list[str]]:
    """The files in a folder, and the names of those that are not there or are other ones."""
    content, wrong = {}, []
    for package in packages:
        for name, (_, digest) in package["files"].items():
            try:
                data = (folder / name).read_bytes()
            except OSError:
                data = b""
            if hashlib.sha256(data).hexdigest() == digest:
                content[name] = data
            else:
                wrong.append(name)
    return content, wrong

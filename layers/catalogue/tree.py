"""The written half of a catalogue: documents/vocabulary.yaml and one folder per document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import CatalogueError
from .schema import YamlFile, read_yaml, record_of, validate

if TYPE_CHECKING:
    from pathlib import Path

    from .errors import Problems

__all__ = ["KINDS", "Document", "Tree", "read_tree"]

KINDS = ("document", "zones", "rules", "sources", "targets", "coverage", "cases")
SHARED = ("vocabulary", "sets")


class Document:
    """The YAML files of one document, by kind."""

    def __init__(self, name: str, files: dict[str, YamlFile]) -> None:
        self.id = name
        self.files = files

    @property
    def head(self) -> dict[str, Any]:
        """The content of document.yaml."""
        head: dict[str, Any] = self.files["document"].data["document"]
        return head

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The rows of zones, rules, sources, targets, coverage or cases; [] without the file."""
        file = self.files.get(kind)
        return file.data[kind] if file else []

    def at(self, kind: str, *steps: Any) -> dict[str, Any]:
        """file, line and record of a place, for Problems.add()."""
        file = self.files[kind]
        way = (kind, *steps)
        return {"file": file.name, "line": file.line(*way), "record": record_of(file.data, way)}


class Tree(NamedTuple):
    """Everything read from documents/: vocabulary and sets where present, documents by id."""

    vocabulary: YamlFile | None
    sets: YamlFile | None
    documents: list[Document]


def read_tree(root: Path, problems: Problems, *, vocabulary: bool = True) -> Tree:
    """Read and check the form of every file under ``root``/documents.

    What cannot be read or breaks its schema is added to ``problems`` and left out. ``vocabulary``
    false: the tree may do without one (an overlay uses the catalogue's).
    """
    shared: dict[str, YamlFile] = {}
    documents: list[Document] = []
    folder = root / "documents"
    if not folder.is_dir():
        problems.add("the folder is missing", file="documents", expected="the catalogue's texts")
        return Tree(None, None, [])
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            document = _read_document(path, problems)
            if document is not None:
                documents.append(document)
        elif path.suffix == ".yaml" and path.stem in SHARED:
            file = _read(path, f"documents/{path.name}", path.stem, problems)
            if file is not None:
                shared[path.stem] = file
        elif path.suffix in (".yaml", ".yml"):
            _unknown(f"documents/{path.name}", SHARED, problems)
    if vocabulary and not (folder / "vocabulary.yaml").is_file():
        problems.add("the file is missing", file="documents/vocabulary.yaml")
    return Tree(shared.get("vocabulary"), shared.get("sets"), documents)


def _unknown(name: str, stems: tuple[str, ...], problems: Problems) -> None:
    expected = ", ".join(f"{stem}.yaml" for stem in stems)
    problems.add("the file is not known", file=name, expected=expected)


def _read(path: Path, name: str, kind: str, problems: Problems) -> YamlFile | None:
    try:
        file = read_yaml(path, name)
    except CatalogueError as error:
        problems.found.append(error)
        return None
    return file if validate(file, kind, problems) else None


def _read_document(folder: Path, problems: Problems) -> Document | None:
    files: dict[str, YamlFile] = {}
    prefix = f"documents/{folder.name}"
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".yaml", ".yml") or path.name.startswith("."):
            continue
        name = f"{prefix}/{path.name}"
        if path.suffix == ".yml" or path.stem not in KINDS:
            _unknown(name, KINDS, problems)
            continue
        file = _read(path, name, path.stem, problems)
        if file is not None:
            files[path.stem] = file
    if not (folder / "document.yaml").is_file():
        problems.add("the file is missing", file=f"{prefix}/document.yaml")
    if "document" not in files:
        return None
    document = Document(folder.name, files)
    if document.head["id"] != folder.name:
        problems.add(
            f'id "{document.head["id"]}" is not the name of the folder',
            **document.at("document", "id"),
            expected=folder.name,
        )
    return document

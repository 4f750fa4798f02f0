"""What is wrong with a file of the catalogue, said in one line that names file, line and record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CatalogueError", "CatalogueErrors", "Problems"]


class CatalogueError(ValueError):
    """One thing wrong with the catalogue or an overlay.

    ``file`` is a path relative to the folder that was read, with forward slashes; ``line`` counts
    from 1; ``record`` is the id of the rule, zone, case … it stands in; ``problem`` says what is
    wrong and ``expected`` what should stand there. Whatever is not known is None (``file``: "").
    ``str()`` is one line: ``file:line: record: problem; expected …``.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        line: int | None = None,
        record: str | None = None,
        expected: str | None = None,
    ) -> None:
        self.problem = " ".join(problem.split())
        self.file = file
        self.line = line
        self.record = record
        self.expected = " ".join(expected.split()) if expected else None
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The one line that a data keeper reads."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        parts = [part for part in (place, self.record, self.problem) if part]
        line = ": ".join(parts)
        return f"{line}; expected {self.expected}" if self.expected else line


class CatalogueErrors(CatalogueError):
    """Everything wrong with a catalogue at once; ``errors`` lists it, file by file.

    The attributes are those of the first error, and ``str()`` is its line with the number of the
    others, so that code which shows a single line still shows something true.
    """

    def __init__(self, errors: Iterable[CatalogueError]) -> None:
        self.errors = list(errors)
        first = self.errors[0]
        super().__init__(
            first.problem,
            file=first.file,
            line=first.line,
            record=first.record,
            expected=first.expected,
        )

    def sentence(self) -> str:
        """The first error's line, and how many more there are."""
        more = len(self.errors) - 1
        return super().sentence() + (f" (and {more} more)" if more else "")


class Problems:
    """Collects errors while reading, so that one run tells all of them."""

    def __init__(self) -> None:
        self.found: list[CatalogueError] = []

    def add(
        self,
        problem: str,
        *,
        file: str = "",
        line: int | None = None,
        record: str | None = None,
        expected: str | None = None,
    ) -> None:
        """Note one error; the keywords are those of :class:`CatalogueError`."""
        self.found.append(
            CatalogueError(problem, file=file, line=line, record=record, expected=expected)
        )

    def sorted(self) -> list[CatalogueError]:
        """The errors by file and line; the same list however the checks were ordered."""
        return sorted(set_of_lines(self.found), key=lambda e: (e.file, e.line or 0, str(e)))

    def stop_if_any(self) -> None:
        """Raise everything found so far; does nothing when nothing was."""
        errors = self.sorted()
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise CatalogueErrors(errors)


def set_of_lines(errors: Iterable[CatalogueError]) -> list[CatalogueError]:
    """The errors without repetitions (two checks may stumble over the same slip)."""
    seen: dict[str, CatalogueError] = {}
    for error in errors:
        seen.setdefault(str(error), error)
    return list(seen.values())

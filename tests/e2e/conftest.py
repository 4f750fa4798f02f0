"""Each language's window is one group, so that two windows may be open at once."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        lang = callspec.params.get("seen", "") if callspec else ""
        item.add_marker(pytest.mark.xdist_group(str(lang)))

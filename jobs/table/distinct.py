"""Rows that are alike, so that what is said of them is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = npt.NDArray[np.int64]
MOST = 1 << 62  # codes of a row are combined to one as long as it stays below this


def alike(codes: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Number the rows whose codes, none negative, all agree: (first row of each number, number of
    each row). The numbers count from 0 in the order in which the rows come."""
    whole = codes[0]
    for code in codes[1:]:
        span = int(code.max(initial=0)) + 1
        if int(whole.max(initial=0)) >= MOST // span:
            whole = _numbered(whole)[1]
        whole = whole * span + code
    return _numbered(whole)


def _numbered(codes: Ints) -> tuple[Ints, Ints]:
    import pyarrow as pa

    coded = pa.array(codes).dictionary_encode()
    numbers: Ints = coded.indices.to_numpy().astype(np.int64)
    first = np.zeros(len(coded.dictionary), dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)  # the last one written stays
    return first, numbers

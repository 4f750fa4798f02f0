"""`Catalogue.check`: every row of a GeoDataFrame answered, as `zonerules check` answers a file."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...rules.messages import Line, in_language
from ..answer import BadInput
from .asking import accuracy_column, columns_of, question_of
from .check import Checker
from .columns import Columns
from .looking import DATUMS, SAMPLE, described, look, sample, shared
from .reading import ROWS, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas
    import numpy.typing as npt
    import pandas
    import pyarrow as pa

    from ..open import Catalogue

OWN = (
    "date",
    "alert",
    "accuracy",
    "address",
)  # roles that a column of a frame can have beside its facts


def check(
    catalogue: Catalogue,
    frame: geopandas.GeoDataFrame,
    *,
    date_column: object = None,
    alert_column: object = None,
    fact_columns: Mapping[str, object] | None = None,
    accuracy_m: object = None,
    address_col: object = None,
    **asked: Any,
) -> geopandas.GeoDataFrame:
    """A copy of the frame with the columns zr_…; the frame itself is left as it is.

    `address_col`: the column of addresses, with which the frame needs no shapes. `asked`: the other
    keywords of `asking.question_of`, but not the CRS. Raises BadInput.
    """
    shapes = None if address_col is not None and not _has_shapes(frame) else _shapes(frame)
    names = [str(label) for label in frame.columns]
    given = {
        "date": ("date_column", date_column),
        "alert": ("alert_column", alert_column),
        "accuracy": ("accuracy_m", accuracy_column(accuracy_m)),
        "address": ("address_col", address_col),
    }
    found = columns_of(names, catalogue.book, given, fact_columns, geometry=True)
    crs = None if shapes is None or shapes.crs is None else shapes.crs.to_string()
    asked["addresses"] = address_col is not None
    question = question_of(catalogue.book, accuracy_m=accuracy_m, crs=crs, in_file=True, **asked)
    table, own = _table(frame, shapes, found, crs)
    if shapes is not None:
        if crs is None and question.datum is None:
            _refuse_unknown(table, own)
        look(table, own, datum=question.datum, crs=crs)
        question = replace(question, common=shared(table, own))
    checker = Checker(catalogue, question, own, table.geometry)
    notices = [] if checker.notice is None else [checker.notice]
    for line in [*notices, *_suspicions(checker, table)]:
        warnings.warn(line, UserWarning, stacklevel=3)
    answers = [checker(batch) for batch in table.batches()]
    added = {
        name: _values([answer.column(at) for answer in answers], text=name != "zr_distance_m")
        for at, name in enumerate(checker.names())
    }
    return _with(frame, added)


def _has_shapes(frame: Any) -> bool:
    """Whether a frame has an active geometry. A frame without is a DataFrame of pandas.

    Raises BadInput for what is no frame at all.
    """
    import geopandas
    import pandas

    if not isinstance(frame, pandas.DataFrame):
        _shapes(frame)  # says what is expected
    return isinstance(frame, geopandas.GeoDataFrame) and frame.active_geometry_name is not None


def _shapes(frame: Any) -> geopandas.GeoSeries:
    """The active geometry. Raises BadInput for what has none."""
    import geopandas

    if not isinstance(frame, geopandas.GeoDataFrame):
        kind = type(frame).__name__
        how = "GeoDataFrame(df, geometry=geopandas.points_from_xy(…), crs=…)"
        raise BadInput(
            Line(
                f"check({kind}): expected a GeoDataFrame: {how}",
                f"check({kind})：应为 GeoDataFrame：{how}",
            )
        )
    try:
        return frame.geometry
    except AttributeError:
        raise BadInput(
            Line(
                "the GeoDataFrame has no active geometry column: name it with set_geometry",
                "GeoDataFrame 没有当前几何列：请用 set_geometry 指明",
            )
        ) from None


def _table(
    frame: pandas.DataFrame,
    shapes: geopandas.GeoSeries | None,
    columns: Columns,
    crs: str | None,
) -> tuple[Table, Columns]:
    """What of the frame decides an answer, as a table that is made while it is read, its shapes
    last, if it has any; and where its columns are there."""
    roles = {role: at for role, at in columns.roles.items() if role in OWN}
    used = sorted({*roles.values(), *columns.facts.values()})
    place = {at: i for i, at in enumerate(used)}
    own = Columns(
        {role: place[at] for role, at in roles.items()},
        {key: place[at] for key, at in columns.facts.items()},
    )

    def batches() -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for start in range(0, max(len(frame), 1), ROWS):
            rows = slice(start, start + ROWS)
            arrays = [_array(frame.iloc[rows, at]) for at in used]
            if shapes is not None:
                arrays.append(pa.array(shapes.iloc[rows].to_wkb().to_numpy(), pa.binary()))
            yield pa.RecordBatch.from_arrays(arrays, [str(i) for i in range(len(arrays))])

    names = [str(frame.columns[at]) for at in used]
    path = Path("GeoDataFrame")
    at = None if shapes is None else len(used)
    table = Table(path, "frame", names, batches, {}, len(frame), crs, geometry=at)
    return table, own


def _array(series: pandas.Series) -> pa.Array:
    """A column for Arrow; cells of several kinds, or of one it does not know, as text."""
    import pandas
    import pyarrow as pa

    if isinstance(series.dtype, pandas.PeriodDtype):
        series = series.astype(str).where(series.notna(), None)
    elif isinstance(series.dtype, pandas.DatetimeTZDtype):
        series = series.dt.tz_localize(None)  # the day it is there
    try:
        found = pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        texts = [
            None if pandas.api.types.is_scalar(cell) and pandas.isna(cell) else str(cell)
            for cell in series
        ]
        found = pa.array(texts, pa.string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _refuse_unknown(table: Table, columns: Columns) -> None:
    x, y = sample(table, columns)
    seen = described(x, y, ("x", "y")) if len(x) else Line("there is no point", "其中没有点")
    raise BadInput(
        Line(
            f"the GeoDataFrame has no CRS; {seen}; declare it with set_crs; "
            f"datum= is for degrees: {DATUMS}",
            f"GeoDataFrame 没有坐标系；{seen.zh}；请用 set_crs 声明；"
            f"经纬度也可写明 datum=：{DATUMS.zh}",
        )
    )


def _suspicions(checker: Checker, table: Table) -> list[Line]:
    """What is suspicious about the coordinates of the first rows, if there are any."""
    first = next(table.batches())
    return checker.suspicions(first.slice(0, SAMPLE)) if first.num_rows else []


def _values(arrays: list[pa.Array], *, text: bool) -> npt.NDArray[Any]:
    """The answers of all batches: texts with None for nothing, or numbers with NaN."""
    if not text:
        return np.concatenate([array.to_numpy(zero_copy_only=False) for array in arrays])
    return np.concatenate([_texts(array) for array in arrays])


def _texts(array: pa.Array) -> npt.NDArray[np.object_]:
    """Texts of which equal ones are the same object, as most rows share theirs."""
    import pyarrow as pa

    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    words = np.array([*coded.dictionary.to_pylist(), None], dtype=object)
    found: npt.NDArray[np.object_] = words[coded.indices.fill_null(len(words) - 1).to_numpy()]
    return found


def _with(frame: geopandas.GeoDataFrame, added: Mapping[str, Any]) -> geopandas.GeoDataFrame:
    """A copy with more columns; one of the frame that is called like them gets another name."""
    active = getattr(frame, "active_geometry_name", None)
    result = frame.copy()
    taken = {*frame.columns, *added}
    called = {
        label: _other(label, taken) for label in dict.fromkeys(frame.columns) if label in added
    }
    if called:
        told = Line(
            ", ".join(f"column {old} is called {new} in the result" for old, new in called.items()),
            "；".join(f"列“{old}”在结果中改名为“{new}”" for old, new in called.items()),
        )
        warnings.warn(in_language(told, "en"), UserWarning, stacklevel=4)
        result.columns = [called.get(label, label) for label in frame.columns]
        if active in called:
            result = result.set_geometry(called[active])
    for name, values in added.items():
        result[name] = values
    return result


def _other(name: str, taken: set[Any]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    taken.add(f"{name}_{number}")
    return f"{name}_{number}"

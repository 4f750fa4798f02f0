"""`zonerules check`: every row of a table answered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from ...rules.messages import Line, in_language
from ..answer import BadInput
from ..present import printable
from ..told import bad_input
from . import options
from .frame import (
    FAILED_LAYERS,
    DataOption,
    Interrupted,
    JsonOption,
    Lang,
    LangOption,
    open_catalogue,
    pairs,
    print_json,
    row_progress,
)
from .options import need_addresses

if TYPE_CHECKING:
    from ..open import Catalogue
    from ..progress import Progress
    from ..table.check import Question
    from ..table.folder import Engine
    from ..table.run import Report, Run, Task

EXAMPLE = (
    "Examples: zonerules check firms.csv -o answered.csv --datum gcj02 "
    "--activity operate-boiler --fact-col boiler.fuel=燃料   ·   "
    "zonerules check --template form.xlsx --activity operate-non-road-machinery"
)


def check(
    source: Annotated[
        Optional[Path],
        typer.Argument(
            metavar="[IN]",
            help="CSV, TSV, XLSX, (Geo)Parquet, GeoPackage, GeoJSON or Shapefile; "
            "or a folder of Parquet.",
        ),
    ] = None,
    output: Annotated[
        Optional[Path],
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help=".csv .tsv .xlsx .parquet .gpkg or .geojson; a folder for a folder.",
        ),
    ] = None,
    lon: Annotated[
        Optional[str], typer.Option(metavar="COL", help="Column of the longitude or easting.")
    ] = None,
    lat: Annotated[
        Optional[str], typer.Option(metavar="COL", help="Column of the latitude or northing.")
    ] = None,
    place_col: options.PlaceColumn = None,
    name_col: options.NameColumn = None,
    address_col: options.AddressColumn = None,
    within: options.Within = None,
    stated_county: options.StatedCounty = True,
    geocoder: options.Geocoder = None,
    accuracy_col: options.AccuracyColumn = None,
    date_col: options.DayColumn = None,
    alert_col: options.AlertColumn = None,
    fact: Annotated[
        Optional[list[str]],
        typer.Option(metavar="KEY=VALUE", help="Known of every row; may be repeated."),
    ] = None,
    fact_col: options.FactColumns = None,
    activity: Annotated[
        Optional[list[str]],
        typer.Option(metavar="ID", help="What is done there; may be repeated."),
    ] = None,
    datum: Annotated[
        Optional[str],
        typer.Option(
            metavar="DATUM",
            help="wgs84, cgcs2000, gcj02, bd09 or unknown; required where the file has no CRS.",
        ),
    ] = None,
    crs: options.Crs = None,
    accuracy: options.Accuracy = None,
    date: options.Day = None,
    alert: options.Alert = None,
    distance: Annotated[
        bool, typer.Option("--distance", help="zr_distance_m also beyond 1 km of a boundary.")
    ] = False,
    review: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE", help="Also write the rows that a person should look at."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Keep finished parts in OUT.parts and go on from there."),
    ] = False,
    dask: Annotated[
        bool, typer.Option("--dask", help="Share a folder among processes or machines.")
    ] = False,
    scheduler: Annotated[
        Optional[str],
        typer.Option(metavar="ADDRESS", help="With --dask: a scheduler, as tcp://host:8786."),
    ] = None,
    workers: Annotated[
        Optional[int],
        typer.Option(metavar="N", min=1, help="With --dask: processes here (one for each core)."),
    ] = None,
    keep_formulas: Annotated[
        bool, typer.Option("--keep-formulas", help="Leave cells that a spreadsheet would compute.")
    ] = False,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    layer: options.TableLayer = None,
    template: Annotated[
        Optional[Path],
        typer.Option(metavar="FILE.xlsx", help="Write a workbook to fill in, and stop."),
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Answer every row of a table: its zones, what is prohibited or required there, and why.

    OUT keeps all rows and columns of IN and adds the columns zr_…; --datum says in which datum the
    coordinates are, --review writes apart what a person should look at. A folder of Parquet becomes
    a folder of as many parts, on many machines with --dask. Exit status: 0 answered, 2 bad input,
    3 answered although layers failed, 130 interrupted (nothing is left of OUT but whole parts).
    """
    catalogue = open_catalogue(data)
    if template is not None:
        from ..table.template import write

        write(template, catalogue, activity or [], lang.value)
        print(template)
        return
    from ..table.check import Question
    from ..table.run import Task

    if source is None or output is None:
        missing = "IN" if source is None else "-o"
        raise BadInput(
            Line(
                f"{missing} is required: zonerules check IN -o OUT",
                f"缺少 {missing}：zonerules check 输入表 -o 输出表",
            )
        )
    need_addresses(address_col, within=within, geocoder=geocoder, stated=stated_county)
    task = Task(
        source=source,
        output=output,
        review=review,
        given={
            "lon": lon,
            "lat": lat,
            "place": place_col,
            "name": name_col,
            "address": address_col,
            "accuracy": accuracy_col,
            "date": date_col,
            "alert": alert_col,
        },
        fact_columns=pairs("--fact-col", fact_col, "KEY=COLUMN"),
        encoding=encoding,
        delimiter={"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter),
        layer=layer,
        resume=resume,
        keep_formulas=keep_formulas,
    )
    question = Question(
        activities=tuple(activity or ()),
        date=date,
        alert=alert,
        accuracy_m=10.0 if accuracy is None else accuracy,
        facts=pairs("--fact", fact, "KEY=VALUE"),
        datum=datum,
        crs=crs,
        distance=distance,
        addresses=address_col is not None,
        geocoder=geocoder,
        within=within,
        stated=stated_county,
        lang=lang.value,
    )
    run = _run(catalogue, task, question, _engine(source, dask, scheduler, workers))
    for line in run.told():
        print(printable(line), file=sys.stderr if json else sys.stdout, flush=True)
    with row_progress() as progress:
        report = _interruptible(run, progress)
    _print(run, report, json)
    if catalogue.data.get("failed"):
        for entry in catalogue.data["failed"]:
            print(f"zonerules: {entry['layer']}: {entry['error']}", file=sys.stderr)
        raise typer.Exit(FAILED_LAYERS)


def _engine(source: Path, dask: bool, scheduler: str | None, workers: int | None) -> Engine | None:
    """How the parts of a folder are shared out; None for one after the other."""
    for option, given in (("--scheduler", scheduler), ("--workers", workers)):
        if given is not None and not dask:
            raise bad_input(f"{option} {given}", "only with --dask", "只与 --dask 一起用")
    if not dask:
        return None
    if scheduler is not None and workers is not None:
        raise bad_input(
            f"--workers {workers}",
            "not with --scheduler, which has its own",
            "不与 --scheduler 同用，调度器有自己的进程",
        )
    if not source.is_dir():
        raise bad_input(
            "--dask",
            f"{source} is no folder; one table needs no cluster",
            f"{source} 不是文件夹；一张表用不着集群",
        )
    from ..table.cluster import on_dask

    return on_dask(scheduler, workers, lambda line: print(f"zonerules: {line}", file=sys.stderr))


def _run(catalogue: Catalogue, task: Task, question: Question, engine: Engine | None) -> Run:
    """The run of a table, or of a folder of them."""
    if not task.source.is_dir():
        from ..table.run import Run

        return Run(catalogue, task, question)
    from ..table.folder import FolderRun, here

    return FolderRun(catalogue, task, question, engine or here)


def _interruptible(run: Run, progress: Progress) -> Report:
    """Run it; an interrupt is told with what is left of the work."""
    try:
        return run.run(progress)
    except KeyboardInterrupt:
        name = run.task.output.name
        if run.task.source.is_dir():
            left = f"finished parts are in {name}; go on with --resume"
        else:
            kept = f"go on with --resume ({name}.parts)"
            left = kept if run.task.resume else f"no {name} was written"
        raise Interrupted(f"interrupted; {left}") from None


def _print(run: Run, report: Report, json: bool) -> None:
    """The summary: as JSON, or as tables of counts."""
    from ..table import summary

    if json:
        print_json(summary.as_json(run, report))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for heads, rows in summary.counts(run, report):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(Text(heads[0]), overflow="fold")
        table.add_column(Text(heads[1]), justify="right")
        for cells in rows:
            table.add_row(*(Text(printable(cell)) for cell in cells))
        console.print(table)
    for note in report.notes:
        console.print(Text(printable(in_language(note, run.question.lang))))
    console.print(Text(summary.last_line(run, report)))


class _NoPandas:
    """A finder that says of pandas that it is not installed."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def spare_pandas() -> None:
    """Let Arrow believe that there is no pandas, in a process that only answers a table.

    Arrow imports it with the first array that is made, which takes longer than most tables; nothing
    that `check` does needs it, and whoever else imports it still gets it.
    """
    import pyarrow

    sys.meta_path.insert(0, _NoPandas)
    try:
        pyarrow.array([0])  # looks for pandas now, and never again
    finally:
        sys.meta_path.remove(_NoPandas)


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("check", epilog=EXAMPLE, no_args_is_help=True)(check)

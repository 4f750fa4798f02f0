"""`zonerules locate`: places of an address."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, Optional

import typer

from ...rules.messages import Line, in_language
from ..answer import BadInput
from ..present import printable
from .frame import DataOption, JsonOption, Lang, LangOption, print_json

EXAMPLE = "Example: zonerules locate 郑州市二七区二七路与金水路交叉口西南140米"


def locate(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An address in Chinese.")],
    within: Annotated[
        Optional[str],
        typer.Option(metavar="NAME", help="City or county of an address that states none."),
    ] = None,
    geocoder: Annotated[
        Optional[str],
        typer.Option(
            metavar="NAME",
            help="Send the address to a service: tianditu, amap or baidu, with your own key.",
        ),
    ] = None,
    lang: LangOption = Lang.zh,
    json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Where an address is: discs in WGS84, the best first, from the shipped gazetteer.

    The radius says what is known: an address found only to its county is a disc that covers it.
    What contradicts itself is told for a person to look at. Nothing leaves this machine unless
    --geocoder names a service.
    """
    from ..address.choose import resolver

    if not address.strip():
        raise BadInput(Line("ADDRESS is empty", "ADDRESS 为空"))
    resolve = resolver(geocoder, data=data or os.environ.get("ZONERULES_DATA"), within=within)
    notice = getattr(resolve, "notice", None)
    if notice is not None:
        print(in_language(notice, lang.value), file=sys.stderr, flush=True)
    found = resolve(address)
    if json:
        print_json(found.as_dict(lang.value))
        return
    for line in found.lines(lang.value):
        print(printable(line))


def register(app: Any) -> None:
    """Add the command to the application."""
    app.command("locate", epilog=EXAMPLE, no_args_is_help=True)(locate)

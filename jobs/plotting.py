"""What every picture needs: matplotlib, a font that knows Chinese, a file written whole."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ..rules.messages import Line
from .answer import BadInput
from .exchange.export import write_file
from .told import bad_input

if TYPE_CHECKING:
    from pathlib import Path

_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "SimHei", "Microsoft YaHei")


def library(option: str) -> Any:
    """matplotlib, drawing into files; BadInput naming the option where it is missing."""
    try:
        import matplotlib
    except ImportError:
        raise BadInput(
            Line(
                f"{option} needs matplotlib: pip install 'zonerules[plot]'",
                f"{option} 需要 matplotlib：pip install 'zonerules[plot]'",
            )
        ) from None
    matplotlib.use("Agg")
    return matplotlib


def fonts(lang: str, option: str) -> list[str]:
    """Installed fonts that know Chinese; a plot of empty boxes would be worse than none."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = [name for name in _FONTS if name in installed]
    if lang == "zh" and not found:
        raise bad_input(
            option,
            "no Chinese font here; install fonts-noto-cjk or use --lang en",
            "本机没有中文字体；请安装 fonts-noto-cjk，或用 --lang en",
        )
    return found


def save(figure: Any, path: Path, option: str) -> None:
    """Write a figure in the format of the file's suffix."""
    made = io.BytesIO()
    try:
        figure.savefig(made, dpi=150, format=path.suffix[1:] or None)
    except ValueError as error:
        raise bad_input(
            f"{option} {path}", f"cannot be written ({error})", f"无法写入（{error}）"
        ) from error
    write_file(path, made.getvalue(), option)

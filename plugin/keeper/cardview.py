"""One zone on paper: how it is delimited, what its lines are worth, which rules name it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ..texts import tr
from .zonetable import cite_of, status_label

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES_SHOWN = 40
ZONE_LINK = "zone:"


class CardView:
    """Writes the card of a zone (jobs) as markup in one language; all data is escaped."""

    def __init__(self, data: Mapping[str, Any], palette: Mapping[str, Any], lang: str) -> None:
        self.data, self.palette, self.lang = data, palette, lang

    def page(self, card: Mapping[str, Any]) -> str:
        """Return the whole card."""
        zone = card["zone"]
        state = status_label(card["status"], self.lang, mine=card["mine"])
        parts = [
            f"<h3>{escape(zone['name'][self.lang])}</h3>",
            f'<div class="faint">{escape(zone["id"])}</div>',
            f"<div><b>{escape(state)}</b> · {escape(self._basis(zone))}</div>",
        ]
        if card["mine"]:
            parts.append(f"<div>{self._say('keeper.card.mine')}</div>")
        if card["error"]:
            parts.append(self._row("keeper.card.error", card["error"]))
        parts += [*self._place(card), *self._words(zone), *self._edges(card), *self._rights(card)]
        return "".join([*parts, *self._rules(card)])

    def _place(self, card: Mapping[str, Any]) -> list[str]:
        zone, parts = card["zone"], []
        if zone.get("within"):
            parts.append(self._zones("keeper.card.within", [zone["within"]]))
        if card["status"] not in ("mapped", "approximate") and card["around"] not in (
            None,
            zone.get("within"),
        ):
            parts.append(self._zones("keeper.card.around", [card["around"]]))
        if card["members"]:
            parts.append(self._zones("keeper.card.members", card["members"]))
        if zone.get("same_as"):
            parts.append(self._zones("keeper.card.same_as", [zone["same_as"]]))
        if card["inside"]:
            parts.append(self._zones("keeper.card.inside", card["inside"]))
        return parts

    def _words(self, zone: Mapping[str, Any]) -> list[str]:
        parts = [f"<h4>{self._say('keeper.card.document')}</h4>"]
        if zone.get("delimited"):
            parts.append(f"<div>{escape(zone['delimited'][self.lang])}</div>")
        cite = cite_of(self.data, zone["cite"], self.lang)
        document = self.data["documents"].get(zone.get("document"))
        title = document["title"][self.lang] if document else self._say("keeper.card.no_document")
        parts.append(self._row("keeper.card.clause", f"{cite} · {title}" if document else title))
        if zone.get("reading"):
            parts.append(f"<div>{self._say('keeper.reading.' + zone['reading'])}</div>")
        for name in ("disputes", "note"):
            if zone.get(name):
                parts.append(self._row(f"keeper.card.{name}", zone[name][self.lang]))
        if zone.get("validity"):
            parts.append(self._row("keeper.card.validity", self._validity(zone["validity"])))
        return parts

    def _validity(self, validity: Mapping[str, Any]) -> str:
        parts = [self._plain(f"keeper.instrument.{validity.get('instrument', 'unknown')}")]
        for name in ("from", "until"):
            bounds = [day for day in validity.get(name) or () if day]
            if bounds:
                days = " … ".join(dict.fromkeys(bounds))
                parts.append(self._plain(f"keeper.card.{name}", day=days))
        return self._plain("keeper.semicolon").join(parts)

    def _edges(self, card: Mapping[str, Any]) -> list[str]:
        if not card["edges"]:
            return []
        parts = [f"<h4>{self._say('keeper.card.edges')}</h4><table cellpadding='2'>"]
        for edge in card["edges"]:
            accuracy = edge.get("accuracy_m")
            figure = f"± {accuracy:g} m" if accuracy is not None else self._plain("keeper.not_said")
            cells = [
                self._plain(f"keeper.side.{edge['side']}") if edge.get("side") else "",
                str(edge.get("road", "")),
                self._plain(f"keeper.include.{edge.get('include', 'unstated')}"),
                self._plain(f"keeper.line.{edge.get('status', 'assumed')}"),
                figure,
            ]
            parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
        return [*parts, "</table>"]

    def _rights(self, card: Mapping[str, Any]) -> list[str]:
        from ...jobs.exchange.rights import text_in

        if not card["roles"]:
            return []
        parts = [f"<h4>{self._say('keeper.card.shape')}</h4>"]
        told = dict.fromkeys(  # often alike for all three
            (text_in(provenance, self.lang), text_in(licence, self.lang), accuracy)
            for _, provenance, licence, accuracy in card["roles"]
        )
        for provenance, licence, accuracy in told:
            if accuracy is not None:
                parts.append(self._row("keeper.card.accuracy", f"± {accuracy:g} m"))
            parts.append(self._row("keeper.card.provenance", provenance))
            parts.append(self._row("keeper.card.licence", licence))
        return parts

    def _rules(self, card: Mapping[str, Any]) -> list[str]:
        rules = card["rules"]
        title = self._say("keeper.card.rules", n=len(rules))
        parts = [f"<h4>{title}</h4>"]
        if not rules:
            parts.append(f'<div class="faint">{self._say("keeper.card.no_rules")}</div>')
        for rule in rules[:RULES_SHOWN]:
            cite = cite_of(self.data, rule["cite"], self.lang)
            parts.append(
                f"<div><b>{escape(rule['id'])}</b> {escape(rule['summary'][self.lang])} "
                f'<span class="faint">〔{escape(cite)}〕</span></div>'
            )
        if len(rules) > RULES_SHOWN:
            rest = ", ".join(rule["id"] for rule in rules[RULES_SHOWN:])
            parts.append(f'<div class="faint">{escape(rest)}</div>')
        return parts

    def _basis(self, zone: Mapping[str, Any]) -> str:
        look = self.palette["basis"].get(zone["basis"])
        kind = self.palette["zones"].get(zone["kind"])
        words = [look["label"][self.lang] if look else zone["basis"]]
        words.append(kind["label"][self.lang] if kind else zone["kind"])
        return " · ".join(words)

    def _zones(self, key: str, ids: list[str]) -> str:
        names = []
        for name in ids:
            record = self.data["zones"].get(name)
            label = escape(record["name"][self.lang] if record else name)
            names.append(f'<a href="{ZONE_LINK}{escape(name)}">{label}</a>' if record else label)
        return f'<div><span class="faint">{self._say(key)}</span> {self._join(names)}</div>'

    def _join(self, names: list[str]) -> str:
        return self._plain("keeper.semicolon").join(names)

    def _row(self, key: str, text: str) -> str:
        return f'<div><span class="faint">{self._say(key)}</span> {escape(str(text))}</div>'

    def _say(self, key: str, **args: object) -> str:
        return escape(self._plain(key, **args))

    def _plain(self, key: str, **args: object) -> str:
        return tr(key, self.lang, **args)

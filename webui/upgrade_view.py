"""What becomes of a municipality's choices under a version that is offered, as its page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from bpmn.package import Package
from engine.queries.models import ChoicesView
from engine.queries.upgrades import OVERTAKEN, Offer
from tenants.override import Choice
from tenants.rebase import Status, blocking
from tenants.variation import VariationPoint
from webui import choice_days, choice_versions, choice_view, choices
from webui.choice_view import Own
from webui.forms import dutch

TONES = {"fits": "safe", "needs-attention": "danger", "void": "danger", "new-point": "warning"}


@dataclass(frozen=True, slots=True)
class Line:
    """One choice, or one question. `badge` and `tone`: how it stands; `own`: the choice, None when there is none;
    `open`: shown at once; `choose`, `drop` and `keep`: the texts of what can be done, "" for what cannot."""

    point: str
    start: str
    title: str
    badge: str
    tone: str
    text: str
    todo: str
    own: Own | None
    open: bool = False
    choose: str = ""
    drop: str = ""
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """`open`: what must be decided first; `settled`: what was decided for this version; `fitting`: what goes along;
    `others`: (point, title) of where a choice can be made besides."""

    open: Sequence[Line]
    settled: Sequence[Line]
    fitting: Sequence[Line]
    others: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """One version as the municipality has it: its choices and its base. `names`: the tenant's groups, id → name."""

    view: ChoicesView
    base: Package
    names: Mapping[str, str]

    def point(self, id_: str) -> VariationPoint | None:
        """The point of this version; None when it has none of that id."""
        return next((point for point in self.view.points if point.id == id_), None)

    def card(self, id_: str) -> choice_view.Card | None:
        """The question of that point."""
        point = self.point(id_)
        return choice_view.card(self.view, self.base, point, self.names) if point else None

    def own(self, choice: Choice) -> Own | None:
        """The choice in words; None when this version cannot say it."""
        card = self.card(choice.point)
        every = [card.now, *card.later] if card else []
        return next((one for one in every if one and one.start == choice_days.start(choice)), None)


def lines(offer: Offer, was: Side | None, now: Side) -> Lines:
    """Every choice and question; `was`: the version in force, `now`: the one offered."""
    if offer.state == OVERTAKEN:
        return Lines((), (), (), ())
    told = [(status, _line(offer, was, now, status)) for status in offer.statuses]
    anew = [line for status, line in told if not blocking(status) and _made(offer, line)]
    fitting = [line for status, line in told if not blocking(status) and line not in anew]
    settled = [*_given_up(offer, was, now), *anew]
    seen = {line.point for line in [*settled, *(line for _status, line in told if line.choose)]}
    others = [
        (point.id, card.title)
        for point in now.view.points
        if offer.changeable and point.id not in seen and (card := now.card(point.id)) is not None and card.changeable
    ]
    return Lines([line for status, line in told if blocking(status)], settled, fitting, others)


def _line(offer: Offer, was: Side | None, now: Side, status: Status) -> Line:
    number = offer.offered.semver
    choice = choice_days.find(now.view.chosen.choices, status.point, status.start)
    card = now.card(status.point) or (was.card(status.point) if was else None)
    side = was if was and choice and choice.counts_for(was.view.version.semver) else now
    point, made = now.point(status.point), choice is not None and side is now
    able = offer.changeable and point is not None and choices.changeable(point) and (made or status.status != "fits")
    again = _("Wijzigen") if made else _("Opnieuw kiezen voor %(number)s", number=number)
    drops = offer.changeable and choice is not None and (made or status.status != "fits")
    drop = _("Gaat niet door") if made else _("Laten vervallen vanaf %(number)s", number=number)
    return Line(
        point=status.point,
        start=status.start,
        title=card.title if card else str(_("Uw keuzes samen")),
        badge=_badge(status),
        tone=TONES.get(status.status, "neutral"),
        text=status.nl if dutch() else status.en,
        todo=_earlier(was, choice, number) if made else _todo(status, now, number, drops),
        own=side.own(choice) if choice else None,
        open=blocking(status),
        choose=str(_("Kiezen voor %(number)s", number=number) if choice is None else again) if able else "",
        drop=str(drop) if drops else "",
    )


def _made(offer: Offer, line: Line) -> bool:
    """Whether it was made for this version."""
    running = offer.running
    choice = choice_days.find(offer.choices.for_version(offer.offered.semver).choices, line.point, line.start)
    return choice is not None and running is not None and not choice.counts_for(running.semver)


def _earlier(was: Side | None, choice: Choice | None, number: str) -> str:
    """What cases on earlier versions have where a choice was made for this one."""
    card = was.card(choice.point) if was and choice else None
    if card is None:
        return ""
    words = card.now.words if card.now else card.base
    return str(_("Gekozen voor versie %(number)s. Op eerdere versies geldt: %(words)s.", number=number, words=words))


def _todo(status: Status, now: Side, number: str, drops: bool) -> str:
    """What to do, and what follows when the choice goes."""
    remedy = status.remedy_nl if dutch() else status.remedy_en
    if not drops:
        return remedy if status.status != "fits" else ""
    card = now.card(status.point)
    if card is None:
        rest = _("Zaken op eerdere versies houden de keuze.")
    else:
        rest = _(
            "Vervalt de keuze, dan geldt vanaf versie %(number)s de basis: %(base)s. Zaken op eerdere versies houden "
            "de keuze.",
            number=number,
            base=card.base,
        )
    return f"{remedy} {rest}"


def _badge(status: Status) -> str:
    texts = {
        "fits": _("past"),
        "fits-base-changed": _("past, basis veranderd"),
        "needs-attention": _("past niet meer"),
        "void": _("kan niet mee"),
        "redundant": _("niet meer nodig"),
        "new-point": _("nieuwe vraag"),
    }
    return str(texts[status.status])


def _given_up(offer: Offer, was: Side | None, now: Side) -> Iterator[Line]:
    """The choices that the municipality has let go for this version; of those that it made anew the new one tells."""
    if was is None:
        return
    number = offer.offered.semver
    again = {one.point for one in now.view.chosen.choices if not one.counts_for(was.view.version.semver)}
    for choice in choice_versions.given_up(offer.choices.choices, was.view.version.semver, number):
        card = now.card(choice.point) or was.card(choice.point)
        if choice.over(offer.begins) or card is None or choice.point in again:
            continue
        yield Line(
            point=choice.point,
            start=choice_days.start(choice),
            title=card.title,
            badge=str(_("vervalt vanaf %(number)s", number=number)),
            tone="neutral",
            text=str(_("U laat deze keuze vervallen vanaf versie %(number)s.", number=number)),
            todo=str(_("Zaken op eerdere versies houden de keuze.")),
            own=was.own(choice),
            keep=str(_("Toch houden")) if offer.changeable else "",
        )

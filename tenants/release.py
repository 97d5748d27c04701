"""How a version goes out: ring by ring, as a legal fix, and until when earlier versions may still begin cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

RINGS: Final = ("test", "pilot", "everyone")
EVERYONE: Final = RINGS[-1]
POLICIES: Final = ("automatic", "approval", "until")
AUTOMATIC: Final = POLICIES[0]
LONGEST: Final = 2000
_TOLD: Final = {"pilot": ("de proefgemeenten", "the pilot tenants"), "everyone": ("iedereen", "everyone")}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a release: the field, as the API calls it, and a sentence that says what to do."""

    at: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Release:
    """`ring`: the first that gets the version; `pilot_on` and `everyone_on`: when later rings follow by themselves,
    None: when somebody says so. `legal_basis`: the article of a legal fix, "" when it is none, with `legal_reason`.
    `earlier_until`: the last day on which cases may begin on earlier versions, None: no such day."""

    ring: str = EVERYONE
    pilot_on: date | None = None
    everyone_on: date | None = None
    legal_basis: str = ""
    legal_reason: str = ""
    earlier_until: date | None = None

    @property
    def forced(self) -> bool:
        """Whether it goes before the policy and the ring of every tenant; never before the checks."""
        return bool(self.legal_basis)

    def opens(self, today: date) -> dict[str, date]:
        """Ring → the day on which it opens, of those that are known now."""
        if self.forced:
            return {EVERYONE: today}
        days = {"pilot": self.pilot_on, "everyone": self.everyone_on} | {self.ring: today}
        return {ring: day for ring in RINGS if (day := days.get(ring)) is not None}

    def expired(self, today: date) -> bool:
        """Whether earlier versions may no longer begin cases."""
        return self.earlier_until is not None and self.earlier_until < today


PLAIN: Final = Release()
_DAYS: Final = ("pilot_on", "everyone_on", "earlier_until")


def as_json(release: Release) -> dict[str, str]:
    """What differs from a plain release."""
    found = {name: getattr(release, name) for name in Release.__slots__}
    return {name: str(value) for name, value in found.items() if value and value != getattr(PLAIN, name)}


def read(stored: Mapping[str, str]) -> Release:
    """A release as `as_json` wrote it."""
    pilot, everyone, earlier = (date.fromisoformat(stored[name]) if name in stored else None for name in _DAYS)
    basis, reason = stored.get("legal_basis", ""), stored.get("legal_reason", "")
    return Release(stored.get("ring", EVERYONE), pilot, everyone, basis, reason, earlier)


def faults(release: Release, today: date, effective_from: date | None) -> Iterator[Fault]:
    """Everything that is wrong with it, for a version that begins on that day."""
    if release.ring not in RINGS:
        yield Fault("ring", "Kies test, pilot of iedereen.", "Choose test, pilot or everyone.")
    else:
        yield from _order(release, today)
    if bool(release.legal_basis) != bool(release.legal_reason):
        nl = "Een wettelijke spoedwijziging heeft een wetsartikel en een reden. Vul beide in, of geen van beide."
        en = "A legal fix has an article and a reason. Fill in both, or neither."
        yield Fault("legalReason" if release.legal_basis else "legalBasis", nl, en)
    for at, text in (("legalBasis", release.legal_basis), ("legalReason", release.legal_reason)):
        if len(text) > LONGEST:
            yield Fault(at, f"Gebruik niet meer dan {LONGEST} tekens.", f"Use at most {LONGEST} characters.")
    soonest = (effective_from or today) - timedelta(days=1)
    if release.earlier_until is not None and release.earlier_until < soonest:
        nl = f"Tussen deze dag en de eerste dag van de nieuwe versie kan niemand starten. Kies {soonest} of later."
        en = f"Nobody could start between this day and the new version's first day. Choose {soonest} or later."
        yield Fault("earlierUntil", nl, en)


def _order(release: Release, today: date) -> Iterator[Fault]:
    before = today
    for ring, at, day in (("pilot", "pilotOn", release.pilot_on), ("everyone", "everyoneOn", release.everyone_on)):
        nl, en = _TOLD[ring]
        if day is None:
            continue
        if RINGS.index(ring) <= RINGS.index(release.ring):
            yield Fault(
                at,
                f"De versie gaat meteen al naar {nl}. Laat deze dag leeg.",
                f"It goes to {en} at once. Leave this day empty.",
            )
        elif day <= before:
            yield Fault(at, f"Kies een dag na {before}.", f"Choose a day after {before}.")
        else:
            before = day

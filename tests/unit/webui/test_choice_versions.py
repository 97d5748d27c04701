"""Choices for one version are changed, and those for the others stay what they are for their cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tenants import override
from tenants.override import Choice
from webui import choice_days
from webui.choice_versions import ahead, given_up, in_force, kept

TODAY = date(2026, 6, 1)
NUMBERS = ["1.0.0", "1.1.0", "1.2.0", "2.0.0"]


def fee(value: int, since: str | None = None, before: str | None = None, **days: date) -> Choice:
    return Choice("vp-leges", "value", value, "Daarom", from_version=since, before_version=before, **days)  # type: ignore[arg-type]  # days


def at(choices: tuple[Choice, ...], version: str, on: date = TODAY) -> list[object]:
    return [c.chosen for c in choices if c.counts_for(version) and c.holds(on)]


def test_a_choice_is_given_up_kept_after_all_and_made_anew() -> None:
    old = fee(95)
    gone = ahead([old], "1.1.0", [])
    assert gone == (fee(95, before="1.1.0"),) == given_up(gone, "1.0.0", "1.1.0")
    assert kept(gone, "1.0.0", gone[0]) == (old,)
    anew = ahead(gone, "1.1.0", [fee(80)])
    assert anew == (fee(95, before="1.1.0"), fee(80, since="1.1.0"))
    assert kept(anew, "1.0.0", anew[0]) == (fee(80, since="1.1.0"), fee(95, before="1.1.0")), "it was replaced"
    again = ahead(anew, "1.1.0", [fee(81, since="1.1.0")])
    assert again == (fee(95, before="1.1.0"), fee(81, since="1.1.0"))
    assert ahead(again, "1.1.0", []) == gone, "what was made for it alone goes as a whole"


def test_a_change_for_the_version_in_force_leaves_what_was_made_for_the_next() -> None:
    both = (fee(95, before="1.1.0"), fee(80, since="1.1.0"))
    changed = in_force(both, "1.0.0", [fee(90, before="1.1.0")])
    assert (at(changed, "1.0.0"), at(changed, "1.1.0")) == ([90], [80])
    new = in_force((fee(80, since="1.1.0"),), "1.0.0", [fee(90)])
    assert (at(new, "1.0.0"), at(new, "1.1.0")) == ([90], [80])
    later = in_force(both, "1.1.0", [fee(70)])
    assert [at(later, version) for version in NUMBERS] == [[95], [70], [70], [70]]


def test_a_later_day_for_the_next_version_alone_cuts_the_choice_there_alone() -> None:
    old, new_year = fee(95), date(2027, 1, 1)
    left = choice_days.put([old], fee(80, valid_from=new_year), old, TODAY)
    found = ahead([old], "1.1.0", left)
    assert (at(found, "1.0.0"), at(found, "1.0.0", new_year)) == ([95], [95])
    assert (at(found, "1.1.0"), at(found, "1.1.0", new_year)) == ([95], [80])


def readable(choices: Sequence[Choice]) -> bool:
    read, _ = override.read({"key": "x", "choices": [choice_days.as_json(c) for c in choices]})
    return read is not None and read.choices == tuple(choices)


days = st.none() | st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))
steps = st.tuples(st.sampled_from(["in force", "ahead", "drop", "keep", "end"]), st.integers(0, 9), days, days)


@given(st.lists(steps, max_size=8))
def test_whatever_is_done_no_day_of_a_version_has_two_choices_and_the_version_in_force_notices_nothing_of_the_next(
    done: list[tuple[str, int, date | None, date | None]],
) -> None:
    choices: tuple[Choice, ...] = ()
    for number, (what, pick, first, last) in enumerate(done):
        running, offered = "1.0.0", NUMBERS[1 + pick % 3]
        version = running if what in ("in force", "end") else offered
        counting = [c for c in choices if c.counts_for(version)]
        before = [at(choices, running, TODAY + timedelta(days=n)) for n in range(-4, 5)]
        present = counting[pick % len(counting)] if counting else None
        made = replace(fee(number), valid_from=first, valid_until=last)
        if first and last and last < first:
            continue
        if present is not None:
            made = replace(made, from_version=present.from_version, before_version=present.before_version)
        left = choice_days.put(counting, made, present, TODAY)
        if what in ("in force", "ahead"):
            if not readable(left):
                return  # the days that were asked for are taken in that version itself, and the page says so
            choices = (in_force if what == "in force" else ahead)(choices, version, left)
        elif what == "drop":
            choices = ahead(choices, offered, [c for c in counting if c is not present])
        elif what == "keep" and (gone := given_up(choices, running, offered)):
            choices = kept(choices, running, gone[pick % len(gone)])
        elif what == "end" and present is not None:
            choices = in_force(choices, running, choice_days.end(counting, present, TODAY))
        assert readable(choices)
        if version == offered:
            assert [at(choices, running, TODAY + timedelta(days=n)) for n in range(-4, 5)] == before

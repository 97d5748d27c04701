"""Laws of overrides (overrides.md): base ⊕ ∅ = base; order means nothing; removing restores; others are unaffected."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tenants import apply, describe, override
from tenants.demo import load

TABLE = (Path(load.__file__).parent / "data/emmen-risicoklasse.dmn").read_text("utf-8")
FIREWORKS = {"add": [{"type": "checkbox", "key": "vuurwerk", "label": "Er is vuurwerk"}]}
ON = date(2026, 6, 1)
QUICK = settings(max_examples=60, deadline=None)

days = st.one_of(st.none(), st.integers(-400, 400).map(lambda n: ON + timedelta(days=n)))
contents = {
    "vp-leges": st.integers(-5, 520).map(lambda v: {"value": v}),
    "vp-beslistermijn": st.integers(1, 14).map(lambda v: {"value": f"P{v}W"}),
    "vp-adviestermijn": st.integers(1, 45).map(lambda v: {"value": f"P{v}D"}),
    "vp-adviseurs": st.lists(st.sampled_from(["politie", "brandweer", "ghor"]), max_size=3).map(lambda v: {"items": v}),
    "vp-schouw": st.booleans().map(lambda v: {"on": v}),
    "vp-risico": st.just({"dmn": TABLE}),
    "vp-aanvraag": st.sampled_from([{"form": FIREWORKS}, {"form": {"hide": ["voorzieningen"]}}]),
    "vp-onbekend": st.just({"value": 1}),
}


numbers = st.tuples(st.integers(0, 2), st.integers(0, 11), st.integers(0, 2)).map(lambda n: ".".join(map(str, n)))


@st.composite
def overrides(draw):
    """At most one choice per point, right or wrong, on any days."""
    chosen = []
    for point in draw(st.lists(st.sampled_from(sorted(contents)), unique=True, max_size=6)):
        choice = {"point": point, "reason": "Daarom", **draw(contents[point])}
        first, last = sorted((draw(days), draw(days)), key=lambda d: (d is not None, d or ON))
        choice.update({"validFrom": first.isoformat()} if first else {})
        choice.update({"validUntil": last.isoformat()} if last else {})
        chosen.append(choice)
    return chosen


def read(choices):
    found, findings = override.read({"key": "evenementenvergunning", "choices": list(choices)})
    assert findings == ()
    return found


def seen(effective):
    """Everything that an effective model is, comparable."""
    package = effective.package
    return (
        package.hash,
        package.process,
        dict(package.files),
        {i: f.source for i, f in package.forms.items()},
        {n: (b.plain, b.value, b.own) for n, b in effective.parameters.items()},
        effective.findings,
        effective.voids,
        apply.structure_hash(package),
    )


@QUICK
@given(days)
def test_nothing_chosen_is_the_base(permit, on):
    for nothing in (None, read([])):
        found = apply.apply(permit, nothing, on or ON)
        assert found.package is permit
        assert found.findings == ()


@QUICK
@given(overrides(), st.randoms(use_true_random=False))
def test_the_order_of_choices_means_nothing_and_applying_is_deterministic(permit, choices, random):
    shuffled = list(choices)
    random.shuffle(shuffled)
    first = seen(apply.apply(permit, read(choices), ON))
    assert first == seen(apply.apply(permit, read(shuffled), ON)) == seen(apply.apply(permit, read(choices), ON))


@QUICK
@given(overrides(), overrides())
def test_removing_a_choice_restores_what_was_before(permit, choices, more):
    points = {c["point"] for c in choices}
    added = [c for c in more if c["point"] not in points]
    before = seen(apply.apply(permit, read(choices), ON))
    apply.apply(permit, read(choices + added), ON)
    assert seen(apply.apply(permit, read([c for c in choices + added if c["point"] in points]), ON)) == before


@QUICK
@given(overrides(), overrides())
def test_no_choice_of_one_tenant_changes_the_model_of_another(permit, mine, theirs):
    files = dict(permit.files)
    before = seen(apply.apply(permit, read(theirs), ON))
    apply.apply(permit, read(mine), ON)
    assert seen(apply.apply(permit, read(theirs), ON)) == before
    assert permit.files == files


@QUICK
@given(overrides())
def test_a_choice_outside_its_days_changes_nothing(permit, choices):
    ended = [{**c, "validFrom": "2020-01-01", "validUntil": "2020-12-31"} for c in choices]
    found = apply.apply(permit, read(ended), ON)
    assert found.package is permit
    assert not any(b.own for b in found.parameters.values())


@QUICK
@given(overrides())
def test_values_never_change_the_structure(permit, choices):
    values = [c for c in choices if "value" in c or "items" in c]
    found = apply.apply(permit, read(values), ON)
    assert apply.structure_hash(found.package) == apply.structure_hash(permit)


@QUICK
@given(overrides())
def test_a_refused_choice_leaves_the_base_and_every_finding_names_a_point(permit, choices):
    found = apply.apply(permit, read(choices), ON)
    wrong = {f.element for f in found.findings if f.code != "constraint"}
    assert wrong <= {c["point"] for c in choices}
    right = [c for c in choices if c["point"] not in wrong]
    assert seen(apply.apply(permit, read(right), ON))[:5] == seen(found)[:5]


@QUICK
@given(overrides())
def test_every_lasting_choice_of_a_known_point_has_a_sentence(permit, choices):
    chosen = read(choices)
    wrong = {f.element for f in apply.apply(permit, chosen, ON).findings}
    said = {s.point for s in describe.describe(permit, chosen, ON)}
    lasting = {c.point for c in chosen.choices if c.valid_until is None or c.valid_until >= ON}
    assert lasting - wrong <= said <= lasting


@st.composite
def versioned(draw):
    """Choices of which each counts for some versions, cut in two at a version or whole."""
    chosen = []
    for choice in draw(overrides()):
        cut = draw(st.none() | numbers.filter(lambda n: n != "0.0.0"))
        parts = [{"beforeVersion": cut}, {"fromVersion": cut}] if cut else [{}]
        chosen += [{**choice, **part} for part in draw(st.lists(st.sampled_from(parts), min_size=1, unique_by=str))]
    return chosen


def bare(choice):
    return {name: value for name, value in choice.items() if name not in ("fromVersion", "beforeVersion")}


def counts(choice, version):
    def parts(number):
        return [int(n) for n in number.split(".")]

    first, end = choice.get("fromVersion", "0.0.0"), choice.get("beforeVersion")
    return parts(first) <= parts(version) and (end is None or parts(version) < parts(end))


@QUICK
@given(versioned(), numbers)
def test_a_version_is_what_it_would_be_without_the_choices_for_others(permit, choices, version):
    without = [bare(c) for c in choices if counts(c, version)]
    mine = read(choices).for_version(version)
    assert seen(apply.apply(permit, mine, ON)) == seen(apply.apply(permit, read(without), ON))


@QUICK
@given(overrides(), versioned(), numbers)
def test_what_is_made_for_other_versions_changes_nothing(permit, choices, more, version):
    points = {c["point"] for c in choices}
    others = [c for c in more if c["point"] not in points and not counts(c, version)]
    both = read(choices + others).for_version(version)
    assert seen(apply.apply(permit, both, ON)) == seen(apply.apply(permit, read(choices), ON))


@QUICK
@given(overrides(), numbers.filter(lambda n: n != "0.0.0"), numbers)
def test_a_choice_cut_in_two_at_a_version_is_the_same_choice(permit, choices, cut, version):
    halves = [{**c, name: cut} for c in choices for name in ("beforeVersion", "fromVersion")]
    found = apply.apply(permit, read(halves).for_version(version), ON)
    assert seen(found) == seen(apply.apply(permit, read(choices), ON))

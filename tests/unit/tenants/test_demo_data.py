"""The demo: three municipalities that fit the shared process, each in its own way."""

from datetime import date

import pytest

from tenants import apply, override
from tenants.demo import load
from tenants.tenant import KINDS, Attribute, Tenant

ON = date(2026, 6, 1)
TENANTS = {t.tenant.id: t for t in load.tenants()}


def test_the_collective_and_three_municipalities_with_their_codes():
    assert [t.tenant.name for t in load.tenants()] == ["Plus-1", "Utrecht", "Groningen", "Emmen"]
    codes = {i: t.tenant.attribute("cbs", ON) for i, t in TENANTS.items()}
    assert codes == {load.PLUS_1: None, load.UTRECHT: "0344", load.GRONINGEN: "0014", load.EMMEN: "0114"}
    assert all(t.tenant.kind in KINDS and t.tenant.exists(ON) for t in TENANTS.values())
    assert not TENANTS[load.GRONINGEN].tenant.exists(date(2018, 12, 31))


def test_everyone_is_in_groups_that_exist():
    people = load.persons()
    assert len({p.id for p in people}) == len(people)
    for person in people:
        for membership in person.memberships:
            known = {g.id for g in TENANTS[membership.tenant].groups}
            assert set(membership.groups) <= known, person.name


def test_every_municipality_can_do_the_whole_process(permit):
    roles = {lane.role for lane in permit.process.lanes}
    people = load.persons()
    for id_ in (load.UTRECHT, load.GRONINGEN, load.EMMEN):
        groups = {g.id: g for g in TENANTS[id_].groups}
        manned = {g for p in people for m in p.memberships if m.tenant == id_ for g in m.groups}
        assert set(groups) == manned
        assert {r for g in groups.values() for r in g.roles} == roles
        bound = apply.apply(permit, None, ON).parameters
        assert {*bound["adviseurs"].plain, bound["mandaatgroep"].plain} <= set(groups)
        rights = {r for g in groups.values() for r in g.rights}
        assert rights == {"clerk", "owner", "administrator"}


def test_one_clerk_serves_two_municipalities_and_nobody_prepares_and_decides_alone():
    several = [p.name for p in load.persons() if len(p.memberships) == 2 and "vergunningen" in p.memberships[0].groups]
    assert several == ["Anna de Boer"]
    for person in load.persons():
        assert not any({"vergunningen", "mandaathouders"} <= set(m.groups) for m in person.memberships)


@pytest.mark.parametrize("demo", load.overrides(), ids=lambda d: TENANTS[d.tenant].tenant.name)
def test_choices_fit_and_each_has_reason_day_and_decision(permit, demo):
    found, findings = override.read({"key": demo.key, "choices": list(demo.choices)})
    assert findings == ()
    assert all(c.reason and c.valid_from and c.decision and c.author for c in found.choices)
    effective = apply.apply(permit, found, ON)
    assert effective.findings == ()
    assert len(effective.choices) == len(found.choices)


def test_the_three_differ_as_they_should(permit):
    def effective(tenant):
        choices = [c for d in load.overrides() if d.tenant == tenant for c in d.choices]
        found, _ = override.read({"key": permit.key, "choices": choices})
        return apply.apply(permit, found, ON)

    utrecht, groningen, emmen = map(effective, (load.UTRECHT, load.GRONINGEN, load.EMMEN))
    assert utrecht.package is permit
    assert sorted(n for n, b in groningen.parameters.items() if b.own) == ["beslistermijn", "leges"]
    assert groningen.switched == {"vp-schouw": False}
    assert emmen.package.decisions != permit.decisions
    assert "vuurwerk" in emmen.package.forms["aanvraag"].writes()
    assert len({apply.structure_hash(e.package) for e in (utrecht, groningen, emmen)}) == 3


def test_an_attribute_counts_on_its_days_only():
    day = date(2019, 1, 1)
    codes = (Attribute("cbs", "9999", date(2000, 1, 1), date(2018, 12, 31)), Attribute("cbs", "0014", day))
    merged = Tenant(load.GRONINGEN, "municipality", "Groningen", date(2000, 1, 1), date(2030, 12, 31), codes)
    assert [merged.attribute("cbs", d) for d in (date(1999, 1, 1), date(2018, 12, 31), day)] == [None, "9999", "0014"]
    assert not merged.exists(date(2031, 1, 1))

"""Choices drawn for a rehearsal: the same for the same seed, of every kind, and readable."""

from random import Random

from tenants import drawn, override
from tests.unit.tenants.versions import base


def test_structures_differ_and_the_first_is_the_base():
    found = drawn.structures(base(), 20, Random(1))
    assert found[0] == [] and len(found) == 20
    assert all(one not in found[:at] for at, one in enumerate(found))
    kinds = {key for one in found for choice in one for key in choice} - {"point", "reason"}
    assert kinds == {"on", "dmn", "form"}


def test_the_seed_decides():
    assert drawn.structures(base(), 9, Random(4)) == drawn.structures(base(), 9, Random(4))
    assert drawn.values(base(), base(), Random(4)) == drawn.values(base(), base(), Random(4))
    assert drawn.values(base(), base(), Random(4)) != drawn.values(base(), base(), Random(5))


def test_what_is_drawn_can_be_read_and_says_now_and_then_what_the_next_version_says():
    newer = base(("process.bpmn", 'default="125.50"', 'default="130"'))
    fees = []
    for seed in range(200):
        choices = drawn.values(base(), newer, Random(seed))
        found, findings = override.read({"key": "evenementenvergunning", "choices": choices})
        assert found is not None and findings == ()
        fees += [choice["value"] for choice in choices if choice["point"] == "vp-leges"]
    assert fees.count(130) > 3 and all(0 <= fee <= 500 for fee in fees) and len(set(fees)) > 50

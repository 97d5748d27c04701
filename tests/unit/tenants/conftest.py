"""The event permit and a short way to apply choices to it."""

from datetime import date
from pathlib import Path

import pytest

from bpmn import package
from tenants import apply, override

FOLDER = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning"
FILES = {str(p.relative_to(FOLDER)): p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.is_file()}
ON = date(2026, 6, 1)


@pytest.fixture(scope="session")
def permit():
    found, findings = package.read(FILES)
    assert findings == ()
    return found


@pytest.fixture(scope="session")
def changed_permit():
    """The event permit with one text of its process file replaced."""

    def change(old, new):
        assert old in FILES["process.bpmn"].decode()
        found, _ = package.read({**FILES, "process.bpmn": FILES["process.bpmn"].decode().replace(old, new).encode()})
        return found

    return change


@pytest.fixture(scope="session")
def choose(permit):
    """choose({"point": …, "value": …}, …) → Effective; a reason is filled in."""

    def apply_choices(*choices, base=None, on=ON):
        data = {"key": "evenementenvergunning", "choices": [{"reason": "Daarom", **c} for c in choices]}
        found, findings = override.read(data)
        assert findings == ()
        return apply.apply(base or permit, found, on)

    return apply_choices

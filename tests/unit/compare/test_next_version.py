"""The number that follows from what changed."""

import pytest

from bpmn.compare import next_version


@pytest.mark.parametrize(
    ("current", "impact", "number"),
    [
        (None, "none", "1.0.0"),
        (None, "major", "1.0.0"),
        ("1.4.7", "major", "2.0.0"),
        ("1.4.7", "minor", "1.5.0"),
        ("1.4.7", "patch", "1.4.8"),
        ("1.4.7", "none", "1.4.8"),
        ("0.9.9", "minor", "0.10.0"),
    ],
)
def test_the_next_number(current, impact, number):
    assert next_version(current, impact) == number


@pytest.mark.parametrize("current", ["", "1", "1.0", "v1.0.0", "1.0.0-rc1", "1.0.0.0"])
def test_what_is_no_number_is_refused(current):
    with pytest.raises(ValueError):
        next_version(current, "minor")

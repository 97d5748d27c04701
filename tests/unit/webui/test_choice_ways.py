"""The page of an alternative: the ways to choose from, and what is read from it."""

from datetime import date

from flask import Flask
from flask_babel import Babel

from tests.unit.tenants.test_alternatives import POINT, with_point
from webui import choices
from webui.choice_fields import Open

SENT = {"reden": ["Zo doen wij het"], "waarde": ["Flow_WelPubliceren"]}


def opened() -> Open:
    found = choices.find(with_point(), POINT, {})
    assert found is not None
    return found


def test_the_ways_have_names_and_the_base_has_one() -> None:
    point = opened()
    assert point.options == [("Flow_WelPubliceren", "ja"), ("Flow_NietPubliceren", "nee")]
    assert (point.shape, point.default) == ("alternative", "Flow_NietPubliceren")
    assert choices.fill(point, None, date(2027, 1, 1))["waarde"] == ["Flow_NietPubliceren"]


def test_a_way_is_read_and_another_is_refused() -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        found = choices.read(opened(), SENT, None, date(2027, 1, 1))
        assert found.faults == [] and found.chosen == "Flow_WelPubliceren"
        made = choices.choice(opened(), found, "Daan")
        assert (made.content, made.chosen) == ("option", "Flow_WelPubliceren")
        wrong = choices.read(opened(), SENT | {"waarde": ["Flow_Brief"]}, None, date(2027, 1, 1))
        assert [fault.key for fault in wrong.faults] == ["waarde"]

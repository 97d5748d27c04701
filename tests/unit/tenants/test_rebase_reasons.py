"""A choice that no longer fits under a new version says why, for every way in which the base can leave it behind."""

import pytest

from tenants import rebase
from tests.unit.tenants.versions import APPLICATION, EMMEN_TABLE, ON, PROCESS, TABLE, base, chosen, statuses


@pytest.mark.parametrize(
    ("change", "choice", "reason"),
    [
        ((PROCESS, 'min="0" max="500"', 'min="0" max="50"'), {"point": "vp-leges", "value": 95}, "(95) is hoger dan"),
        (
            (PROCESS, 'name="Leges" type="number" unit="EUR" default="125.50"', 'name="Leges" type="text" default="x"'),
            {"point": "vp-leges", "value": 95},
            "'Leges' was een getal en is nu een tekst",
        ),
        ((PROCESS, 'unit="EUR"', 'unit="%"'), {"point": "vp-leges", "value": 95}, "was in EUR en is nu in %"),
        (
            (PROCESS, '"adviseurs" min="1"', '"adviseurs" min="3"'),
            {"point": "vp-adviseurs", "items": ["politie"]},
            "heeft 1 items; minstens 3",
        ),
        (
            (TABLE, 'name="risicoklasse" typeRef="string"', 'name="risicoklasse" typeRef="number"'),
            {"point": "vp-risico", "dmn": EMMEN_TABLE.replace("vuurwerk", "wegafsluiting")},
            "de uitkomsten moeten zijn: risicoklasse (number)",
        ),
        (
            (TABLE, 'typeRef="boolean"', 'typeRef="string"'),
            {"point": "vp-risico", "dmn": EMMEN_TABLE.replace("vuurwerk", "voorzieningen")},
            "'versterktGeluid' was van type boolean en is nu string",
        ),
        (
            (TABLE, 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"'),
            {"point": "vp-risico", "dmn": EMMEN_TABLE.replace("vuurwerk", "wegafsluiting")},
            "de trefregel moet UNIQUE zijn, niet FIRST",
        ),
        (
            (APPLICATION, '"key": "voorzieningen"', '"key": "hulpmiddelen"'),
            {"point": "vp-aanvraag", "form": {"hide": ["voorzieningen"]}},
            "er is geen veld 'voorzieningen'",
        ),
        (
            (APPLICATION, '"key": "voorzieningen"', '"key": "hulpmiddelen"'),
            {"point": "vp-aanvraag", "form": {"label": {"voorzieningen": "Wat bouwt u op?"}}},
            "'voorzieningen' heeft geen goede tekst of is geen veld",
        ),
        (
            (APPLICATION, '"key": "voorzieningen"', '"key": "vuurwerk"'),
            {"point": "vp-aanvraag", "form": {"add": [{"type": "checkbox", "key": "vuurwerk", "label": "Vuurwerk"}]}},
            "de basis heeft nu zelf een veld 'vuurwerk'; veld 'vuurwerk' bestaat al",
        ),
        (
            (PROCESS, "<plus1:stepPoint", '<plus1:statutory basis="Awb 3:2"/><plus1:stepPoint'),
            {"point": "vp-schouw", "on": False},
            "is wettelijk (Awb 3:2) en kan niet uit",
        ),
        (
            (PROCESS, 'parameter="leges" min="0" max="500" owner="municipality"', 'parameter="leges" owner="executor"'),
            {"point": "vp-leges", "value": 95},
            "alleen 'executor' mag hier kiezen",
        ),
        (
            (PROCESS, "=adviestermijn &lt; beslistermijn", "=adviestermijn * 3 &lt; beslistermijn"),
            {"point": "vp-beslistermijn", "value": "P5W"},
            "De adviestermijn moet korter zijn dan de beslistermijn",
        ),
    ],
)
def test_a_choice_that_no_longer_fits_says_why(change, choice, reason):
    """Every one of them fits the base as it was."""
    assert set(statuses(base(), chosen(choice)).values()) == {"fits"}
    (found,) = rebase.rebase(base(), base(change), chosen(choice), ON)
    assert (found.point, found.status) == (choice["point"], "needs-attention")
    assert reason in found.nl
    assert "kies" in found.remedy_nl.casefold() and "choose" in found.remedy_en.casefold()
    assert rebase.blocking(found)

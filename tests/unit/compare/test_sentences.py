"""What people read about a change of the event permit, and how much it weighs for others."""

import pytest

from bpmn.compare import compare
from tests.unit.tenants.versions import APPLICATION, PROCESS, TABLE, base

LETTER, SCENARIO = "texts/besluitbrief.md", "scenarios/verleend.json"
MESSAGE = '<messageEventDefinition id="Trigger_Aanvulling" messageRef="Message_Aanvulling"/>'
VISIT = '<userTask id="Task_Schouw" name="Advies op locatie">'


def told(*changes):
    """(impact, Dutch sentence) of every change."""
    return [(c.impact, c.nl) for c in compare(base(), base(*changes)).changes]


@pytest.mark.parametrize(
    ("change", "impact", "sentence"),
    [
        (
            (PROCESS, 'name="Advies op locatie"', 'name="Schouw"'),
            "patch",
            "Stap 'Advies op locatie' heet nu 'Schouw'.",
        ),
        (
            (PROCESS, 'candidateGroups="brandweer"', 'candidateGroups="politie"'),
            "minor",
            "Stap 'Advies op locatie' is veranderd: groepen van 'brandweer' naar 'politie'.",
        ),
        (
            (
                PROCESS,
                '<zeebe:taskDefinition type="http" retries="5"/>',
                '<zeebe:taskDefinition type="http" retries="3"/>',
            ),
            "minor",
            "Stap 'Besluit publiceren' is veranderd: aantal pogingen van '5' naar '3'.",
        ),
        (
            (PROCESS, 'value="aanvulverzoek"', 'value="herinnering"'),
            "minor",
            "Stap 'Aanvulling vragen' is veranderd: gegeven 'text' van 'aanvulverzoek' naar 'herinnering'.",
        ),
        (
            (PROCESS, 'inputCollection="=adviseurs"', 'inputCollection="=[1]"'),
            "minor",
            "Stap 'Advies geven' is veranderd: lijst die wordt doorlopen van '=adviseurs' naar '=[1]'.",
        ),
        (
            (PROCESS, "=now() + adviestermijn", "=now()"),
            "minor",
            "Stap 'Advies geven' is veranderd: uiterlijk van '=now() + adviestermijn' naar '=now()'.",
        ),
        (
            (PROCESS, '<zeebe:output source="=akkoord" target="akkoord"/>', ""),
            "minor",
            "Stap 'Besluit nemen' is veranderd: uitvoer 'akkoord' van '=akkoord' naar 'geen'.",
        ),
        (
            (PROCESS, VISIT, VISIT + "<documentation>Kijk goed.</documentation>"),
            "patch",
            "Stap 'Advies op locatie' is veranderd: uitleg van 'leeg' naar 'Kijk goed.'.",
        ),
        (
            (PROCESS, 'cancelActivity="false"', 'cancelActivity="true"'),
            "minor",
            "Gebeurtenis 'Adviestermijn voorbij' is veranderd: onderbreekt van 'nee' naar 'ja'.",
        ),
        (
            (PROCESS, '<timeDuration xsi:type="tFormalExpression">=aanvultermijn<', "<timeDuration>P2W<"),
            "minor",
            "Gebeurtenis 'Aanvultermijn voorbij' is veranderd: waarde van de gebeurtenis van '=aanvultermijn' naar"
            " '2 weken'.",
        ),
        (
            (PROCESS, 'name="aanvulling"', 'name="aangevuld"'),
            "major",
            "Gebeurtenis 'Aanvulling ontvangen' is veranderd: naam van de gebeurtenis van 'aanvulling' naar"
            " 'aangevuld'.",
        ),
        (
            (PROCESS, '=volledig = "ja"', '=volledig = "misschien"'),
            "minor",
            "Pijl 'ja' van 'Is de aanvraag volledig?' naar 'poort voor Risicoklasse bepalen' is veranderd: voorwaarde"
            " van '=volledig = \"ja\"' naar '=volledig = \"misschien\"'.",
        ),
        (
            (PROCESS, 'lane id="Lane_adviseur" name="Adviseur"', 'lane id="Lane_adviseur" name="Advies"'),
            "patch",
            "Baan 'Adviseur' heet nu 'Advies'.",
        ),
        (
            (PROCESS, 'name="Evenementenvergunning" isExecutable', 'name="Evenementen" isExecutable'),
            "patch",
            "Proces 'Evenementenvergunning' heet nu 'Evenementen'.",
        ),
        (
            (
                PROCESS,
                'participant id="Pool_Gemeente" name="Evenementenvergunning"',
                'participant id="Pool_Gemeente" name="Gemeente"',
            ),
            "patch",
            "Deelnemer 'Gemeente' is veranderd: tekst van 'Evenementenvergunning' naar 'Gemeente'.",
        ),
        (
            (PROCESS, 'default="125.50"', 'default="140"'),
            "minor",
            "Parameter 'Leges' is veranderd: standaard van '125.50' naar '140'.",
        ),
        (
            (PROCESS, 'name="Leges" type="number"', 'name="Leges" type="text"'),
            "major",
            "Parameter 'Leges' is veranderd: soort van 'getal' naar 'tekst'.",
        ),
        (
            (PROCESS, 'max="P12W" source', 'max="P10W" source'),
            "major",
            "Parameter 'Beslistermijn' is veranderd: bovengrens van '12 weken' naar '10 weken'.",
        ),
        (
            (PROCESS, 'max="P12W" source', 'max="P14W" source'),
            "minor",
            "Parameter 'Beslistermijn' is veranderd: bovengrens van '12 weken' naar '14 weken'.",
        ),
        (
            (PROCESS, 'min="0" max="500"', 'min="10" max="500"'),
            "major",
            "Open punt 'Hoeveel leges rekent u?' is veranderd: ondergrens van '0' naar '10'.",
        ),
        (
            (PROCESS, "Hoeveel leges rekent u?", "Wat kost het?"),
            "patch",
            "Open punt 'Wat kost het?' is veranderd: vraag van 'Hoeveel leges rekent u?' naar 'Wat kost het?'.",
        ),
        (
            (PROCESS, 'id="vp-schouw" default="on"', 'id="vp-schouw" default="off"'),
            "minor",
            "Open punt 'Kijkt de brandweer bij een hoog risico op de locatie?' is veranderd: standaard van 'aan' naar"
            " 'uit'.",
        ),
        (
            (PROCESS, "adviestermijn &lt; beslistermijn", "adviestermijn &lt;= beslistermijn"),
            "major",
            "Voorwaarde 'De adviestermijn moet korter zijn dan de beslistermijn.' is veranderd: voorwaarde van"
            " '=adviestermijn < beslistermijn' naar '=adviestermijn <= beslistermijn'.",
        ),
        (
            (PROCESS, '<plus1:statutory basis="Awb 1:3"/>', ""),
            "minor",
            "Stap 'Besluit nemen': wettelijke plicht is verwijderd.",
        ),
        (
            (PROCESS, "<plus1:stepPoint", '<plus1:statutory basis="Awb 3:2"/><plus1:stepPoint'),
            "major",
            "Stap 'Advies op locatie': wettelijke plicht is toegevoegd.",
        ),
        (
            (PROCESS, '<plus1:fourEyes other="Task_Voorbereiden"/>', ""),
            "minor",
            "Stap 'Besluit nemen': eis van vier ogen is verwijderd.",
        ),
        (
            (PROCESS, 'roles="behandelaar mandaathouder"', 'roles="behandelaar"'),
            "minor",
            "Afscherming van 'aanvrager' is veranderd: rollen van 'behandelaar mandaathouder' naar 'behandelaar'.",
        ),
        (
            (TABLE, "&gt;= 500<", "&gt;= 400<"),
            "minor",
            "Regel 3 (Middelgroot evenement: verhoogde aandacht) van beslissing 'Risicoklasse' is veranderd:"
            " 'Aantal bezoekers' van '>= 500' naar '>= 400'.",
        ),
        (
            (TABLE, "Groot evenement: hoog", "Heel groot: hoog"),
            "patch",
            "Regel 1 (Heel groot: hoog risico) van beslissing 'Risicoklasse' is veranderd: toelichting van"
            " 'Groot evenement: hoog risico' naar 'Heel groot: hoog risico'.",
        ),
        (
            (TABLE, "<text>versterktGeluid</text>", "<text>geluid</text>"),
            "major",
            "Invoer 'Versterkt geluid' van beslissing 'Risicoklasse' is veranderd: gegeven van 'versterktGeluid' naar"
            " 'geluid'.",
        ),
        (
            (TABLE, 'name="risicoklasse" typeRef="string"', 'name="risicoklasse" typeRef="number"'),
            "major",
            "Uitkomst 'Risicoklasse' van beslissing 'Risicoklasse' is veranderd: soort van 'string' naar 'number'.",
        ),
        (
            (TABLE, 'hitPolicy="FIRST"', 'hitPolicy="ANY"'),
            "major",
            "Beslissing 'Risicoklasse' is veranderd: trefregel van 'FIRST' naar 'ANY'.",
        ),
        (
            (APPLICATION, "Waar is het evenement?", "Waar?"),
            "patch",
            "Veld 'Waar?' van formulier 'aanvraag' is veranderd: vraag van 'Waar is het evenement?' naar 'Waar?'.",
        ),
        (
            (APPLICATION, '"key": "voorzieningen"', '"key": "opbouw"'),
            "major",
            "Veld 'Wat komt er te staan?' van formulier 'aanvraag' is veranderd: sleutel van 'voorzieningen' naar"
            " 'opbouw'.",
        ),
        (
            (APPLICATION, '"value": "optocht"', '"value": "stoet"'),
            "major",
            "Veld 'Soort evenement' van formulier 'aanvraag' is veranderd: antwoord 'optocht' en antwoord 'stoet'.",
        ),
        (
            (APPLICATION, '"label": "Iets anders"', '"label": "Overig"'),
            "patch",
            "Veld 'Soort evenement' van formulier"
            " 'aanvraag' is veranderd: antwoord 'anders' van 'Iets anders' naar 'Overig'.",
        ),
        (
            (LETTER, "## Waarom", "## Reden"),
            "patch",
            "Tekst 'besluitbrief' is veranderd: passage van '## Waarom' naar '## Reden'.",
        ),
        (
            (SCENARIO, "Straatfeest Lindelaan", "Feest"),
            "patch",
            "Scenario 'Vergunning verleend, wegafsluiting geweigerd: twee besluiten in een zaak' is veranderd:"
            " beginwaarde 'evenement' van 'Straatfeest Lindelaan' naar 'Feest'.",
        ),
    ],
)
def test_one_change_is_one_sentence(change, impact, sentence):
    assert told(change) == [(impact, sentence)]

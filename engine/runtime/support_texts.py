"""Dutch words for the page of what runs: per element its name, what it does and where the standard says so."""

from typing import Final

# kind → name, what the engine does, section of BPMN 2.0.2
ELEMENTS: Final = {
    "task": (
        "taak zonder soort",
        "Gaat meteen door: er is niets te doen.",
        "13.3.2",
    ),
    "manualTask": (
        "handwerk",
        "Gaat meteen door: het gebeurt buiten het systeem.",
        "13.3.2",
    ),
    "userTask": (
        "gebruikerstaak",
        "Wacht tot een medewerker de taak afrondt; formulier, groep en termijn staan vast als zij opengaat.",
        "13.3.2",
    ),
    "serviceTask": (
        "systeemtaak",
        "Vraagt een koppeling om werk en wacht op het antwoord; bij pech wordt het opnieuw geprobeerd.",
        "13.3.2",
    ),
    "sendTask": (
        "verzendtaak",
        "Verstuurt een bericht, of vraagt een koppeling om werk.",
        "13.3.2",
    ),
    "receiveTask": (
        "ontvangtaak",
        "Wacht op een bericht. Aan het begin van een proces start zij zaken (instantiate).",
        "13.3.2",
    ),
    "scriptTask": (
        "berekening",
        "Rekent een FEEL-expressie uit binnen de stap. Andere talen worden geweigerd.",
        "13.3.2",
    ),
    "businessRuleTask": (
        "beslissing",
        "Rekent een DMN-beslissing uit binnen de stap.",
        "13.3.2",
    ),
    "callActivity": (
        "aanroep van een proces",
        "Het aangeroepen proces is een eigen zaak; welk proces mag een expressie zijn.",
        "13.3.3",
    ),
    "process": (
        "proces",
        "De zaak zelf. Is klaar als er niets meer loopt.",
        "13.2",
    ),
    "subProcess": (
        "deelproces",
        "Een eigen ruimte met eigen variabelen. Is klaar als er niets meer in loopt.",
        "13.3.4",
    ),
    "transaction": (
        "transactie",
        "Een deelproces dat geannuleerd kan worden: dan wordt teruggedraaid wat klaar was.",
        "13.3.4, 10.3.5",
    ),
    "adHocSubProcess": (
        "ad-hoc deelproces",
        "Wie het uitvoert kiest wat begint, hoe vaak en in welke volgorde.",
        "13.3.5",
    ),
    "eventSubProcess": (
        "gebeurtenis-deelproces",
        "Begint als de gebeurtenis optreedt, zolang het omliggende loopt; breekt dat af of niet.",
        "13.5.4",
    ),
    "exclusiveGateway": (
        "exclusieve poort",
        "Kiest de eerste pijl waarvan de voorwaarde waar is, anders de standaardpijl. Samenvoegen wacht niet.",
        "13.4.2",
    ),
    "parallelGateway": (
        "parallelle poort",
        "Wacht op een stroom per pijl naar binnen, en gaat dan alle pijlen in.",
        "13.4.1",
    ),
    "inclusiveGateway": (
        "inclusieve poort",
        "Neemt elke pijl waarvan de voorwaarde waar is. Samenvoegen wacht op alles wat nog kan komen, ook in een lus.",
        "13.4.3",
    ),
    "eventBasedGateway": (
        "gebeurtenispoort",
        "Wacht op wat het eerst gebeurt. Aan het begin van een proces start zij zaken: op één gebeurtenis of op "
        "alle (Parallel).",
        "13.4.4",
    ),
    "complexGateway": (
        "complexe poort",
        "Gaat door als haar voorwaarde waar wordt (activationCount), en wacht daarna op de rest.",
        "13.4.5",
    ),
    "startEvent": (
        "startgebeurtenis",
        "Hier begint een proces of deelproces.",
        "13.5.1",
    ),
    "intermediateCatchEvent": (
        "tussengebeurtenis die wacht",
        "De stroom wacht tot de gebeurtenis optreedt.",
        "13.5.2",
    ),
    "intermediateThrowEvent": (
        "tussengebeurtenis die iets doet",
        "Veroorzaakt de gebeurtenis en gaat door.",
        "13.5.2",
    ),
    "boundaryEvent": (
        "randgebeurtenis",
        "Luistert zolang de stap loopt; breekt die af of start iets ernaast.",
        "13.5.3",
    ),
    "endEvent": (
        "eindgebeurtenis",
        "Deze stroom houdt op; de zaak is klaar als er geen andere meer loopt.",
        "13.5.6",
    ),
}
TRIGGERS: Final = {
    "none": "geen",
    "message": "bericht",
    "timer": "tijd",
    "signal": "signaal",
    "conditional": "voorwaarde",
    "link": "koppelteken",
    "error": "fout",
    "escalation": "escalatie",
    "compensation": "terugdraaien",
    "cancel": "annuleren",
    "terminate": "alles stopt",
    "multiple": "meer dan één",
    "parallel multiple": "allemaal samen",
}
POSITIONS: Final = {
    "process start": "start van een proces",
    "sub-process start": "start van een deelproces",
    "event sub-process start": "start van een gebeurtenis-deelproces",
    "intermediateCatchEvent": "tussen, wacht",
    "boundaryEvent": "rand",
    "intermediateThrowEvent": "tussen, doet",
    "endEvent": "einde",
}
# what was decided where the standard leaves room, section
DECISIONS: Final = (
    (
        "Een parallelle poort telt een stroom per pijl, niet het aantal dat aankomt; wat te veel is, blijft voor "
        "de volgende keer.",
        "13.4.1",
    ),
    (
        "Een inclusieve of complexe poort beslist pas als niets meer beweegt, dus de volgorde doet er niet toe.",
        "13.4.3",
    ),
    (
        "Is geen voorwaarde waar en is er geen standaardpijl, dan staat de zaak daar met een storing, en een "
        "beheerder kan verder.",
        "13.4.2",
    ),
    (
        "Een voorwaarde die iets anders geeft dan waar of niet waar, is een storing; nooit een stille keuze.",
        "13.4.2",
    ),
    (
        "Een voorwaarde als gebeurtenis gaat af op het moment dat zij waar wordt, bij elke wijziging van een "
        "gegeven en als zij gaat luisteren.",
        "10.5.5",
    ),
    (
        "Een voorwaarde waarmee een proces begint, leest parameters en de tijd, want er is nog geen zaak. Zij wordt "
        "elke vijf minuten bekeken en na elke keuze van de gemeente; wordt zij waar, dan begint een zaak.",
        "10.5.2",
    ),
    (
        "Een fout die niemand vangt, is een storing bij de stap; de zaak eindigt niet stil. Een escalatie die "
        "niemand vangt, gaat door.",
        "10.5.5",
    ),
    (
        "Een fout of escalatie klimt: eerst de gebeurtenis-deelprocessen van elke ruimte, dan de "
        "randgebeurtenissen. Een eigen code gaat voor 'alles'.",
        "10.5.5",
    ),
    (
        "Een gebeurtenis-deelproces vangt nooit wat in hemzelf ontstaat.",
        "13.5.4",
    ),
    (
        "Breekt een gebeurtenis-deelproces af, dan luisteren de andere van die ruimte niet meer; de "
        "randgebeurtenissen wel.",
        "13.5.4",
    ),
    (
        "'Alles stopt' (terminate) beëindigt de ruimte waarin het staat: het deelproces, of de hele zaak.",
        "13.5.6",
    ),
    (
        "Terugdraaien gaat van nieuw naar oud, één voor één, met de gegevens van toen.",
        "13.5.5",
    ),
    (
        "Gemiste keren van een herhaalde klok worden één keer: R/PT1S na een uur stilstand gaat één keer af, met "
        "het aantal.",
        "10.5.5",
    ),
    (
        "Een randgebeurtenis die niet onderbreekt, luistert na elke keer opnieuw.",
        "13.5.3",
    ),
    (
        "Een gegeven gaat bij afronden naar de dichtstbijzijnde ruimte die de naam heeft, anders naar de zaak; "
        "met uitvoer (output) gaat alleen wat daarin staat naar buiten.",
        "10.4",
    ),
    (
        "Een signaal bereikt alles wat er in de gemeente op wacht; een bericht één zaak.",
        "10.5.5",
    ),
    (
        "Een proces met alleen een berichtstart wordt niet met de hand gestart.",
        "13.2",
    ),
    (
        "Meervoudig (multi-instance) telt in loopCounter vanaf 1; ten hoogste 1.000 tegelijk.",
        "13.3.7",
    ),
    (
        "Gegevensassociaties en gegevensobjecten zijn tekening: gegevens zijn de variabelen van de zaak.",
        "10.4",
    ),
)
# what may not be, as it stands in a file
REFUSED: Final = (
    (
        "choreografie",
        '<choreographyTask id="x"/>',
    ),
    (
        "globale taak",
        "",
    ),
    (
        "gesprek (conversation)",
        "",
    ),
    (
        "script in een andere taal",
        '<scriptTask id="x" scriptFormat="javascript"><script>1</script></scriptTask>',
    ),
    (
        "voorwaarde in een andere taal",
        '<task id="x"/><sequenceFlow id="f" sourceRef="x" targetRef="x"><conditionExpression '
        'language="groovy">a</conditionExpression></sequenceFlow>',
    ),
    (
        "startQuantity boven 1",
        '<task id="x" startQuantity="2"/>',
    ),
    (
        "systeemtaak zonder soort werk",
        '<serviceTask id="x"/>',
    ),
    (
        "proces dat begint met een voorwaarde over gegevens van een zaak",
        "<startEvent "
        'id="x"><conditionalEventDefinition><condition>=a</condition></conditionalEventDefinition></startEvent>',
    ),
    (
        "randgebeurtenis aan een poort",
        '<exclusiveGateway id="g"/><boundaryEvent id="x" attachedToRef="g"><errorEventDefinition/></boundaryEvent>',
    ),
    (
        "taak achter een gebeurtenispoort",
        '<eventBasedGateway id="x"/><task id="t"/><sequenceFlow id="f" sourceRef="x" targetRef="t"/>',
    ),
    (
        "annuleren buiten een transactie",
        '<endEvent id="x"><cancelEventDefinition/></endEvent>',
    ),
    (
        "herhaling zonder lijst of aantal",
        '<task id="x"><multiInstanceLoopCharacteristics/></task>',
    ),
    (
        "uitvoer van listeners",
        '<userTask id="x"><extensionElements><zeebe:taskListeners/></extensionElements></userTask>',
    ),
)

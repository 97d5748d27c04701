"""Every sentence that a person reads about an answer, in plain Dutch and in English."""

from bpmn.forms.schema import FieldError

_SENTENCES = {
    "required": ("Vul '{label}' in.", "Fill in '{label}'."),
    "choose": ("Kies een antwoord bij '{label}'.", "Choose an answer for '{label}'."),
    "tick": ("Vink '{label}' aan.", "Tick '{label}'."),
    "text": ("Geef bij '{label}' een tekst.", "Give a text for '{label}'."),
    "number": ("Vul bij '{label}' een getal in, bijvoorbeeld 12 of 12,5.", "Give a number for '{label}'."),
    "boolean": ("Geef bij '{label}' waar of niet waar (true of false).", "Give true or false for '{label}'."),
    "list": ("Geef bij '{label}' een lijst.", "Give a list for '{label}'."),
    "record": ("Geef bij '{label}' een samengesteld antwoord.", "Give a record for '{label}'."),
    "date": (
        "Vul bij '{label}' een bestaande datum in, bijvoorbeeld 28 4 2026.",
        "Give an existing date for '{label}', for example 2026-04-28.",
    ),
    "time": ("Vul bij '{label}' een tijd in, bijvoorbeeld 09:30.", "Give a time for '{label}', such as 09:30."),
    "datetime": (
        "Vul bij '{label}' een datum en een tijd in.",
        "Give a date and a time for '{label}', for example 2026-04-28T09:30.",
    ),
    "past": ("De datum bij '{label}' mag niet voorbij zijn.", "The date of '{label}' must not be in the past."),
    "min": ("Het getal bij '{label}' mag niet lager zijn dan {limit}.", "'{label}' must not be below {limit}."),
    "max": ("Het getal bij '{label}' mag niet hoger zijn dan {limit}.", "'{label}' must not be above {limit}."),
    "digits": (
        "Gebruik bij '{label}' niet meer dan {limit} cijfers achter de komma.",
        "Use at most {limit} decimals for '{label}'.",
    ),
    "min_length": (
        "De tekst bij '{label}' is te kort: gebruik ten minste {limit} tekens.",
        "'{label}' is too short: use at least {limit} characters.",
    ),
    "max_length": (
        "De tekst bij '{label}' is te lang: gebruik niet meer dan {limit} tekens.",
        "'{label}' is too long: use at most {limit} characters.",
    ),
    "pattern": (
        "Het antwoord bij '{label}' heeft niet de juiste vorm.",
        "The answer to '{label}' does not have the right form.",
    ),
    "slow": (
        "Het antwoord bij '{label}' kon niet op tijd worden gecontroleerd. Maak het korter.",
        "The answer to '{label}' could not be checked in time. Make it shorter.",
    ),
    "heavy": (
        "Het formulier kon niet op tijd worden gecontroleerd. Maak uw antwoorden korter.",
        "The form could not be checked in time. Make your answers shorter.",
    ),
    "rule": (
        "Uw antwoorden voldoen niet aan een voorwaarde van het formulier.",
        "Your answers do not meet a condition of the form.",
    ),
    "email": (
        "Vul bij '{label}' een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
        "Give an e-mail address for '{label}', such as name@example.nl.",
    ),
    "phone": ("Vul bij '{label}' een telefoonnummer in.", "Give a telephone number for '{label}'."),
    "option": (
        "Kies bij '{label}' een van de antwoorden die er staan.",
        "Choose one of the given answers for '{label}'.",
    ),
    "rows": (
        "'{label}' heeft te veel regels; het maximum is {limit}.",
        "'{label}' has too many rows (at most {limit}).",
    ),
    "unknown": ("Het formulier kent geen veld '{label}'.", "The form has no field '{label}'."),
}


def error(kind: str, key: str, label: str, limit: object = "") -> FieldError:
    """The error of `kind` about the field `key`; a field without a label is called by its key."""
    nl, en = _SENTENCES[kind]
    name = label or key
    dutch = nl.format(label=name, limit=str(limit).replace(".", ","))
    return FieldError(key, name, dutch, en.format(label=name, limit=limit))


def own(message: str, key: str, label: str) -> FieldError:
    """An error in the words of the form's author."""
    return FieldError(key, label or key, f"{label or key}: {message}", f"{label or key}: {message}")

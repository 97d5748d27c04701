"""What can go wrong, as a tree that knows no HTTP; every error says what to do, in Dutch and in English.

Plus1Error
 ├ Unauthenticated      who are you? log in, or send a valid key
 ├ Forbidden            known, but not allowed: ask for the right that is named
 ├ NotFound             no such thing for this tenant (another tenant's thing is no such thing)
 ├ Invalid              the input is wrong; `problems` lists all of it
 │  └ ModelRefused      a package with error findings cannot be published
 ├ StateConflict        the thing has moved on; read it again
 ├ StaleRevision        somebody changed it since it was read
 ├ RevisionMissing      a change must say which revision it was based on
 ├ KeyReused            an idempotency key was used for another request
 └ Unavailable          try again later
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `at` names the field, element id or setting; `line` its line in a file (0: none)."""

    at: str
    nl: str
    en: str
    code: str = "invalid"
    line: int = 0
    path: str = ""


class Plus1Error(Exception):
    """Base of all expected failures. `code` is stable, for machines; `nl` and `en` are for people."""

    code = "error"

    def __init__(self, nl: str, en: str, problems: tuple[Problem, ...] = (), current: object = None) -> None:
        super().__init__(en)
        self.nl = nl
        self.en = en
        self.problems = problems
        self.current = current


class Unauthenticated(Plus1Error):
    """Nobody is known by this key or session."""

    code = "unauthenticated"


class Forbidden(Plus1Error):
    """The caller is known, but lacks a right, which the text names."""

    code = "forbidden"


class NotFound(Plus1Error):
    """No such thing in this tenant."""

    code = "not-found"

    def __init__(self) -> None:
        super().__init__("Dit bestaat niet of hoort niet bij uw gemeente.", "This does not exist in your municipality.")


class Invalid(Plus1Error):
    """The input is wrong; all faults at once."""

    code = "invalid"


class ModelRefused(Invalid):
    """A package has findings of severity error."""

    code = "model-refused"


class StateConflict(Plus1Error):
    """The state does not allow this; `current` is the state now."""

    code = "state-conflict"


class StaleRevision(Plus1Error):
    """Changed since it was read; `current` is the revision now."""

    code = "stale-revision"


class RevisionMissing(Plus1Error):
    """A change without the revision that it was based on."""

    code = "revision-missing"


class KeyReused(Plus1Error):
    """The idempotency key belongs to another request."""

    code = "idempotency-key-reused"


class Unavailable(Plus1Error):
    """A part that is needed does not answer now."""

    code = "unavailable"

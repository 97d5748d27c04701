"""Who may do what: five fixed roles until the identity issue; whatever is not listed is denied."""

from engine.domain.caller import Caller
from engine.domain.errors import Forbidden

RIGHTS: dict[str, frozenset[str]] = {
    "case.start": frozenset({"clerk", "client", "system"}),
    "case.read": frozenset({"clerk", "client", "administrator", "system"}),
    "case.cancel": frozenset({"administrator", "system"}),
    "task.read": frozenset({"clerk", "client", "system"}),
    "task.work": frozenset({"clerk", "client", "system"}),
    "message.publish": frozenset({"client", "clerk", "system"}),
    "model.read": frozenset({"clerk", "client", "owner", "publisher", "administrator", "system"}),
    "model.publish": frozenset({"system"}),
    "draft.read": frozenset({"owner", "publisher", "system"}),
    "draft.edit": frozenset({"owner", "publisher", "system"}),
    "version.propose": frozenset({"owner", "publisher", "system"}),
    "version.approve": frozenset({"owner", "publisher", "system"}),
    "version.adopt": frozenset({"owner", "system"}),
    "rollout.advance": frozenset({"publisher", "system"}),
    "ring.set": frozenset({"publisher", "system"}),
    "policy.change": frozenset({"administrator", "system"}),
    "notice.see": frozenset({"owner", "administrator", "system"}),
    "rollout.read": frozenset({"owner", "publisher", "administrator", "system"}),
    "override.read": frozenset({"clerk", "owner", "publisher", "administrator", "system"}),
    "override.change": frozenset({"owner", "system"}),
    "incident.read": frozenset({"administrator", "system"}),
    "incident.retry": frozenset({"administrator", "system"}),
}


def allowed(caller: Caller, verb: str) -> bool:
    """Does one of the caller's roles carry the verb?"""
    return not RIGHTS.get(verb, frozenset()).isdisjoint(caller.rights)


DUTCH = {
    "clerk": "medewerker",
    "owner": "proceseigenaar",
    "publisher": "redacteur",
    "administrator": "beheerder",
    "client": "koppeling",
}


def require(caller: Caller, verb: str) -> None:
    """Raise Forbidden, naming the roles that would do, unless the caller may."""
    if not allowed(caller, verb):
        roles = sorted(RIGHTS.get(verb, frozenset()) - {"system"})
        dutch = ", ".join(DUTCH[role] for role in roles) or "geen; dit doet het systeem zelf"
        english = ", ".join(roles) or "none; the system itself does this"
        raise Forbidden(
            f"U mag dit niet doen. Nodig is een van de rollen: {dutch}.",
            f"You may not do this ({verb}). One of these roles is needed: {english}.",
        )

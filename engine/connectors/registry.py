"""Job type → connector. A job of another type waits for an outside worker, which does not exist yet: it is refused
at publishing (`KNOWN`)."""

from engine.connectors import decision, document, http
from engine.connectors.base import Connector

CONNECTORS: dict[str, Connector] = {
    "http": http.call,
    "document": document.write,
    "decision": decision.register,
}
KNOWN = frozenset(CONNECTORS)

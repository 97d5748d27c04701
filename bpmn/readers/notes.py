"""Collects the findings of one reading, with element and line filled in."""

from bpmn.model import Finding
from bpmn.readers.names import Element, line


class Notes:
    """The findings of one file, in the order in which they were met."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Finding] = []
        self._once: set[tuple[str, str]] = set()

    def error(self, code: str, element: Element | None, nl: str, en: str, id: str = "") -> None:
        """Refused at publishing."""
        self._add(code, "error", element, nl, en, id)

    def warning(self, code: str, element: Element | None, nl: str, en: str, id: str = "") -> None:
        """Runs, but probably not as meant."""
        self._add(code, "warning", element, nl, en, id)

    def info(self, code: str, element: Element | None, nl: str, en: str, id: str = "") -> None:
        """Read leniently, or left unread on purpose."""
        self._add(code, "info", element, nl, en, id)

    def once(self, code: str, about: str, element: Element, nl: str, en: str) -> None:
        """An info that is said once per file, however often it occurs."""
        if (code, about) not in self._once:
            self._once.add((code, about))
            self._add(code, "info", element, nl, en, "")

    def _add(self, code: str, severity: str, element: Element | None, nl: str, en: str, id: str) -> None:
        at = line(element) if element is not None else 0
        who = id or (element.get("id") if element is not None else None) or ""
        self.found.append(Finding(code, severity, nl, en, who, at, self.path))

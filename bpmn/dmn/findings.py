"""The findings of a table's analysis in words, in Dutch and English, few enough to read."""

from collections.abc import Sequence

from bpmn.dmn.shape import Row, Shape
from bpmn.model import Finding

_MOST = 10
_MOST_NAMED = 5


class Findings:
    """Collects the findings on one table; of each kind the first ten, then how many more there are."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._found: list[Finding] = []
        self._counts: dict[str, int] = {}

    def _add(self, code: str, severity: str, row: Row | None, nl: str, en: str) -> None:
        self._counts[code] = self._counts.get(code, 0) + 1
        # An error must not hide behind ten warnings.
        if self._counts[code] > _MOST and severity != "error" or self._counts[code] > 2 * _MOST:
            return
        element, line = (row.id, row.line) if row else (self.shape.id, self.shape.line)
        name = self.shape.name
        nl, en = f"Tabel '{name}': {nl}", f"Table '{name}': {en}"
        self._found.append(Finding(code, severity, nl, en, element, line, self.shape.path))

    def done(self) -> list[Finding]:
        """All that was found."""
        for code, count in sorted(self._counts.items()):
            shown = sum(1 for finding in self._found if finding.code == code)
            if count > shown:
                nl = f"Tabel '{self.shape.name}': nog {count - shown} zulke bevindingen ({code})."
                en = f"Table '{self.shape.name}': {count - shown} more findings like it ({code})."
                self._found.append(Finding(code, "info", nl, en, self.shape.id, self.shape.line, self.shape.path))
        return self._found

    def overlap(self, one: Row, other: Row, shown: str, certain: bool) -> None:
        """Two rules match the same inputs under UNIQUE."""
        self._add(
            "dmn-overlap",
            "error" if certain else "warning",
            other,
            f"regel {one.number} en regel {other.number} gelden allebei{_when(shown, 'bij')}, terwijl er maar één mag "
            "gelden (UNIQUE). Maak een van de twee smaller, of kies een andere trefregel.",
            f"rules {one.number} and {other.number} both match{_when(shown, 'for')}, while only one may (UNIQUE). "
            "Narrow one of them, or choose another hit policy.",
        )

    def conflict(self, one: Row, other: Row, shown: str, certain: bool) -> None:
        """Two rules with other outputs match the same inputs under ANY."""
        self._add(
            "dmn-any",
            "error" if certain else "warning",
            other,
            f"regel {one.number} en regel {other.number} gelden allebei{_when(shown, 'bij')}, maar geven iets anders. "
            "Onder ANY moeten ze hetzelfde geven: verander een uitkomst of kies een andere trefregel.",
            f"rules {one.number} and {other.number} both match{_when(shown, 'for')} but give different outputs, which "
            "ANY forbids. Change an output or choose another hit policy.",
        )

    def gaps(self, shown: Sequence[str]) -> None:
        """No rule matches these inputs."""
        for each in shown:
            self._add(
                "dmn-gap",
                "warning",
                None,
                f"geen enkele regel geldt{_when(each, 'bij')}: dan komt er niets uit. Voeg een regel toe, of een "
                "standaarduitkomst.",
                f"no rule matches{_when(each, 'for')}, so that nothing comes out. Add a rule, or a default output.",
            )

    def unreachable(self, row: Row, earlier: Sequence[Row], shown: str) -> None:
        """Others always go before a rule."""
        numbers = ", ".join(str(each.number) for each in earlier[:_MOST_NAMED])
        numbers += ", …" if len(earlier) > _MOST_NAMED else ""
        self._add(
            "dmn-unreachable",
            "warning",
            row,
            f"regel {row.number} beslist nooit: regel {numbers} gaat altijd voor{_when(shown, 'ook bij')}. Zet de "
            "regel eerder, of haal hem weg.",
            f"rule {row.number} never decides: rule {numbers} always comes first{_when(shown, 'also for')}. Move it "
            "up, or remove it.",
        )

    def never(self, row: Row) -> None:
        """A rule matches nothing at all."""
        self._add(
            "dmn-never",
            "warning",
            row,
            f"regel {row.number} kan nooit gelden: de voorwaarden sluiten elkaar uit, of vragen een waarde die niet "
            "mag. Verander een cel.",
            f"rule {row.number} can never match: its conditions exclude each other, or ask for a value that is not "
            "allowed. Change a cell.",
        )

    def unclear(self, cells: Sequence[str]) -> None:
        """Some cells were not looked into."""
        named = "; ".join(dict.fromkeys(cells[:_MOST_NAMED])) + ("; …" if len(cells) > _MOST_NAMED else "")
        self._add(
            "dmn-not-analysed",
            "info",
            None,
            f"overlap en gaten zijn niet helemaal nagegaan: niet bekeken zijn (regel: cel) {named}.",
            f"overlap and gaps are not checked completely: not looked into (rule: cell) {named}.",
        )

    def too_much(self) -> None:
        """The limit was hit."""
        self._add(
            "dmn-analysis-limit",
            "info",
            None,
            "de tabel is te groot om overal op overlap en gaten na te gaan; het onderzoek is halverwege gestopt.",
            "the table is too large to check all of it for overlap and gaps; the analysis stopped halfway.",
        )


def _when(shown: str, word: str) -> str:
    return f" {word} {shown}" if shown else ""

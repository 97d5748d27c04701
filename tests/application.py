"""An application for an event permit, as tests send it: complete, and with a road closed."""

from typing import Any

APPLICATION: dict[str, Any] = {
    "aanvrager": {"naam": "Sanne de Vries", "email": "sanne@voorbeeld.nl"},
    "evenement": "Straatfeest Lindelaan",
    "soort": "buurtfeest",
    "omschrijving": "Een feest voor de hele straat.",
    "locatie": "Lindelaan",
    "datum": "2027-06-12",
    "aantalBezoekers": 200,
    "versterktGeluid": True,
    "wegafsluiting": True,
    "weg": "Lindelaan",
    "voorzieningen": ["tent"],
}
# The same without a road to close.
OFF_ROAD = {name: value for name, value in APPLICATION.items() if name != "weg"} | {"wegafsluiting": False}

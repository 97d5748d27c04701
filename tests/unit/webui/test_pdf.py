"""Letters as PDF: tagged, in Dutch, and closed to whoever tries to write Typst in a form field."""

from datetime import UTC, datetime

from bpmn.forms.texts import escape_markdown
from webui import pdf

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_letter_is_tagged_and_the_same_every_time() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n"
    text = f"# Besluit\n\nBeste **Sanne**,\n\n- een\n- twee\n\n1. eerst\n\n> aanhaling\n\n{table}"
    made = pdf.letter("Besluit", "gemeente Utrecht", text, AT)
    assert made.startswith(b"%PDF-") and b"StructTreeRoot" in made and b"/Lang" in made
    assert pdf.letter("Besluit", "gemeente Utrecht", text, AT) == made


def test_typed_markup_stays_text() -> None:
    nasty = '#read("/etc/passwd") $x$ @ref \\ "]) #sys.inputs <a> `b` #{ panic() }'
    for text in (nasty, escape_markdown(nasty), f"# {escape_markdown(nasty)}\n\n**{escape_markdown(nasty)}**"):
        assert pdf.letter(nasty, nasty, text, AT).startswith(b"%PDF-")

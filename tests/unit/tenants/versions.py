"""The event permit with texts replaced, choices of tenants for it, and what becomes of these under another version."""

from datetime import date
from pathlib import Path

from bpmn import package
from tenants import override, rebase
from tenants.demo import load

FOLDER = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning"
FILES = {str(p.relative_to(FOLDER)): p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.is_file()}
PROCESS, TABLE, APPLICATION = "process.bpmn", "decisions/risicoklasse.dmn", "forms/aanvraag.json"
EMMEN_TABLE = (Path(load.__file__).parent / "data/emmen-risicoklasse.dmn").read_text("utf-8")
ON = date(2026, 6, 1)


def base(*changes):
    """The event permit with texts replaced: (path, old, new), …"""
    files = dict(FILES)
    for path, old, new in changes:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new).encode()
    found, _ = package.read(files)
    return found


def chosen(*choices):
    given = [{"reason": "Daarom", **c} for c in choices]
    found, findings = override.read({"key": "evenementenvergunning", "choices": given})
    assert findings == ()
    return found


GRONINGEN, EMMEN = (
    override.read({"key": o.key, "choices": list(o.choices)})[0]
    for tenant in (load.GRONINGEN, load.EMMEN)
    for o in load.overrides()
    if o.tenant == tenant
)


def told(new, choices, old=None, on=ON):
    return {s.point: s for s in rebase.rebase(old or base(), new, choices, on)}


def statuses(new, choices, old=None, on=ON):
    return {point: s.status for point, s in told(new, choices, old, on).items()}


def without_parameter():
    """The parameter of the fee is gone, with its point."""
    text = FILES[PROCESS].decode()
    begin, end = text.index('<plus1:valuePoint id="vp-leges"'), text.index('<plus1:valuePoint id="vp-beslistermijn"')
    point = (PROCESS, text[begin:end], "")
    begin = text.index('<plus1:parameter id="leges"')
    return base(point, (PROCESS, text[begin : text.index("<plus1:parameter id", begin + 9)], ""))


def without_visit():
    """The visit is no longer in the process: a high risk goes on at once."""
    text = FILES[PROCESS].decode()
    begin = text.index('<userTask id="Task_Schouw"')
    end = text.index("</userTask>", begin) + len("</userTask>")
    flow = '<sequenceFlow id="Flow_Geschouwd" sourceRef="Task_Schouw" targetRef="Gateway_Voorbereiden"/>'
    return base(
        (PROCESS, text[begin:end], ""),
        (PROCESS, flow, ""),
        (PROCESS, "<incoming>Flow_Geschouwd</incoming>", "<incoming>Flow_HoogRisico</incoming>"),
        (PROCESS, "<flowNodeRef>Task_Schouw</flowNodeRef>", ""),
        (PROCESS, 'targetRef="Task_Schouw"', 'targetRef="Gateway_Voorbereiden"'),
    )

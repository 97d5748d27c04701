"""Pools and message flows: drawing only, but what they name must be there."""

from bpmn.readers.dialect import Reading
from bpmn.readers.names import BPMN, ref


def check(reading: Reading) -> None:
    """Warns for a pool whose process is not in the file, and for a message flow that leads to nothing."""
    if reading.root.find(f"{{{BPMN}}}collaboration") is None:
        return
    ids = {e.get("id") for e in reading.root.iter() if e.get("id")}
    for pool in reading.root.iter(f"{{{BPMN}}}participant"):
        process = ref(pool.get("processRef"))
        if process and process not in ids:
            reading.notes.warning(
                "unknown-process",
                pool,
                f"Deze pool noemt proces '{process}', dat niet in het bestand staat. Kies een proces of teken het.",
                f"This pool names process '{process}', which is not in the file. Choose a process or draw it.",
            )
    for flow in reading.root.iter(f"{{{BPMN}}}messageFlow"):
        for end in (ref(flow.get("sourceRef")) or "", ref(flow.get("targetRef")) or ""):
            if end not in ids:
                reading.notes.warning(
                    "dangling-message-flow",
                    flow,
                    f"Deze berichtpijl wijst naar '{end}', dat niet bestaat. Teken hem opnieuw.",
                    f"This message flow leads to '{end}', which does not exist. Draw it again.",
                )

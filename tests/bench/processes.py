"""CPU time of processes and all that they started, read from /proc: the product's own Python, and the database."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/<pid>/stat from the third on (state, parent, …); None when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def family(pid: int, without: int = 0) -> set[int]:
    """The process, its children and theirs, but nobody of the family of `without`."""
    parents = {
        int(p.name): int(s[1]) for p in Path("/proc").iterdir() if p.name.isdigit() and (s := _stat(int(p.name)))
    }
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found and child != without} - found:
        found |= more
    return found


def cpu(pids: set[int]) -> float:
    """Seconds of CPU used by these processes and by their children that ended."""
    stats = [stat for pid in pids if (stat := _stat(pid))]
    return sum(int(ticks) for stat in stats for ticks in stat[11:15]) / TICKS

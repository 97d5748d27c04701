"""`python -m tests.conformance.run CASES.json [--json FILE]`: runs a file of cases on the product's own host.

Cases run in a process of their own, one after the other; when one takes too long or brings the process down, that is
told, and the next begins in a fresh process. Whatever is wrong with a case, the run goes on."""

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Literal

from engine import embedded
from engine.domain.errors import Plus1Error
from engine.domain.memory import LeastRecent
from engine.store import migrate
from engine.store.database import connect, sessions
from engine.store.transaction import Transactions
from engine.wiring import Asleep
from tests.conformance.cases import Case, Player, all_cases
from tests.conformance.store_host import Clock, StoreHost

SECONDS: Final = 60.0
STARTING: Final = 60.0  # a fresh process has to import the product and connect
DATABASE: Final = "cases"
USAGE: Final = """Each case is played by the product's reader, store, use cases and worker, on a PostgreSQL that is
started for it, with a virtual clock. The form of the file is described beside it (shared/conformance/README.md); its
models are looked up beside it. The answer is 0 when every case passed, 1 when not, 2 when the file cannot be used."""

Verdict = Literal["passed", "failed", "error"]


@dataclass(frozen=True)
class Outcome:
    """How one case ended. `failed`: the product did something else than was expected; `error`: it could not be played.
    `step`: number of the step (from 0), None while deploying."""

    id: str
    strength: str
    elements: list[str]
    verdict: Verdict
    step: int | None = None
    reason: str = ""


def play_all(asked: Connection, address: str, folder: Path) -> None:
    """Play each case that comes in, until none does; every answer is (verdict, step, reason)."""
    pool, clock = connect(address, 3, 30), Clock()
    transactions = Transactions(sessions(pool), clock, LeastRecent(), Asleep())
    asked.send("ready")
    while (case := asked.recv()) is not None:
        asked.send(_play(case, transactions, clock, folder))
    pool.dispose()


def _play(case: Any, transactions: Transactions, clock: Clock, folder: Path) -> tuple[Verdict, int | None, str]:
    with ThreadPoolExecutor(1) as aside:
        # The future keeps whatever is raised, so that nothing a case does ends the run.
        player = aside.submit(lambda: Player(StoreHost(transactions, clock), folder)).result()
        error = aside.submit(player.run, case).exception()
    if error is None:
        return "passed", None, ""
    verdict: Verdict = "failed" if isinstance(error, AssertionError) else "error"
    return verdict, player.at, f"{player.where}: {_told(error)}"


def _told(error: BaseException) -> str:
    if isinstance(error, Plus1Error):
        return "; ".join([error.en, *(f"{problem.at}: {problem.en}" for problem in error.problems)])
    return str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"


class Players:
    """The process that plays; a fresh one after each that hung or died."""

    def __init__(self, address: str, folder: Path, seconds: float) -> None:
        self._address, self._folder, self._seconds = address, folder, seconds
        self._process: Any = None
        self._line: Any = None

    def play(self, case: Any) -> Outcome:
        """One case, whatever happens."""
        told = case if isinstance(case, dict) else {}
        elements = [str(element) for element in told.get("elements") or ["(none)"]]
        about = str(told.get("id", "(no id)")), str(told.get("strength", "strong")), elements
        if self._process is None and not self._start():
            return Outcome(*about, "error", None, "the playing process does not start")
        self._line.send(case)
        if not self._line.poll(self._seconds):
            self.stop()
            return Outcome(*about, "error", None, f"took longer than {self._seconds:g} seconds")
        try:
            answer = self._line.recv()
        except EOFError:
            self.stop()
            return Outcome(*about, "error", None, "the process that played it died")
        return Outcome(*about, *answer)

    def _start(self) -> bool:
        context = multiprocessing.get_context("spawn")
        self._line, there = context.Pipe()
        self._process = context.Process(target=play_all, args=(there, self._address, self._folder), daemon=True)
        self._process.start()
        there.close()
        if self._line.poll(STARTING):
            try:
                return bool(self._line.recv() == "ready")
            except EOFError:
                pass
        self.stop()
        return False

    def stop(self) -> None:
        """End the process, hard; what it wrote to the database is of no further use."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = None


@contextmanager
def database() -> Iterator[str]:
    """The address, for the product's own role, of a fresh database in a PostgreSQL of this run."""
    folder = Path(tempfile.mkdtemp(prefix="plus1-cases-"))
    folder.chmod(0o711)
    cluster = embedded.start(folder, durable=False)
    try:
        cluster.create_database(DATABASE, None)
        migrate.upgrade(cluster.url("plus1_owner", DATABASE))
        yield cluster.url("plus1_app", DATABASE)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def play_file(cases: list[Case], folder: Path, seconds: float) -> list[Outcome]:
    """Every case of a file, in its order."""
    with database() as address:
        players = Players(address, folder, seconds)
        try:
            return [players.play(case) for case in cases]
        finally:
            players.stop()


def by_element(outcomes: list[Outcome]) -> str:
    """A table: per strength and class of element how many passed, failed and went wrong; an element counts each case
    that has it."""
    lines = []
    for strength in sorted({outcome.strength for outcome in outcomes}, reverse=True):
        of = [outcome for outcome in outcomes if outcome.strength == strength]
        counts = Counter((element, o.verdict) for o in of for element in set(o.elements))
        counts.update(("all cases", o.verdict) for o in of)
        names = ["all cases", *sorted({element for o in of for element in o.elements})]
        lines.append(f"{strength:50} passed  failed  errors")
        for name in names:
            passed, failed, wrong = (counts[name, verdict] for verdict in ("passed", "failed", "error"))
            lines.append(f"  {name[:48]:48} {passed:6}  {failed:6}  {wrong:6}")
        lines.append("")
    return "\n".join(lines)


def as_json(outcomes: list[Outcome]) -> dict[str, object]:
    """The figures and every case that did not pass, for a machine."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    strengths = {
        strength: Counter(o.verdict for o in outcomes if o.strength == strength)
        for strength in sorted({outcome.strength for outcome in outcomes})
    }
    return {
        "cases": len(outcomes),
        "passed": counts["passed"],
        "failed": counts["failed"],
        "errors": counts["error"],
        "by_strength": strengths,
        "failures": [asdict(outcome) for outcome in outcomes if outcome.verdict != "passed"],
    }


def main(arguments: list[str] | None = None) -> int:
    """The command; its answer is the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance.run", description=__doc__.partition(": ")[2], epilog=USAGE
    )
    parser.add_argument("cases", type=Path, metavar="CASES.json", help="a file of cases, such as cases.json")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and failures to this file as well")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="give up a case after so long (%(default)s)")
    given = parser.parse_args(arguments)
    try:
        cases = all_cases(given.cases)
    except (OSError, ValueError) as error:
        print(f"{given.cases} cannot be read as cases: {error}", file=sys.stderr)
        return 2
    if not isinstance(cases, list):
        print(f"{given.cases} is no list of cases", file=sys.stderr)
        return 2
    outcomes = play_file(cases, given.cases.resolve().parent, given.seconds)
    for outcome in outcomes:
        if outcome.verdict != "passed":
            print(f"{outcome.verdict}: {outcome.id} ({', '.join(outcome.elements)}): {outcome.reason}\n")
    print(by_element(outcomes))
    passed = sum(outcome.verdict == "passed" for outcome in outcomes)
    print(f"{passed} of {len(outcomes)} cases passed")
    if given.json:
        given.json.write_text(json.dumps(as_json(outcomes), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if passed == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())

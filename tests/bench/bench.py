"""`make bench`: time, CPU and statements per case of the running product, beside bare SQL in the same run.

Door: starts `plus1 serve` on data of its own, and prints. Figures of one machine at one time: compare ratios.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg

from bpmn import blank
from engine import embedded
from engine.embedded import Cluster, layout
from tenants.demo import load
from tests.bench import alone, cores, islands, language, pages, processes, product, statements
from tests.bench.bare import Bare
from tests.serving import ROOT, Served, until

WARM_UP = int(os.environ.get("BENCH_WARM_UP", "60"))
CASES = int(os.environ.get("BENCH_CASES", "600"))
ROUNDS = 12
MOST_STATEMENTS, MOST_CPU = 6, 15.0
LAST = """select i.effective_id, h.kind from history h join (select tenant_id, id, effective_id from instance
  where status = 'completed' order by started_at desc limit 1) i on i.tenant_id = h.tenant_id and i.id = h.instance_id
  order by h.seq"""


def show(name: str, value: str, more: str = "") -> None:
    """One line."""
    print(f"  {name:<46} {value:>12}  {more}".rstrip(), flush=True)


def plain(cluster: Cluster, role: str) -> str:
    """The address for psycopg."""
    return cluster.url(role).replace("+psycopg", "", 1)


def publish(data_dir: Path) -> None:
    """Publish the benchmark's package for Utrecht through the product's own door."""
    command = [sys.executable, "-m", "engine.cli", "models", "publish", str(alone.KEUZE)]
    more = ["--tenant", "utrecht", "--version", "1.0.0", "--note", "Meting"]
    subprocess.run([*command, *more], cwd=ROOT, env=os.environ | {"PLUS1_DATA_DIR": str(data_dir)}, check=True)


@dataclass(slots=True)
class Measured:
    """Milliseconds per case of one of the two, and CPU in seconds over all its rounds."""

    times: list[list[float]] = field(default_factory=list)
    own: float = 0.0
    base: float = 0.0

    @property
    def time(self) -> float:
        """The median case."""
        return statistics.median(sum(one) for one in self.times)

    def per_case(self, seconds: float) -> float:
        """Seconds over all cases as milliseconds per case."""
        return seconds / len(self.times) * 1000


def measure(into: Measured, cases: Callable[[int], list[list[float]]], own: set[int], database: int) -> None:
    """One round."""
    before = processes.cpu(own), processes.cpu(processes.family(database))
    into.times += cases(CASES // ROUNDS)
    into.own += processes.cpu(own) - before[0]
    into.base += processes.cpu(processes.family(database)) - before[1]


def side_by_side(served: Served, system: product.System, bare: Bare) -> None:
    """The product and bare SQL in turns, so that whatever else the machine does strikes both."""
    database, ours, theirs = served.server_pid(), Measured(), Measured()
    python = processes.family(served.process.pid, without=database)
    bare.cases(WARM_UP)
    for _ in range(ROUNDS):
        measure(ours, partial(product.cases, system), python, database)
        measure(theirs, bare.cases, {os.getpid()}, database)
    number = len(ours.times)
    print(f"\nPer case over HTTP ({number} cases of 5 requests, median; {pages.OPEN_TASKS:,} other cases stand open)")
    show("time", f"{ours.time:.1f} ms")
    for at, name in enumerate(product.NAMES):
        show(f"  {at + 1}. {name}", f"{statistics.median(one[at] for one in ours.times):.2f} ms")
    show("server CPU (our Python processes)", f"{ours.per_case(ours.own):.1f} ms", f"goal ≤ {MOST_CPU:g}, later ≤ 9 ms")
    show("database CPU", f"{ours.per_case(ours.base):.1f} ms")
    print("\nThe same work as bare SQL (psycopg, same database, role and row-level security; in turns with the above)")
    show("time", f"{theirs.time:.1f} ms", f"the product takes {ours.time / theirs.time:.1f} times as long")
    show("client CPU", f"{theirs.per_case(theirs.own):.1f} ms")
    show("database CPU", f"{theirs.per_case(theirs.base):.1f} ms")
    ratio = (ours.own + ours.base) / (theirs.own + theirs.base)
    show("CPU of product and database together", f"{ratio:.1f} ×", "as much as bare SQL takes")


def asked(served: Served, cluster: Cluster, system: product.System) -> None:
    """Statements and commits per request, as PostgreSQL logged them."""
    found: list[statements.Asked] = []
    log_file = served.data_dir / layout.LOG
    with statements.logged(plain(cluster, layout.SUPERUSER), log_file) as log:
        product.case(system, lambda: found.append(log.asked()))
    print("\nStatements and commits per request (authentication, set_config and idempotency included)")
    for number, (name, one) in enumerate(zip(product.NAMES, found, strict=True), 1):
        goal = f"goal ≤ {MOST_STATEMENTS} and 1" if name == "complete" else ""
        show(f"{number}. {name}", f"{len(one.statements)} and {one.commits}", goal)


def bare_sql(cluster: Cluster) -> Bare:
    """The same work as bare SQL, after a case of the product that shows how much history it writes."""
    with psycopg.connect(plain(cluster, "plus1_app")) as connection:
        connection.execute("select set_config('app.tenant', %s, true)", (str(load.UTRECHT),))
        rows = connection.execute(LAST).fetchall()
    cuts = [number for number, (_, kind) in enumerate(rows) if kind == "task-completed"]
    notes = (cuts[0], cuts[1] - cuts[0], len(rows) - cuts[1])
    return Bare(plain(cluster, "plus1_app"), load.UTRECHT, rows[0][0], notes)


def filled(cluster: Cluster, system: product.System) -> str:
    """Fill the tables before anything is measured: plans for empty tables say nothing. The id of a clerk."""
    begun, _ = system.ask("POST", "/v1/cases", {"model": "keuze"})
    clerk = pages.fill(plain(cluster, "plus1_app"), str(load.UTRECHT), begun["id"])
    with psycopg.connect(plain(cluster, layout.SUPERUSER), autocommit=True) as connection:
        connection.execute("vacuum analyze")
    return clerk


def lists(browser: pages.Browser, system: product.System) -> None:
    """The task list with many tasks, and the weight of pages."""
    print(f"\nTask list with {pages.OPEN_TASKS:,} open tasks (50 on a page)")
    show("by API", f"{pages.milliseconds(lambda: system.ask('GET', '/v1/tasks')):.1f} ms")
    show("as a page", f"{pages.milliseconds(lambda: browser.get('/utrecht/taken')):.1f} ms")
    print("\nWeight (page + styles and scripts; as gzip would send them)")
    for name, path in (("log in", "/inloggen"), ("task list", "/utrecht/taken")):
        found = browser.weight(path)
        whole, small = found.page + found.built, found.page_small + found.built_small
        show(name, f"{whole / 1024:.0f} KiB", f"{small / 1024:.0f} KiB; page alone {found.page_small / 1024:.0f} KiB")


def drawing(port: int) -> None:
    """The islands by weight, and the modeller with a large drawing beside one with a small."""
    print("\nIslands (scripts, as gzip would send them; modeller, decision and form: no clerk's page has them)")
    for name, kib in sorted(islands.weights().items()):
        show(name, f"{kib:.0f} KiB", f"budget {islands.BUDGETS[name]}" if name in islands.BUDGETS else "")
    print(f"\nModeller until it can be used (files cached, median of {islands.ROUNDS})")
    with islands.editor(port) as page:
        small = islands.ready(page, islands.make(page, port, "klein", blank.process("klein", "Klein")))
        large = islands.ready(page, islands.make(page, port, "groot", islands.large()))
    show("3 steps", f"{small:.0f} ms")
    show(f"{islands.NODES} steps", f"{large:.0f} ms", f"{large / small:.1f} × 3 steps; goal ≤ 2500 ms")


def main() -> None:
    """Run everything and leave nothing behind."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: when others work here too, trust the ratios\n")
    print("Without web and database")
    for one in cores.figures():
        show(*one.line())
    show("package of the benchmark, per step", f"{alone.runtime_step():.0f} µs")
    for text, micros in alone.expressions().items():
        show(f"FEEL: {text}"[:46], f"{micros:.1f} µs")
    for figure in language.figures():
        show(*figure.line())
    folder = Path(tempfile.mkdtemp(prefix="plus1-bench-"))
    folder.chmod(0o711)
    served = Served(folder / "data")
    try:
        print("\nStarting the product …", flush=True)
        if not until(served.answers, 120):
            raise SystemExit(served.log.read_text())
        publish(served.data_dir)
        cluster = embedded.attach(served.data_dir)
        if cluster is None:
            raise SystemExit("the database of the product cannot be found")
        key = (served.data_dir / "demo-keys.json").read_text().split('"utrecht": "')[1].split('"')[0]
        system = product.System(served.port, key)
        clerk = filled(cluster, system)
        product.cases(system, WARM_UP)
        side_by_side(served, system, bare_sql(cluster))
        asked(served, cluster, product.System(served.port, key))
        lists(pages.Browser(served.port, clerk), product.System(served.port, key))
        drawing(served.port)
    finally:
        served.process.terminate()
        served.process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

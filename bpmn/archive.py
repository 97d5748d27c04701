"""A package as one zip file: read with caps on count, size and ratio, written the same way every time."""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping

from bpmn.model import Finding

MAX_ARCHIVE = 10 * 1024 * 1024
MAX_FILES = 200
MAX_FILE = 5 * 1024 * 1024
MAX_TOTAL = 20 * 1024 * 1024
MAX_RATIO = 100
_MOMENT = (2000, 1, 1, 0, 0, 0)
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)


class _Refused(Exception):
    def __init__(self, nl: str, en: str, path: str = "") -> None:
        super().__init__(en)
        self.finding = Finding("zip", "error", nl, en, path=path)


def unpack(data: bytes) -> tuple[Mapping[str, bytes] | None, tuple[Finding, ...]]:
    """The files of a zip by path; None with a finding when it is broken, too large or holds unsafe names.

    Limits: archive 10 MB, 200 files, 5 MB each, 20 MB together, 100 times compressed. Names are only keys:
    nothing is written anywhere. One folder around everything is taken off."""
    try:
        return _without_folder(_files(data)), ()
    except _Refused as refused:
        return None, (refused.finding,)
    except _BROKEN as error:
        nl, en = f"Dit zip-bestand is kapot of versleuteld: {error}", f"This zip file is broken or encrypted: {error}"
        return None, (Finding("zip", "error", nl, en),)


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[path])
    return out.getvalue()


def safe(path: str) -> bool:
    """Whether `path` is a plain relative path of letters, digits and `._-`, at most 200 characters."""
    parts = path.split("/")
    return len(path) <= 200 and all(_plain(p) for p in parts) and len(parts) <= 6


def _plain(part: str) -> bool:
    allowed = all(c.isascii() and (c.isalnum() or c in "._- ") for c in part)
    return bool(part) and allowed and not part.startswith((".", " ")) and not part.endswith((".", " "))


def _files(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_ARCHIVE:
        raise _Refused("Het zip-bestand is groter dan 10 MB.", "The zip file is larger than 10 MB.")
    files: dict[str, bytes] = {}
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        if len(entries) > MAX_FILES:
            raise _Refused(f"Meer dan {MAX_FILES} bestanden.", f"More than {MAX_FILES} files.")
        for entry in entries:
            _check(entry, files)
            with archive.open(entry) as stream:
                content = stream.read(MAX_FILE + 1)
            total += len(content)
            # The sizes in the directory of a zip can lie; what was read decides.
            if len(content) > MAX_FILE or total > MAX_TOTAL:
                raise _Refused("De inhoud is te groot.", "The contents are too large.", entry.filename)
            if len(content) > MAX_RATIO * max(entry.compress_size, 1024):
                raise _Refused(
                    "De inhoud is te sterk ingepakt.", "The contents are packed too densely.", entry.filename
                )
            files[entry.filename] = content
    return files


def _check(entry: zipfile.ZipInfo, files: Mapping[str, bytes]) -> None:
    mode = entry.external_attr >> 16
    if not safe(entry.filename) or entry.filename in files or stat.S_ISLNK(mode):
        name = ascii(entry.filename[:100])
        raise _Refused(f"Deze bestandsnaam is niet toegestaan: {name}.", f"This file name is not allowed: {name}.")
    if entry.file_size > MAX_FILE:
        raise _Refused("Een bestand is groter dan 5 MB.", "A file is larger than 5 MB.", entry.filename)


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    folders = {path.split("/", 1)[0] for path in files}
    if "process.bpmn" in files or len(folders) != 1 or not all("/" in path for path in files):
        return files
    return {path.split("/", 1)[1]: content for path, content in files.items()}

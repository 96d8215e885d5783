"""The real embedded model, and the cold paths: first token of a question of 30 words, second start, `chatelet --help`.

Nothing is pinned: the model uses the cores it has. The model's file must be there (`make install`); it is not fetched.
"""

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import aiohttp

from bench import machine
from bench.installation import Installation, Person, installation
from chatelet.inference import model_store
from chatelet.inference.model_files import MODEL_FILES
from chatelet.settings import Settings

# Each is new to the model server: only the system prompt, which all begin with, can be in its cache.
QUESTIONS: Final = (
    "Pourriez-vous m'expliquer, en quelques phrases simples et sans jargon, pourquoi le ciel paraît bleu en plein jour "
    "alors qu'il devient rouge ou orange au moment du coucher du soleil ?",
    "Je dois rédiger une note de service courte pour annoncer à mon équipe le changement des horaires d'ouverture de "
    "la bibliothèque municipale ; quels points faut-il absolument mentionner dans ce document ?",
    "Quelle différence y a-t-il, dans un marché public français, entre un accord-cadre et un marché ordinaire, et "
    "dans quel cas faut-il préférer le premier au second selon vous ?",
    "Donnez-moi une méthode simple pour préparer une réunion de travail d'une heure avec huit personnes, afin que "
    "chacun puisse parler et que des décisions claires soient prises avant la fin.",
    "Comment puis-je répondre avec tact à un usager mécontent qui se plaint par courrier du retard de son dossier, "
    "alors que ce retard vient de pièces manquantes de son côté ?",
)
_READY_SECONDS: Final = 300.0
_WARM_SECONDS: Final = 20.0
Figures = dict[str, Any]


def measure(*, repeats: int = 5, patience: float = 60.0) -> Figures:
    """Return every figure; those of the model are absent without its file."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    figures: Figures = {"help": _help(repeats), **asyncio.run(_starts(repeats, patience))}
    settings = Settings()
    file = MODEL_FILES[settings.embedded.name]
    directory = model_store.models_dir(settings)
    if (directory / file.file_name).is_file():
        figures["first_token"] = asyncio.run(_first_tokens(directory, repeats, patience)) | {"model": file.name}
    else:
        print(f"bench: no {file.file_name} in {directory}; `chatelet models fetch` brings it", file=sys.stderr)
    return figures


def _help(repeats: int) -> Figures:
    walls, cpus = [], []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "chatelet", "--help"], check=True, stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"seconds": _median(walls), "cpu_seconds": _median(cpus), "repeats": repeats}


async def _starts(repeats: int, patience: float) -> Figures:
    """Start a new installation, then start it again; the model loads behind, so it is left out here."""
    with installation(is_pinned=False, CHATELET_EMBEDDED__MODE="never") as service:
        first = await asyncio.to_thread(service.start)
        service.stop()
        seconds, ready, cpus = [], [], []
        for _ in range(repeats):
            busy = await asyncio.to_thread(machine.wait_until_quiet, patience)
            began = time.perf_counter()
            seconds.append(await asyncio.to_thread(service.start))
            async with aiohttp.ClientSession() as http, http.get(_address(service, "/api/health/ready")) as answer:
                assert answer.status == 200
            ready.append(time.perf_counter() - began)
            cpus.append(machine.cpu_seconds(service.pid, tree=True))
            service.stop()
    return {
        "first_start": {"seconds": round(first, 2)},
        "second_start": {
            "listens_seconds": _median(seconds), "ready_seconds": _median(ready), "cpu_seconds": _median(cpus),
            "repeats": repeats, "busy_before": busy,
        },
    }  # fmt: skip


async def _first_tokens(directory: Path, repeats: int, patience: float) -> Figures:
    with installation(is_pinned=False, CHATELET_EMBEDDED__MODELS_DIR=str(directory)) as service:
        await asyncio.to_thread(service.start)
        person = (await service.sign_in(1))[0]
        began = time.perf_counter()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers=_as(person)) as http:
            await _until_loaded(http, service)
            loaded = time.perf_counter() - began
            await asyncio.sleep(_WARM_SECONDS)
            busy = [await asyncio.to_thread(machine.wait_until_quiet, patience)]
            seconds = [await _ask(http, service, person, question) for question in QUESTIONS[:repeats]]
        return {
            "seconds": _median(seconds),
            "all_seconds": [round(value, 2) for value in seconds],
            "loaded_seconds": round(loaded, 1),
            "question_words": round(statistics.mean(len(question.split()) for question in QUESTIONS)),
            "busy_before": max(busy),
        }


async def _until_loaded(http: aiohttp.ClientSession, service: Installation) -> None:
    async with asyncio.timeout(_READY_SECONDS):
        while True:
            async with http.get(_address(service, "/api/models")) as answer:
                models = (await answer.json())["items"]
            if any(model["state"] == "ready" for model in models):
                return
            await asyncio.sleep(0.2)


async def _ask(http: aiohttp.ClientSession, service: Installation, person: Person, question: str) -> float:
    """Return the seconds from the question to the first words; then stop the answer and wait for its end."""
    conversation = (await service.conversations([person]))[0]
    turns = _address(service, f"/api/conversations/{conversation}/turns")
    first = turn = None
    began = time.perf_counter()
    async with http.post(turns, json={"text": question}) as answer:
        assert answer.status == 200, await answer.text()
        async for line in answer.content:
            if turn is None and line.startswith(b"data: "):
                turn = line.partition(b'"turn_id":"')[2][:36].decode()
            if first is None and line.startswith(b"event: delta"):
                first = time.perf_counter() - began
                async with http.post(f"{turns}/{turn}/stop") as stopped:
                    assert stopped.status == 202
    assert first is not None, "the model said nothing"
    await asyncio.sleep(1)
    return first


def _as(person: Person) -> dict[str, str]:
    return {"Cookie": person.cookie}


def _address(service: Installation, path: str) -> str:
    return f"http://127.0.0.1:{service.port}{path}"


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 3)

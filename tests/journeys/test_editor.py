"""An editor completes code through `/v1`: what plug-ins for programming ask, and `llm` on a terminal, both unchanged."""

import asyncio
import json
import shutil
import sys
from pathlib import Path

import pytest
from openai import AsyncOpenAI
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.fakes.model_server import ModelServer
from tests.journeys.test_public_api import new_key
from tests.journeys.visitor import Visitor

BEFORE = 'def moyenne(valeurs: list[float]) -> float:\n    """Retourne la moyenne."""\n    return '
AFTER = "\n\n\nprint(moyenne([1, 2, 3]))\n"
COMPLETION = "sum(valeurs) / len(valeurs)"


async def test_an_editor_completes_code(ada: Visitor, scripted: ModelServer, beside: Database) -> None:
    """The journey of a plug-in: list the models, complete at the cursor as it types, cancel, explain a selection."""
    made = await new_key(ada, routes=["models", "chat"], models=["scripted"])
    scripted.answers["<cursor>"] = COMPLETION
    async with AsyncOpenAI(api_key=made["secret"], base_url=f"{ada.address}/v1", max_retries=0) as editor:
        assert [model.id async for model in editor.models.list()] == ["scripted"]
        asked = [
            {"role": "system", "content": "Complete the code at <cursor>. Answer with code only."},
            {"role": "user", "content": f"```python\n{BEFORE}<cursor>{AFTER}```"},
        ]
        stream = await editor.chat.completions.create(
            model="scripted", messages=asked, stream=True, temperature=0, max_tokens=64, stop=["\n\n", "```"]
        )
        written = "".join([chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices])
        assert written == COMPLETION
        compile(BEFORE + written + AFTER, "moyenne.py", "exec")
        assert scripted.last.body["stop"] == ["\n\n", "```"]
        assert BEFORE in scripted.last.body["messages"][-1]["content"]
        typed_on = await editor.chat.completions.create(
            model="scripted", messages=[{"role": "user", "content": "[[tokens=500 rate=50]]"}], stream=True
        )
        async for _chunk in typed_on:  # the person typed on: the plug-in lets go, and the model's place is free
            await typed_on.close()
            break
        async with asyncio.timeout(5):
            while scripted.running:
                await asyncio.sleep(0.05)
    assert (await ada.get("/api/conversations"))["items"] == []
    person = (await ada.get("/api/sessions/current"))["person"]["id"]
    told = text("SELECT data FROM journal_events WHERE name = 'api.exchange' AND actor = :actor ORDER BY id")
    async with asyncio.timeout(5):
        while True:
            async with beside.transaction() as session:
                states = [json.loads(data)["state"] for data in await session.scalars(told, {"actor": person})]
            if len(states) == 2:
                break
            await asyncio.sleep(0.05)
    assert states == ["answered", "stopped"]


@pytest.fixture
def llm_folder(tmp_path: Path, ada: Visitor) -> Path:
    (tmp_path / "extra-openai-models.yaml").write_text(
        f"- model_id: chatelet\n  model_name: scripted\n  api_key_name: chatelet\n  api_base: {ada.address}/v1\n"
    )
    return tmp_path


@pytest.mark.parametrize("options", [[], ["--no-stream"]], ids=["streamed", "whole"])
async def test_the_llm_command(ada: Visitor, scripted: ModelServer, llm_folder: Path, options: list[str]) -> None:
    made = await new_key(ada)
    (llm_folder / "keys.json").write_text(json.dumps({"chatelet": made["secret"]}))
    program = shutil.which("llm", path=str(Path(sys.executable).parent))
    assert program, "llm is a development dependency"
    process = await asyncio.create_subprocess_exec(
        program, "-m", "chatelet", "-n", *options, "Bonjour [[say=Bonjour_du_terminal]]",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"LLM_USER_PATH": str(llm_folder), "PATH": "/usr/bin:/bin", "HOME": str(llm_folder)},
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, err.decode()
    assert out.decode().strip() == "Bonjour du terminal"

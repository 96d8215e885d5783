"""`chatelet draft`: a template filled on the command line, the file written, what to check told."""

import asyncio
import io
from pathlib import Path

import docx

from tests.fakes.model_server import ModelServer, Script
from tests.journeys.service import installation
from tests.writing.drafting.style_files import word_letterhead

TEMPLATE = """\
+++
name = "Attestation"
language = "fr"

[[field]]
name = "person"
label = "Personne"
required = true
+++

# Attestation

:::write 40
Dis que {{person}} était présente.
:::
"""


async def test_a_template_is_filled_and_written(tmp_path: Path) -> None:
    template, style, out = tmp_path / "attestation.md", tmp_path / "entete.docx", tmp_path / "fait.docx"
    template.write_text(TEMPLATE, "utf-8")
    style.write_bytes(word_letterhead())
    server = ModelServer(default=Script(say="Madame Ada Lovelace était présente à la réunion, avec 12 collègues."))
    await server.start()
    try:
        with installation(server.url) as service:
            done = await asyncio.to_thread(
                service.command,
                *("draft", str(template), "--field", "person=Ada Lovelace", "--style", str(style), "--out", str(out)),
            )
            missing = await asyncio.to_thread(service.command, "draft", str(template), "--out", str(out))
    finally:
        await server.stop()
    assert done.returncode == 0, done.stderr
    made = docx.Document(io.BytesIO(out.read_bytes()))
    assert made.sections[0].header.paragraphs[0].text == "Laboratoire d’essai"
    assert "Ada Lovelace était présente" in "\n".join(one.text for one in made.paragraphs)
    assert "to check, figure (not given): 12" in done.stderr
    assert (missing.returncode, "template_field_missing" in missing.stderr) == (1, True)

"""A person's own templates leave with them, their letterheads too: as they were given."""

from base64 import b64decode

from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.writing.drafting.sealed import TemplateSealer
from chatelet.writing.drafting.template import Template
from chatelet.writing.personal_data import WritingPersonalData
from chatelet.writing.tables import TemplateRow, TemplateStyle, TemplateVersion
from tests.persons import create_person


async def test_the_letterhead_of_a_persons_template_leaves(database: Database) -> None:
    keyring, template, style, now = Keyring(bytes(32)), uuid7(), uuid7(), clock.now()
    sealer, wrapped = TemplateSealer.make(keyring, template)
    written = sealer.seal(Template("Note", "Écrire", "fr", (), "Objet"), 1)
    async with database.transaction() as session:
        ada = await create_person(
            session, email="ada@exemple.fr", name="Ada", password="Les comètes de 1759", is_administrator=False
        )
        session.add(
            TemplateRow(id=template, person_id=ada, version=1, wrapped_key=wrapped, created_at=now, updated_at=now)
        )
        await session.flush()
        name = sealer.seal_bytes("entête.docx".encode(), style, "style-name")
        sealed = sealer.seal_bytes(b"PK\x03\x04", style, "style")
        session.add(TemplateStyle(id=style, template_id=template, kind="docx", name_sealed=name, sealed=sealed))
        await session.flush()
        session.add(TemplateVersion(template_id=template, number=1, sealed=written, style_id=style, created_at=now))
    async with database.transaction() as session:
        told = (await WritingPersonalData(keyring).export(session, ada))["templates"]
    assert isinstance(told, list)
    version, letterhead = told
    assert "Objet" in version["file"]
    assert (letterhead["name"], letterhead["kind"]) == ("entête.docx", "docx")
    assert b64decode(letterhead["base64"]) == b"PK\x03\x04"

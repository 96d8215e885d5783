"""The scholarly desk on the screen: a draft's references checked, works around it, lists of sites; axe at zero."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import aiohttp
import msgspec
import pytest
from playwright.async_api import expect

from chatelet.identity.service import create_person
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import Narrator, furnished
from tests.browser.test_accessibility import DESK, HAND, Inspection
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server
from tests.journeys.service import PASSWORD, Service
from tests.journeys.visitor import Visitor
from tests.writing.manuscripts.drafts import as_docx
from tests.writing.manuscripts.test_api import BODY, LIST

pytestmark = pytest.mark.browser
STATEMENT = "Neural networks stay fair at the margin when they are pruned with care."
BOTH = pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])


@pytest.fixture(scope="module")
async def library() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


@pytest.fixture(scope="module")
async def desk(
    narrator: Narrator, library: ScholarlyServer, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Service]:
    """An installation whose desk asks three services of the loopback."""
    names = ("hal", "crossref", "openalex")
    settings = {
        "CHATELET_SCHOLARLY__SOURCES": msgspec.json.encode(names).decode(),
        "CHATELET_SCHOLARLY__ADDRESSES": msgspec.json.encode({name: library.base(name) for name in names}).decode(),
        "CHATELET_SCHOLARLY__SECONDS": "4",
    }
    with furnished(narrator, unused_tcp_port_factory(), **settings) as started:
        await started.start(60)
        yield started


@pytest.fixture(scope="module")
async def reader(desk: Service, http: aiohttp.ClientSession) -> Person:
    address, email = application_address(desk.data_dir), f"{uuid4()}@exemple.fr"
    assert address is not None
    opened = Database(address, pool_size=1)
    async with opened.transaction() as session:
        await create_person(session, email=email, name="Sophie Germain", password=PASSWORD, is_administrator=False)
    await opened.close()
    visitor = Visitor(http, desk.address)
    await visitor.sign_in(email)
    return Person(email, "Sophie Germain", visitor)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "brouillon.docx"
    path.write_bytes(as_docx((STATEMENT, *BODY), LIST))
    return path


@BOTH
async def test_a_draft_is_checked_then_placed_among_other_works(
    open_screen: OpenScreen, desk: Service, reader: Person, draft: Path, viewport: dict[str, int]
) -> None:
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(reader, "/recherche-savante", address=desk.address, **still)
    seen = Inspection(screen, found)
    await screen.page.get_by_role("tab", name="Vérifier des références").click()
    checking = screen.page.get_by_role("tabpanel", name="Vérifier des références")
    await checking.get_by_label("Brouillon", exact=True).set_input_files(draft)
    await expect(checking.get_by_text("brouillon.docx")).to_be_visible()
    await checking.get_by_role("button", name="Vérifier").click()
    report = checking.get_by_role("region", name="Références vérifiées")
    await expect(report.get_by_role("status")).to_contain_text("3 références vérifiées, 3 à revoir")
    await expect(report.get_by_text("Année fausse")).to_be_visible()
    await expect(report.get_by_text("Introuvable").first).to_be_visible()
    await expect(report.get_by_text("(Absent, 2011)")).to_be_visible()
    await seen.look("a report on a draft")

    await screen.page.get_by_role("tab", name="Travaux proches d’un brouillon").click()
    placing = screen.page.get_by_role("tabpanel", name="Travaux proches d’un brouillon")
    await placing.get_by_label("Brouillon à situer").set_input_files(draft)
    await placing.get_by_role("button", name="Proposer des recherches").click()
    form = placing.get_by_role("form", name="Recherches à envoyer")
    await expect(form).to_contain_text("3 références trouvées")
    await form.get_by_label("Recherche 1").fill("fairness neural networks margin")
    await seen.look("searches to confirm")
    await form.get_by_role("button", name="Chercher les travaux proches").click()
    results = placing.get_by_role("region", name="Recherches faites")
    await expect(results.get_by_text("Proche de votre phrase").first).to_be_attached()
    await results.get_by_text("que vous citez déjà").first.click()
    await expect(results.get_by_text("Dans votre bibliographie : Lefèvre").first).to_be_visible()
    await seen.look("works around a draft")
    assert not found, "\n".join(found)


@BOTH
async def test_a_list_of_sites_is_taken_from_a_file(
    open_screen: OpenScreen, new_person: NewPerson, tmp_path: Path, viewport: dict[str, int]
) -> None:
    chief = await new_person("Voltaire Arouet", administrator=True)
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(chief, "/administration/sites", **still)
    seen = Inspection(screen, found)
    site = f"s{uuid4().hex[:8]}.exemple.fr"
    listed = tmp_path / "sites.csv"
    listed.write_text(f"{site};officiel\n", "utf-8")
    await expect(screen.page.get_by_text("Aucun fichier choisi")).to_be_visible()
    await screen.page.get_by_label("Fichier CSV").set_input_files(listed)
    await expect(screen.page.get_by_text("sites.csv")).to_be_visible()
    await screen.page.get_by_role("button", name="Reprendre", exact=True).click()
    await expect(screen.page.get_by_text("1 site ajouté")).to_be_visible()
    await expect(screen.page.get_by_role("row", name=site)).to_be_visible()
    await seen.look("lists of sites")
    assert not found, "\n".join(found)

"""The scholarly desk on the screen: a draft's references checked, works around it, lists of sites; axe at zero."""

import re
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
from tests.fakes.local_web import Server, listening
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server
from tests.journeys.service import PASSWORD, Service
from tests.journeys.test_papers import base, open_at, settled
from tests.journeys.test_papers_explained import ANSWER, TEXT
from tests.journeys.visitor import Visitor
from tests.writing.manuscripts.drafts import as_docx
from tests.writing.manuscripts.test_api import BODY, LIST

pytestmark = pytest.mark.browser
BIBTEX = r"""@article{decay, title={Search for $B^{0} \to K^{*0} \gamma$ decays in {CO\textsubscript{2}}}, author={Petit, Ana}, year={2020}}"""
RIS = "TY  - JOUR\r\nTI  - Équité des forêts imaginaires\r\nAU  - Durand, Zoé\r\nPY  - 2021\r\nER  - \r\n"
STATEMENT = "Neural networks stay fair at the margin when they are pruned with care."
BOTH = pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])


@pytest.fixture(scope="module")
async def library() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


@pytest.fixture(scope="module")
async def press() -> AsyncIterator[Server]:
    """A publisher of the loopback."""
    server = Server()
    async with listening(server):
        yield server


@pytest.fixture(scope="module")
async def desk(
    narrator: Narrator, library: ScholarlyServer, press: Server, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Service]:
    """An installation whose desk asks three services of the loopback."""
    names = ("hal", "crossref", "openalex")
    settings = {
        "CHATELET_SCHOLARLY__SOURCES": msgspec.json.encode(names).decode(),
        "CHATELET_SCHOLARLY__ADDRESSES": msgspec.json.encode({name: library.base(name) for name in names}).decode(),
        "CHATELET_SCHOLARLY__SECONDS": "4",
        "CHATELET_WEB_SEARCH__INSIDE_ORIGINS": msgspec.json.encode([press.origin]).decode(),
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
async def test_works_are_found_under_every_filter_and_in_every_order(
    open_screen: OpenScreen, desk: Service, reader: Person, viewport: dict[str, int]
) -> None:
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(reader, "/recherche-savante", address=desk.address, **still)
    seen = Inspection(screen, found)
    panel = screen.page.get_by_role("tabpanel", name="Chercher des travaux")
    titles = panel.get_by_role("heading", level=3)
    search = panel.get_by_role("button", name="Chercher", exact=True)
    await panel.get_by_label("Mots, titre, ou question").fill("marge")
    await search.click()
    quiet = panel.get_by_role("listitem").filter(has_text="A quiet effect").first
    await expect(quiet.get_by_text("Rétracté").first).to_be_visible()
    await expect(quiet.locator("time")).to_have_text("1 juin 2019")
    await expect(quiet.get_by_role("link", name="DOI 10.5555/quiet.2019.9")).to_be_visible()
    margin = panel.get_by_role("listitem").filter(has_text="Fairness of Neural").first
    await expect(margin.get_by_role("link", name=re.compile("^arXiv"))).to_have_attribute(
        "href", re.compile("^https://arxiv.org/abs/")
    )
    await seen.look("works found")
    every = await titles.count()
    await panel.get_by_text("Filtres", exact=True).click()
    await panel.get_by_label("Trier par").select_option("date")
    await expect(titles.first).to_contain_text("Fairness")
    await panel.get_by_label("Trier par").select_option("citations")
    await expect(titles.first).to_contain_text("Fairness of Neural")
    for label, value in (
        ("À partir de l’année", "2022"),
        ("Jusqu’à l’année", "2023"),
        ("Auteur", "Lefèvre"),
        ("Domaine", "informatique"),
        ("Laboratoire", "Laboratoire"),
    ):
        await panel.get_by_label(label, exact=True).fill(value)
    await panel.get_by_label("Type").select_option("article")
    await panel.get_by_label("En accès ouvert seulement").check()
    await search.click()
    await expect(titles).to_have_count(1)
    await expect(titles.first).to_contain_text("Fairness of Neural")
    assert every > 3
    await panel.get_by_label("Auteur", exact=True).fill("Personne")
    await search.click()
    await expect(panel.get_by_text("Aucun travail trouvé")).to_be_visible()
    await seen.look("filters that nothing passes")
    assert not found, "\n".join(found)


@BOTH
async def test_a_figure_of_a_paper_is_explained(
    open_screen: OpenScreen,
    desk: Service,
    reader: Person,
    press: Server,
    narrator: Narrator,
    viewport: dict[str, int],
) -> None:
    found: list[str] = []
    kept = await base(reader.visitor)
    work = open_at(press.page("/lake.pdf", TEXT, "application/pdf"))
    added = await reader.visitor.call("POST", f"/api/collections/{kept}/papers", {"records": [work]})
    assert added.status == 201, added.body
    assert [one["text"] for one in await settled(reader.visitor, kept)] == ["read"]
    narrator.texts["Rate of loss against depth"] = ANSWER
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(reader, "/recherche-savante", address=desk.address, **still)
    await screen.page.get_by_role("tab", name="Publications de vos bases").click()
    await screen.page.get_by_label("Base de documents").select_option(value=kept)
    part = screen.page.get_by_role("region", name="Expliquer une figure ou une formule")
    picked = part.get_by_label("Ce que vous voulez comprendre")
    await expect(picked.get_by_role("option")).to_have_count(3, timeout=120_000)  # once its file is read
    await expect(picked.get_by_role("option").first).to_have_text(re.compile(r"^Figure 3 · p\.\s2 · Rate of loss"))
    await part.get_by_role("button", name="Expliquer").click()
    told = part.get_by_role("article", name="Explication – Figure 3")
    await expect(told.get_by_text("falls from 31 percent").first).to_be_visible()
    await expect(told.get_by_text("L’image n’a pas été regardée")).to_be_visible()
    await expect(told.get_by_text("2 phrases sans appui dans le texte")).to_be_visible()
    await expect(told.get_by_role("listitem").first).to_contain_text("qu’aucun passage lu ne nomme")
    await Inspection(screen, found).look("a figure explained")
    await picked.select_option(label="Un passage copié de la publication")
    await part.get_by_label("Le passage, tel qu’il est écrit").fill("E = m c squared")
    await part.get_by_role("button", name="Expliquer").click()
    await expect(part.get_by_role("alert")).to_contain_text("ne sont pas dans le texte gardé")
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
    row = screen.page.get_by_role("row", name=site)
    await row.scroll_into_view_if_needed()
    await expect(row.get_by_role("button", name="Retirer")).to_be_in_viewport(ratio=1)
    await seen.look("lists of sites")
    assert not found, "\n".join(found)


@BOTH
async def test_lists_of_references_are_brought_from_their_files(
    open_screen: OpenScreen, desk: Service, reader: Person, tmp_path: Path, viewport: dict[str, int]
) -> None:
    """BibTeX, RIS and DOIs, chosen in the page, then read in the base; a formula of a title is set."""
    found: list[str] = []
    kept = await base(reader.visitor)
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(reader, "/recherche-savante", address=desk.address, **still)
    await screen.page.get_by_role("tab", name="Publications de vos bases").click()
    await screen.page.get_by_label("Base de documents").select_option(value=kept)
    panel = screen.page.get_by_role("tabpanel", name="Publications de vos bases")
    await panel.get_by_text("Ajouter une liste de références", exact=True).click()
    written = panel.get_by_label(re.compile("^Références à ajouter"))
    for name, words, title in (
        ("zotero.bib", BIBTEX, "Search for"),
        ("liste.ris", RIS, "Équité des forêts"),
        ("dois.txt", "10.5555/margin.2023.17\n", "Fairness of Neural"),
    ):
        (tmp_path / name).write_bytes(words.encode("windows-1252"))
        await panel.get_by_label("Fichier de références", exact=True).set_input_files(tmp_path / name)
        await expect(panel.get_by_text(name)).to_be_visible()
        await expect(written).to_have_value(re.compile(re.escape(words.split("\r")[0].strip())))
        await panel.get_by_role("button", name="Ajouter à la base", exact=True).click()
        await expect(panel.get_by_role("heading", name=title)).to_be_visible()
    decay = panel.get_by_role("heading", name="Search for")
    await expect(decay.locator(".katex")).to_be_visible()
    await expect(decay).not_to_contain_text("$")
    await Inspection(screen, found).look("references brought from files")
    papers = (await reader.visitor.get(f"/api/collections/{kept}/papers"))["items"]
    assert {one["record"]["title"] for one in papers} >= {r"Search for $B^{0} \to K^{*0} \gamma$ decays in CO₂"}
    assert not found, "\n".join(found)

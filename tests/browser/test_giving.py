"""The ways in of a file, and what is told of it meanwhile: the camera of a phone, a folder, a cut network, a long scan."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Route, ViewportSize, expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.screen import Screen
from tests.browser.test_documents import chips
from tests.documents.ocr import scanning
from tests.journeys import files

pytestmark = pytest.mark.browser
HAND = ViewportSize(width=390, height=844)
NOTE = "La préfète a reçu les maîtres d'œuvre le 14 février 2024."


async def test_a_phone_takes_a_picture(open_screen: OpenScreen, ada: Person) -> None:
    screen = await open_screen(ada, viewport=HAND, has_touch=True, is_mobile=True)
    await screen.open_menu("Ajouter des fichiers ou des bases")
    async with screen.page.expect_file_chooser() as chosen:
        await screen.action("Prendre une photo").tap()
    camera = await chosen.value
    assert await camera.element.get_attribute("capture") == "environment"
    assert await camera.element.get_attribute("accept") == "image/*"
    picture = {"name": "IMG_1.png", "mimeType": "image/png", "buffer": scanning.png(scanning.drawn())}
    await camera.set_files([picture])  # type: ignore[list-item]
    await expect(chips(screen).filter(has_text=re.compile("IMG_1.*lu, 1 page"))).to_be_visible()


async def test_a_desk_without_camera_is_not_offered_one(screen: Screen) -> None:
    await screen.open_menu("Ajouter des fichiers ou des bases")
    await expect(screen.action("Un dossier entier")).to_be_visible()
    await expect(screen.action("Prendre une photo")).to_have_count(0)


async def test_a_folder_is_dropped_on_the_conversation(screen: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "Notes de service"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "juin.txt").write_text(NOTE, "utf-8")
    (folder / "index.txt").write_text(NOTE, "utf-8")
    (folder / ".caché").write_text(NOTE, "utf-8")
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    box = await screen.heading("Bonjour Ada").bounding_box()
    assert box
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    # A real folder, as the system gives it to the browser.
    held = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    remote = await screen.page.context.new_cdp_session(screen.page)
    for kind in ("dragEnter", "dragOver"):
        await remote.send("Input.dispatchDragEvent", {"type": kind, **at, "data": held})
    await expect(screen.main.get_by_text("Déposez vos fichiers ici.")).to_be_visible()
    await remote.send("Input.dispatchDragEvent", {"type": "drop", **at, "data": held})
    await expect(chips(screen)).to_have_count(2)
    await expect(chips(screen).filter(has_text=re.compile("juin.txt.*lu"))).to_be_visible()
    await expect(chips(screen).filter(has_text=re.compile("index.txt.*lu"))).to_be_visible()


async def test_a_sending_cut_in_the_middle_goes_on_where_it_stopped(screen: Screen, ada: Person) -> None:
    data = b"\n".join(f"Ligne {number} du registre.".encode() for number in range(400_000))
    sent: list[int] = []
    cut = True

    async def network(route: Route) -> None:
        offset = int(route.request.url.rsplit("/", 1)[1])
        if cut and offset:
            await route.abort("connectionfailed")
            return
        sent.append(offset)
        await route.continue_()

    await screen.page.route("**/api/files/*/parts/*", network)
    given = {"name": "registre.txt", "mimeType": "text/plain", "buffer": data}
    await screen.page.locator("input[data-adds=files]").set_input_files([given])  # type: ignore[list-item]
    await expect(chips(screen)).to_contain_text(["liaison coupée, l’envoi reprendra"])
    await expect(screen.composer).to_be_enabled()
    async with screen.page.expect_response(re.compile(r"/parts/\d{7,}$")) as answer:
        cut = False
    file = (await answer.value).url.split("/api/files/")[1].split("/")[0]
    assert (await files.until_read(ada.visitor, file, 120))["state"] == "read"
    whole = await ada.visitor.http.get(f"{ada.visitor.address}/api/files/{file}/original", headers=ada.visitor.headers)
    assert await whole.read() == data
    assert len(sent) == len(set(sent)) > 2, "no part left twice"


async def test_a_scan_says_which_page_is_being_recognised(screen: Screen) -> None:
    given = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": scanning.pages(10)}
    await screen.page.locator("input[data-adds=files]").set_input_files([given])  # type: ignore[list-item]
    await expect(chips(screen)).to_contain_text([re.compile(r"reconnaissance du texte, page \d+ sur 10")])
    # Whoever reads it meanwhile may write, and ask.
    await screen.composer.fill("Que dit ce scan ?")
    await expect(screen.button("Envoyer")).to_be_enabled()
    await expect(chips(screen)).to_contain_text(["lu, 10 pages"])

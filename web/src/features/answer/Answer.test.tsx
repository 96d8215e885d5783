// @vitest-environment jsdom
/** An answer on screen: it grows, it tells when it is whole, its links say where they lead before they are followed. */
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { IntlProvider } from "use-intl";
import { beforeEach, describe, expect, it, vi } from "vitest";
import messages from "#/i18n/fr";
import { Answer, type AnswerProps } from "./Answer";
import { ALL_CONSTRUCTS } from "./testing/corpus";

beforeEach(() => {
  // jsdom has none; the dialog's library asks for it.
  vi.stubGlobal("CSS", { escape: (name: string) => name });
});

function page(props: AnswerProps) {
  return (
    <IntlProvider locale="fr" messages={messages}>
      <Answer {...props} />
    </IntlProvider>
  );
}

describe("an answer", () => {
  it("grows to the same page as the whole text gives at once", async () => {
    const text = ALL_CONSTRUCTS.replaceAll(/\$[^$]*\$/g, "x").replaceAll(/\\[[(][^\])]*\\[\])]/g, "y");
    const whole = vi.fn();
    const once = render(page({ text, streaming: false, onReady: whole }));
    await waitFor(() => expect(whole).toHaveBeenCalledOnce(), { timeout: 10_000 });
    const grown = vi.fn();
    const slowly = render(page({ text: "", streaming: true, onReady: grown }));
    for (let at = 0; at < text.length; at += 23) {
      slowly.rerender(page({ text: text.slice(0, at), streaming: true, onReady: grown }));
      if (at % 5 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    expect(grown).not.toHaveBeenCalled();
    slowly.rerender(page({ text, streaming: false, onReady: grown }));
    await waitFor(() => expect(grown).toHaveBeenCalledOnce(), { timeout: 10_000 });
    await waitFor(() => expect(slowly.container.innerHTML).toBe(once.container.innerHTML));
  }, 30_000);

  it("begins again when the text is another one", async () => {
    const { container, rerender } = render(page({ text: "Premier texte", streaming: true }));
    rerender(page({ text: "Autre texte", streaming: false }));
    await waitFor(() => expect(container.textContent).toBe("Autre texte"));
  });

  it("has nothing that axe finds wrong", async () => {
    const ready = vi.fn();
    const { container } = render(page({ text: ALL_CONSTRUCTS, streaming: false, onReady: ready }));
    await waitFor(() => expect(ready).toHaveBeenCalled(), { timeout: 10_000 });
    // Colours need a browser; the headings above these are the page's.
    const rules = {
      "color-contrast": { enabled: false },
      "heading-order": { enabled: false },
      region: { enabled: false },
    };
    expect((await axe.run(container, { rules })).violations).toEqual([]);
  }, 30_000);
});

describe("a link of an answer", () => {
  it("shows its place, then its whole address, before it opens", async () => {
    const user = userEvent.setup();
    const open = vi.spyOn(window, "open").mockReturnValue(null);
    const { container } = render(page({ text: "Voir [la notice](https://www.cnrs.fr/a?b=c).", streaming: false }));
    expect(container.textContent).toBe("Voir la notice (www.cnrs.fr).");
    await user.click(screen.getByRole("link", { name: "la notice" }));
    expect(screen.getByRole("dialog", { name: "Ouvrir www.cnrs.fr\u202F?" })).toBeTruthy();
    expect(screen.getByText("https://www.cnrs.fr/a?b=c")).toBeTruthy();
    expect(open).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Ouvrir dans un nouvel onglet" }));
    expect(open).toHaveBeenCalledExactlyOnceWith("https://www.cnrs.fr/a?b=c", "_blank", "noopener,noreferrer");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("is not followed when the person stays", async () => {
    const user = userEvent.setup();
    const open = vi.spyOn(window, "open").mockReturnValue(null);
    render(page({ text: "https://www.cnrs.fr", streaming: false }));
    screen.getByRole("link").focus();
    await user.keyboard("{Enter}");
    expect(screen.getByRole("dialog")).toBeTruthy();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(open).not.toHaveBeenCalled();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("link")));
  });
});

it("copies a piece of code as it is, and says so", async () => {
  const copied = vi.fn();
  document.execCommand = () => {
    const event = new Event("copy", { bubbles: true, cancelable: true });
    document.dispatchEvent(Object.assign(event, { clipboardData: { setData: copied } }));
    return true;
  };
  render(page({ text: "```py\nx = 1\n\ny = 2\n```", streaming: false }));
  const button = screen.getByRole("button", { name: "Copier le code" });
  button.click();
  await waitFor(() => expect(button.textContent).toBe("Copié"));
  expect(copied).toHaveBeenCalledExactlyOnceWith("text/plain", "x = 1\n\ny = 2");
});

describe("links of an answer that rests on the web", () => {
  const READ = new Set(["https://www.service-public.fr/page"]);
  const TEXT =
    "[lue](https://www.service-public.fr/page#haut) [inventée](https://evil.example/?d=secret) https://nulle.example/part ![x](https://evil.example/p.png)";

  it("an address that was not read is words, never a link nor a request", async () => {
    const ready = vi.fn();
    const { container } = render(page({ text: TEXT, streaming: false, links: READ, onReady: ready }));
    await waitFor(() => expect(ready).toHaveBeenCalled());
    expect([...container.querySelectorAll("a")].map((link) => link.href)).toEqual([
      "https://www.service-public.fr/page#haut",
    ]);
    expect(container.querySelectorAll("img, iframe, script, object")).toHaveLength(0);
    expect(container.textContent).toContain("inventée (evil.example)");
    expect(container.textContent).toContain("https://nulle.example/part");
  });

  it("any other answer keeps its links", async () => {
    const ready = vi.fn();
    const { container } = render(page({ text: TEXT, streaming: false, onReady: ready }));
    await waitFor(() => expect(ready).toHaveBeenCalled());
    expect(container.querySelectorAll("a")).toHaveLength(3);
  });
});

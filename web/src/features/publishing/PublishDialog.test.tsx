/** Without a review the label stays; with one, it names who answers for the text, and may be changed or left out. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Published } from "#/api/publishing";
import { render } from "#/testing/render";
import { PublishDialog } from "./PublishDialog";

const sent = vi.hoisted(() => vi.fn());
vi.mock("#/api/sessions", () => ({ usePerson: () => ({ name: "Ada Martin" }) }));
vi.mock("#/api/publishing", () => ({ usePublish: () => ({ mutate: sent, isPending: false, error: null }) }));

const asked = (body: Published["body"]): Published => ({ kind: "draft", id: "1", body });
const last = () => sent.mock.lastCall?.[0].body;

function open(language: "fr" | "en" = "fr") {
  render(
    <PublishDialog
      language={language}
      name="Lettre"
      forms={["docx", "md"] as const}
      asked={asked}
      onClose={() => undefined}
    />,
  );
}

const take = () => userEvent.click(screen.getByRole("button", { name: "Télécharger" }));
const label = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Mention/ });

test("a text that nobody reviewed keeps a label", async () => {
  open();
  expect(screen.getByRole("checkbox", { name: /Montrer la mention/ })).toHaveProperty("disabled", true);
  await take();
  expect(last()).toEqual({
    form: "docx",
    reviewed: false,
    label: "Texte généré ou modifié par une intelligence artificielle.",
  });
  await userEvent.clear(label());
  expect(screen.getByRole("button", { name: "Télécharger" })).toHaveProperty("disabled", true);
});

test("a review proposes the label that names its person, which may be left out", async () => {
  open();
  await userEvent.click(screen.getByRole("checkbox", { name: /J’ai relu/ }));
  expect(label().value).toContain("relu par Ada Martin, qui en assume");
  await userEvent.click(screen.getByRole("checkbox", { name: /Montrer la mention/ }));
  await userEvent.selectOptions(screen.getByRole("combobox"), "md");
  await take();
  expect(last()).toEqual({ form: "md", reviewed: true, label: "" });
});

test("the label is in the language of the document, and in words of one's own", async () => {
  open("en");
  expect(label().value).toBe("Text generated or manipulated by artificial intelligence.");
  await userEvent.clear(label());
  await userEvent.type(label(), "Written with an AI,{Enter}by us.");
  await take();
  expect(last()).toMatchObject({ label: "Written with an AI, by us." });
});

import { describe, expect, test } from "vitest";
import type { TemplateField } from "#/api/types";
import { missing, sentContent, unitsOf, wantedDraft } from "./form";

const field = (name: string, more: Partial<TemplateField> = {}): TemplateField => ({
  name,
  label: name,
  kind: "short",
  required: false,
  help: "",
  choices: [],
  ...more,
});

describe("the form of a template", () => {
  const fields = [field("subject", { required: true }), field("note")];

  test("says the first field that is missing, spaces are nothing", () => {
    expect(missing(fields, { subject: "  " })?.name).toBe("subject");
    expect(missing(fields, { subject: "Travaux" })).toBeNull();
  });

  test("sends the fields of this template that were filled, and nothing else", () => {
    const values = { subject: " Travaux ", note: "", other: "d’un autre modèle" };
    expect(wantedDraft("t1", fields, values)).toEqual({ template_id: "t1", values: { subject: "Travaux" } });
  });

  test("sends answers only for a choice", () => {
    const content = {
      name: "Note",
      purpose: "",
      language: "fr" as const,
      body: "{{a}}",
      fields: [field("a", { kind: "choice", choices: ["Oui ", "", "Non"] }), field("b", { choices: ["reste"] })],
    };
    expect(sentContent(content).fields.map(({ choices }) => choices)).toEqual([["Oui", "Non"], []]);
  });

  test("counts beyond the basic plane as the server does", () => {
    const text = "𝔸𝔸 14 pages";
    const [start, end] = unitsOf(text, 3, 5);
    expect(text.slice(start, end)).toBe("14");
  });
});

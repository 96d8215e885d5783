import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { render } from "#/testing/render";
import { model } from "#/testing/samples";
import { ModelPicker } from "./ModelPicker";

const free = { ...model, id: "free", display_name: "Libre", highest_level: "restricted" as const };
const never = {
  ...free,
  id: "never",
  display_name: "Exclu",
  refusals: [{ rule: "models_never" as const, unit: "Achats", category: null }],
};
const kept = {
  ...free,
  id: "kept",
  display_name: "Ailleurs",
  categories: ["personal", "health"] as const,
  refusals: [{ rule: "kept_in" as const, unit: "", category: "health" as const }],
};
const names = {
  ...free,
  id: "names",
  display_name: "Noms",
  categories: ["personal"] as const,
  refusals: [{ rule: "names_required" as const, unit: "Achats", category: "personal" as const }],
};

async function open(categories: readonly ("personal" | "health")[]) {
  const onChange = vi.fn();
  const all = { categories: ["personal", "health"] as const };
  const models = [{ ...free, ...all }, { ...never, ...all }, kept, names];
  render(
    <ModelPicker
      models={models}
      chosen={models[0] ?? null}
      level="internal"
      categories={categories}
      onChange={onChange}
    />,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("button"));
  return { onChange, user, choice: (name: string) => screen.getByRole("menuitemradio", { name: new RegExp(name) }) };
}

test("a model that a rule of a unit refuses is greyed, and says whose rule it is", async () => {
  const { choice, onChange, user } = await open([]);
  const refused = choice("Exclu");
  expect(refused.getAttribute("aria-disabled")).toBe("true");
  expect(refused.textContent).toContain("Refusé par une règle de Achats\u202f: ce modèle y est exclu.");
  await user.click(refused);
  expect(onChange).not.toHaveBeenCalled();
  expect(choice("Ailleurs").getAttribute("aria-disabled")).toBeNull();
});

test("a category that must stay elsewhere refuses a model only where it is there", async () => {
  const { choice } = await open(["personal", "health"]);
  expect(choice("Ailleurs").textContent).toMatch(/Refusé par une règle de l’institution\u202f: .*santé/);
});

test("a model to which names go replaced is not refused", async () => {
  const { choice } = await open(["personal"]);
  expect(choice("Noms").getAttribute("aria-disabled")).toBeNull();
});

test("the reasons are read with the heading, for those whom the keyboard does not lead to greyed choices", async () => {
  await open([]);
  const group = screen.getByRole("group", { name: /Exclu, Refusé par une règle de Achats/ });
  expect(within(group).getAllByRole("menuitemradio")).toHaveLength(4);
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import type { Level, Model } from "#/api/types";
import { render } from "#/testing/render";
import { model, session } from "#/testing/samples";
import { LevelPicker } from "./LevelPicker";

interface Given {
  readonly level?: Level;
  readonly floor?: Level;
  readonly highest?: Level;
  readonly models?: readonly Model[] | undefined;
}

async function open({ level = "internal", floor, highest = "restricted", models }: Given = {}) {
  const onChange = vi.fn();
  render(<LevelPicker level={level} floor={floor} models={models} onChange={onChange} />, {
    server: [[["session", "current"], { ...session, highest_level: highest }]],
  });
  const user = userEvent.setup();
  await user.click(screen.getByRole("button"));
  const choices = screen.getAllByRole("menuitemradio");
  return { onChange, user, choices, names: choices.map((one) => one.textContent ?? "") };
}

const cleared = { ...model, highest_level: "diffusion_restreinte" as const };

describe("LevelPicker", () => {
  test("offers no level above what the installation is approved for, and says which is the highest", async () => {
    const { names } = await open({ models: [cleared] });
    expect(names).toHaveLength(3);
    expect(names.some((words) => words.startsWith("Diffusion restreinte"))).toBe(false);
    expect(names[2]).toMatch(/^Sensible.*Le plus haut niveau approuvé pour cette installation\.$/);
  });

  test("says nothing of it where every level is approved", async () => {
    const { names } = await open({ highest: "diffusion_restreinte", models: [cleared] });
    expect(names).toHaveLength(4);
    expect(names.join()).not.toContain("approuvé");
  });

  test("says that no model is cleared for a level, once the models are known", async () => {
    const { choices, onChange, user } = await open({ models: [model] });
    expect(choices[2]?.textContent).toContain("Aucun modèle n’est habilité pour ce niveau.");
    await user.click(choices[2] as HTMLElement);
    expect(onChange).not.toHaveBeenCalled();
  });

  test("forbids nothing in the name of models that are not known yet", async () => {
    const { names } = await open({ models: undefined });
    expect(names.join()).not.toContain("Aucun modèle");
  });

  test("still shows the level of a conversation that is above, and why it is of no use", async () => {
    const { names } = await open({ level: "restricted", floor: "restricted", highest: "internal", models: [cleared] });
    expect(names).toHaveLength(3);
    expect(names[2]).toContain("Cette installation n’est plus approuvée pour ce niveau.");
  });
});

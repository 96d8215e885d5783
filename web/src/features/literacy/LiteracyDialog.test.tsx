/** Six steps walked by keyboard, there and back; the end is counted once, then no more in this browser. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { render } from "#/testing/render";
import { finishedOn } from "./finished";
import LiteracyDialog, { STEPS } from "./LiteracyDialog";

const ADA = "01900000-0000-7000-8000-0000000000ad";
const server = vi.hoisted(() => ({ call: vi.fn(), person: "" }));
vi.mock("#/api/sessions", () => ({ usePerson: () => ({ id: server.person }) }));
vi.mock("#/api/call", async (actual) => ({ ...(await actual<object>()), call: server.call }));

beforeEach(() => {
  localStorage.clear();
  server.person = ADA;
  server.call.mockReset().mockResolvedValue(undefined);
});

const at = () => screen.getByText(/^Étape \d sur \d$/).textContent;
const title = () => screen.getByRole("heading", { level: 3 });

/** By keyboard alone: from the title of the step to the button of this name, then Enter. */
async function press(name: string) {
  const button = screen.getByRole("button", { name });
  for (let tabs = 0; tabs < 4 && document.activeElement !== button; tabs++) await userEvent.tab();
  expect(document.activeElement).toBe(button);
  await userEvent.keyboard("{Enter}");
}

async function walk() {
  for (const _ of STEPS.slice(1)) await press("Étape suivante");
}

test("steps go forward and back by keyboard, each read from its title", async () => {
  render(<LiteracyDialog onClose={() => undefined} />);
  expect(screen.queryByRole("button", { name: "Étape précédente" })).toBeNull();
  const titles: (string | null)[] = [title().textContent];
  for (const _ of STEPS.slice(1)) {
    await press("Étape suivante");
    expect(document.activeElement).toBe(title());
    titles.push(title().textContent);
  }
  expect(at()).toBe("Étape 6 sur 6");
  expect(new Set(titles).size).toBe(6);
  expect(screen.queryByRole("button", { name: "Étape suivante" })).toBeNull();
  for (const before of titles.slice(0, -1).reverse()) {
    await press("Étape précédente");
    expect(title().textContent).toBe(before);
  }
  expect(at()).toBe("Étape 1 sur 6");
  expect(server.call).not.toHaveBeenCalled();
});

test("its end is counted once, and no more in this browser; another person is", async () => {
  const closed = vi.fn();
  const first = render(<LiteracyDialog onClose={closed} />);
  await walk();
  expect(screen.getByText(/vous ajoutez un au compte/)).toBeTruthy();
  await press("J’ai terminé");
  await waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  expect(server.call.mock.calls).toEqual([["POST", "/api/literacy/completions", {}]]);
  first.unmount();

  const again = render(<LiteracyDialog onClose={closed} />);
  await walk();
  expect(screen.getByText(/il n’est pas compté de nouveau/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "J’ai terminé" })).toBeNull();
  const [, end] = screen.getAllByRole("button", { name: "Fermer" });
  end?.focus();
  await userEvent.keyboard("{Enter}");
  expect(closed).toHaveBeenCalledTimes(2);
  expect(server.call).toHaveBeenCalledTimes(1);
  again.unmount();

  server.person = "another";
  render(<LiteracyDialog onClose={closed} />);
  await walk();
  expect(screen.getByRole("button", { name: "J’ai terminé" })).toBeTruthy();
});

test("what could not be counted is said, and may be tried again", async () => {
  const closed = vi.fn();
  server.call.mockRejectedValueOnce(new Error("unreachable"));
  render(<LiteracyDialog onClose={closed} />);
  await walk();
  await press("J’ai terminé");
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect([closed.mock.calls.length, finishedOn(ADA)]).toEqual([0, null]);
  await press("J’ai terminé");
  await waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  expect(finishedOn(ADA)).toMatch(/^\d{4}-\d\d-\d\d$/);
});

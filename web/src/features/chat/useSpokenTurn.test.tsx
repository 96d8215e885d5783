/** The end of an answer is heard once, whenever its conversation is drawn. */
import { expect, test } from "vitest";
import type { TurnView } from "#/features/turn";
import { attachingTurn, reduceTurn } from "#/features/turn/reducer";
import { render } from "#/testing/render";
import { useSpokenTurn } from "./useSpokenTurn";

function Listening({ turn }: { readonly turn: TurnView | null }) {
  useSpokenTurn(turn);
  return null;
}

const failed = () =>
  reduceTurn(attachingTurn("t1", 0, ""), { type: "given_up", error: { code: "model_unreachable", params: {} } });
const heard = () => document.querySelector("[aria-live=polite]")?.textContent;

test("what failed before its conversation was drawn is said, and only then", () => {
  const turn = failed();
  const first = render(<Listening turn={turn} />);
  expect(heard()).toContain("Le serveur du modèle ne répond pas.");
  first.unmount();
  render(<Listening turn={turn} />);
  expect(heard()).toBe("");
});

test("the next one is said too", () => {
  const { rerender } = render(<Listening turn={failed()} />);
  expect(heard()).toContain("Le serveur du modèle ne répond pas.");
  rerender(<Listening turn={attachingTurn("t2", 0, "")} />);
  expect(heard()).toBe("La réponse s’écrit.");
});

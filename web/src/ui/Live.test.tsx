import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { render } from "#/testing/render";
import { type ToastContent, useLive } from "./Live";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function Say({ content }: { readonly content: ToastContent }) {
  const { toast, announce } = useLive();
  return (
    <>
      <button type="button" onClick={() => toast(content)}>
        toast
      </button>
      <button type="button" onClick={() => announce("La réponse s’écrit.")}>
        announce
      </button>
    </>
  );
}

const spoken = () => document.querySelector("[aria-live=polite]")?.textContent;

describe("toasts", () => {
  test("leave by themselves, not under the pointer", () => {
    render(<Say content={{ words: "Supprimée.", lasts: 15 }} />);
    fireEvent.click(screen.getByText("toast"));
    const toast = screen.getByText("Supprimée.", { selector: "section span" });
    act(() => vi.advanceTimersByTime(14_000));
    fireEvent.pointerEnter(toast.parentElement ?? toast);
    act(() => vi.advanceTimersByTime(60_000));
    expect(toast.isConnected).toBe(true);
    fireEvent.pointerLeave(toast.parentElement ?? toast);
    act(() => vi.advanceTimersByTime(15_000));
    expect(toast.isConnected).toBe(false);
  });

  test("run their action once, and go", () => {
    const run = vi.fn();
    render(<Say content={{ words: "Supprimée.", action: { name: "Annuler", run } }} />);
    fireEvent.click(screen.getByText("toast"));
    fireEvent.click(screen.getByRole("button", { name: "Annuler" }));
    expect(run).toHaveBeenCalledOnce();
    expect(screen.queryByRole("button", { name: "Annuler" })).toBeNull();
  });

  test("are spoken with their action", () => {
    render(<Say content={{ words: "Supprimée.", action: { name: "Annuler", run: () => undefined } }} />);
    fireEvent.click(screen.getByText("toast"));
    expect(spoken()).toBe("Supprimée. Annuler");
  });
});

test("the same words twice are spoken twice", () => {
  render(<Say content={{ words: "" }} />);
  fireEvent.click(screen.getByText("announce"));
  const first = document.querySelector("[aria-live=polite] span");
  fireEvent.click(screen.getByText("announce"));
  expect(spoken()).toBe("La réponse s’écrit.");
  expect(document.querySelector("[aria-live=polite] span")).not.toBe(first);
});

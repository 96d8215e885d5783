import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

vi.mock("#/features/answer", () => {
  throw new Error("the line is cut");
});

test("an answer whose renderer cannot be fetched is read without its setting", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 2_000 });
  const { AnswerText } = await import("./AnswerText");
  render(<AnswerText text="**Bonjour** à tous" streaming={false} />);
  expect(screen.getByText("**Bonjour** à tous")).toBeTruthy();
  await vi.waitFor(() => expect(document.querySelectorAll("div div div")).toHaveLength(1), { timeout: 5_000 });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(screen.getByText("**Bonjour** à tous")).toBeTruthy();
  vi.useRealTimers();
});

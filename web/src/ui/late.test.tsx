import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { late, UnfetchedContext, useLate } from "./late";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a fetch that fails is tried again, told once, closes what waited, and comes at the next try", async () => {
  let away = true;
  const code = vi.fn(() => (away ? Promise.reject(new Error("away")) : Promise.resolve("code")));
  const [tell, close, part] = [vi.fn(), vi.fn(), late(code)];
  const { result, rerender } = renderHook(({ wanted }) => useLate(part, wanted, close), {
    initialProps: { wanted: true },
    wrapper: ({ children }) => <UnfetchedContext value={tell}>{children}</UnfetchedContext>,
  });
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect([code.mock.calls.length, tell.mock.calls.length, close.mock.calls.length]).toEqual([3, 1, 1]);
  expect(result.current).toBeNull();
  rerender({ wanted: false });
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(code).toHaveBeenCalledTimes(3);
  away = false;
  rerender({ wanted: true });
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(result.current).toBe("code");
  expect(tell).toHaveBeenCalledTimes(1);
});

test("what cannot be closed waits until its code comes", async () => {
  let away = true;
  const part = late(() => (away ? Promise.reject(new Error("away")) : Promise.resolve("code")));
  const tell = vi.fn();
  const { result } = renderHook(() => useLate(part, true, () => undefined), {
    wrapper: ({ children }) => <UnfetchedContext value={tell}>{children}</UnfetchedContext>,
  });
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  away = false;
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(result.current).toBe("code");
  expect(tell).toHaveBeenCalledTimes(1);
});

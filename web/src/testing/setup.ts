/** Every test starts with an empty page and empty storage; the work of a page does not outlive it, nor what a file put in place of a browser's thing. */
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { dropWork } from "#/features/answer/pace";
import { dialogParts } from "#/ui/Dialog";
import { menuParts } from "#/ui/Menu";
import { tipParts } from "#/ui/Tip";

// As in a page that has been there for a second.
beforeAll(() => Promise.all([dialogParts.fetch(), menuParts.fetch(), tipParts.fetch()]));

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

afterAll(() => {
  dropWork();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

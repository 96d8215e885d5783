/** Every test starts with an empty page and empty storage; the work of a page does not outlive it. */
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach } from "vitest";
import { dropWork } from "#/features/answer/pace";

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

afterAll(dropWork);

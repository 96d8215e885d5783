import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { ApiError } from "#/api/http";
import fr from "#/i18n/fr";
import { render } from "#/testing/render";
import { ErrorNotice } from "./ErrorNotice";

// That every code of the server has its sentence is checked beside the errors themselves (tests/architecture/test_errors.py).
const codes = Object.keys(fr.errors).filter((code) => code !== "reference");

describe("error sentences", () => {
  test.each(codes)("%s is a whole sentence, whatever the parameters sent", (code) => {
    render(<ErrorNotice error={new ApiError(code, 400)} />);
    expect(screen.getByRole("alert").querySelector("p")?.textContent).toMatch(/^[A-ZÀÉ][^{}]+\.$/);
  });

  test("figures are put in their place", () => {
    render(<ErrorNotice error={new ApiError("too_many_attempts", 429, { retry_after: 12 })} />);
    expect(screen.getByRole("alert").textContent).toContain("12 secondes");
  });

  test("a code of a newer server is told as an unexpected error, with its reference", () => {
    render(<ErrorNotice error={new ApiError("never_heard_of", 500, {}, "01a2")} />, { locale: "en" });
    expect(screen.getByRole("alert").textContent).toContain("unexpected error");
    expect(screen.getByRole("alert").textContent).toContain("01a2");
  });
});

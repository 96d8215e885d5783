import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ApiError } from "#/api/http";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { render } from "#/testing/render";
import { Contesting } from "./Contesting";

function Failing({ code }: { readonly code: string }) {
  const tell = useErrorToast();
  return (
    <button type="button" onClick={() => tell(new ApiError(code, 403))}>
      Échouer
    </button>
  );
}

test.each(["level_cannot_drop", "marking_refused"])("%s, told in passing, is contested there", async (code) => {
  render(
    <Contesting>
      <Failing code={code} />
    </Contesting>,
  );
  await userEvent.click(screen.getByText("Échouer"));
  await userEvent.click(await screen.findByRole("button", { name: /contester/i }));
  expect(await screen.findByRole("dialog")).toBeTruthy();
});

test("an error that no safeguard decided is only told", async () => {
  render(
    <Contesting>
      <Failing code="folder_not_found" />
    </Contesting>,
  );
  await userEvent.click(screen.getByText("Échouer"));
  expect(await screen.findAllByText(/dossier/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /contester/i })).toBeNull();
});

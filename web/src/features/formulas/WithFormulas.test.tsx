import { render, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { WithFormulas } from "./WithFormulas";

vi.mock("#/features/answer/typeset", () => ({
  laterFormula: ({ tex }: { readonly tex: string }) =>
    Promise.resolve(() => {
      if (tex.includes("\\unknown")) return null;
      const made = document.createElement("i");
      made.textContent = `<${tex}>`;
      return made;
    }),
}));

it("sets the formulas of a title, and keeps its words", async () => {
  const { container, rerender } = render(<WithFormulas text={"Bounds on $\\alpha$ here"} />);
  expect(container.textContent).not.toContain("$");
  rerender(<WithFormulas text={"Bounds on $\\alpha$ here"} />);
  await waitFor(() => expect(container.textContent).toBe("Bounds on <\\alpha> here"));
  rerender(<WithFormulas text={"Bounds on $\\beta$ there"} />);
  await waitFor(() => expect(container.textContent).toBe("Bounds on <\\beta> there"));
});

it("leaves what cannot be set as characters", async () => {
  const { container } = render(<WithFormulas text={"On $\\unknown x$ <b>bold</b>"} />);
  await new Promise((done) => setTimeout(done, 0));
  expect(container.textContent).toBe("On x <b>bold</b>");
  expect(container.querySelector("b")).toBeNull();
});

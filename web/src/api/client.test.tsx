import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { hangUp, json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { model } from "#/testing/samples";
import { createQueryClient } from "./client";
import { open, UNREACHABLE } from "./http";
import { useModels } from "./models";

const server = scriptedServer();

function Page() {
  const { data, isError } = useModels();
  return data ? data.length : isError ? "failed" : "coming";
}

test("what could not be read while the server was away is read as soon as it is back", async () => {
  server.paths["/api/models"] = hangUp;
  server.paths["/api/health/live"] = json({});
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  await screen.findByText("failed", {}, { timeout: 8_000 });
  server.paths["/api/models"] = json({ items: [model] });
  await open("GET", "/api/health/live");
  await vi.waitFor(() => expect(screen.getByText("1")).toBeTruthy());
}, 12_000);

test("an answer that does not come within its time is a server that cannot be reached", async () => {
  server.paths["/api/models"] = () => undefined;
  await expect(open("GET", "/api/models", { seconds: 0.05 })).rejects.toMatchObject({ code: UNREACHABLE });
});

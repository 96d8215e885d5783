/** What every address of the signed-in part is under. */
import { createRootRoute, Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { Shell } from "#/features/shell/Shell";
import { fetchNext } from "./ahead";

export const root = createRootRoute({
  component: () => {
    useEffect(fetchNext, []);
    return (
      <Shell>
        <Outlet />
      </Shell>
    );
  },
});

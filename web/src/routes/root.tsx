/** What every address of the signed-in part is under. */
import { createRootRoute, Outlet } from "@tanstack/react-router";
import { Shell } from "#/features/shell/Shell";

export const root = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
});

/** The addresses of the signed-in part. Settings and administration are fetched when they are opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { Shell } from "#/features/shell/Shell";
import { Broken } from "./Broken";
import { ConversationScreen } from "./ConversationScreen";
import { HomeScreen } from "./HomeScreen";
import { NotFound } from "./NotFound";

const root = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
});

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomeScreen });

const conversation = createRoute({
  getParentRoute: () => root,
  path: "/c/$conversationId",
  component: () => <ConversationScreen id={conversation.useParams().conversationId} />,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsScreen"), "SettingsScreen"),
});

const administration = createRoute({
  getParentRoute: () => root,
  path: "/administration",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "AdministrationScreen"),
});

const administrationHome = createRoute({
  getParentRoute: () => administration,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/administration/persons" });
  },
});

const persons = createRoute({
  getParentRoute: () => administration,
  path: "/persons",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "PersonsScreen"),
});

const models = createRoute({
  getParentRoute: () => administration,
  path: "/models",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "ModelsScreen"),
});

const provisioning = createRoute({
  getParentRoute: () => administration,
  path: "/provisioning",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "ProvisioningScreen"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    conversation,
    settings,
    administration.addChildren([administrationHome, persons, provisioning, models]),
  ]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

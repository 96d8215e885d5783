/** The addresses of the signed-in part. Settings and administration are fetched when they are opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { readFilters } from "#/features/administration/persons/filters";
import { readSearch } from "#/features/collections/search";
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

const collections = createRoute({
  getParentRoute: () => root,
  path: "/bases",
  component: lazyRouteComponent(() => import("./CollectionsScreen"), "CollectionsScreen"),
});

/** The folder and the filters are in the address: a place in a base can be kept as a bookmark, and handed to someone. */
const collection = createRoute({
  getParentRoute: () => root,
  path: "/bases/$collectionId",
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("./CollectionsScreen"), "CollectionScreen"),
});

const scholarly = createRoute({
  getParentRoute: () => root,
  path: "/recherche-savante",
  component: lazyRouteComponent(() => import("./ScholarlyScreen"), "ScholarlyScreen"),
});

const writing = createRoute({
  getParentRoute: () => root,
  path: "/bureau",
  component: lazyRouteComponent(() => import("./WritingScreen"), "WritingScreen"),
});

const work = createRoute({
  getParentRoute: () => root,
  path: "/bureau/$workId",
  component: lazyRouteComponent(() => import("./WritingScreen"), "WorkScreen"),
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

/** The filters are in the address: a list can be kept as a bookmark, and handed to someone. */
const persons = createRoute({
  getParentRoute: () => administration,
  path: "/persons",
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "PersonsScreen"),
});

const person = createRoute({
  getParentRoute: () => administration,
  path: "/persons/$personId",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "PersonScreen"),
});

const units = createRoute({
  getParentRoute: () => administration,
  path: "/units",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "UnitsScreen"),
});

const unit = createRoute({
  getParentRoute: () => units,
  path: "/$unitId",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "UnitScreen"),
});

const roles = createRoute({
  getParentRoute: () => administration,
  path: "/roles",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "RolesScreen"),
});

const models = createRoute({
  getParentRoute: () => administration,
  path: "/models",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "ModelsScreen"),
});

const signIn = createRoute({
  getParentRoute: () => administration,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "SignInScreen"),
});

const keys = createRoute({
  getParentRoute: () => administration,
  path: "/keys",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "KeysScreen"),
});

const charter = createRoute({
  getParentRoute: () => administration,
  path: "/charter",
  component: lazyRouteComponent(() => import("./AdoptionScreens"), "CharterScreen"),
});

const waves = createRoute({
  getParentRoute: () => administration,
  path: "/waves",
  component: lazyRouteComponent(() => import("./AdoptionScreens"), "WavesScreen"),
});

const wave = createRoute({
  getParentRoute: () => administration,
  path: "/waves/$cohortId",
  component: lazyRouteComponent(() => import("./AdoptionScreens"), "WaveScreen"),
});

const quotas = createRoute({
  getParentRoute: () => administration,
  path: "/quotas",
  component: lazyRouteComponent(() => import("./QuotasScreen"), "QuotasScreen"),
});

const egress = createRoute({
  getParentRoute: () => administration,
  path: "/egress",
  component: lazyRouteComponent(() => import("./EgressScreen"), "EgressScreen"),
});

const reports = createRoute({
  getParentRoute: () => administration,
  path: "/reports",
  component: lazyRouteComponent(() => import("./ReportsScreen"), "ReportsScreen"),
});

const privacy = createRoute({
  getParentRoute: () => administration,
  path: "/privacy",
  component: lazyRouteComponent(() => import("./PrivacyScreen"), "PrivacyScreen"),
});

const policies = createRoute({
  getParentRoute: () => administration,
  path: "/policies",
  component: lazyRouteComponent(() => import("./PoliciesScreen"), "PoliciesScreen"),
});

const places = createRoute({
  getParentRoute: () => administration,
  path: "/places",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "PlacesScreen"),
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
    collections,
    collection,
    scholarly,
    writing,
    work,
    settings,
    administration.addChildren([
      persons,
      person,
      units.addChildren([unit]),
      roles,
      places,
      provisioning,
      models,
      quotas,
      egress,
      reports,
      privacy,
      policies,
      signIn,
      keys,
      charter,
      waves,
      wave,
    ]),
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

/** The addresses of the administration, fetched when it is opened. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readFilters } from "#/features/administration/persons/filters";
import { root } from "./root";

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

const sites = createRoute({
  getParentRoute: () => administration,
  path: "/sites",
  component: lazyRouteComponent(() => import("./SitesScreen"), "SitesScreen"),
});

const provisioning = createRoute({
  getParentRoute: () => administration,
  path: "/provisioning",
  component: lazyRouteComponent(() => import("./AdministrationScreen"), "ProvisioningScreen"),
});

export const administrationTree = administration.addChildren([
  persons,
  person,
  units.addChildren([unit]),
  roles,
  places,
  sites,
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
]);

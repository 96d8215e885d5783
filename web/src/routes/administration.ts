/** The addresses of the administration, fetched when it is opened. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readFilters } from "#/features/administration/persons/filters";
import { withWords } from "#/i18n";
import { root } from "./root";

const sections = withWords(
  ["administration", "bases", "connections", "desk", "settings"],
  () => import("./AdministrationScreen"),
);
const adoption = withWords(["adoption", "connections"], () => import("./AdoptionScreens"));
const quotaScreen = withWords(["connections", "settings"], () => import("./QuotasScreen"));
const egressScreen = withWords(["administration"], () => import("./EgressScreen"));
const reportScreen = withWords(["reports"], () => import("./ReportsScreen"));
const privacyScreen = withWords(["connections", "privacy"], () => import("./PrivacyScreen"));
const policyScreen = withWords(["administration", "connections"], () => import("./PoliciesScreen"));
const siteScreen = withWords(["administration", "connections"], () => import("./SitesScreen"));

const administration = createRoute({
  getParentRoute: () => root,
  path: "/administration",
  component: lazyRouteComponent(sections, "AdministrationScreen"),
});

/** The filters are in the address: a list can be kept as a bookmark, and handed to someone. */
const persons = createRoute({
  getParentRoute: () => administration,
  path: "/persons",
  validateSearch: readFilters,
  component: lazyRouteComponent(sections, "PersonsScreen"),
});

const person = createRoute({
  getParentRoute: () => administration,
  path: "/persons/$personId",
  component: lazyRouteComponent(sections, "PersonScreen"),
});

const units = createRoute({
  getParentRoute: () => administration,
  path: "/units",
  component: lazyRouteComponent(sections, "UnitsScreen"),
});

const unit = createRoute({
  getParentRoute: () => units,
  path: "/$unitId",
  component: lazyRouteComponent(sections, "UnitScreen"),
});

const roles = createRoute({
  getParentRoute: () => administration,
  path: "/roles",
  component: lazyRouteComponent(sections, "RolesScreen"),
});

const models = createRoute({
  getParentRoute: () => administration,
  path: "/models",
  component: lazyRouteComponent(sections, "ModelsScreen"),
});

const signIn = createRoute({
  getParentRoute: () => administration,
  path: "/sign-in",
  component: lazyRouteComponent(sections, "SignInScreen"),
});

const keys = createRoute({
  getParentRoute: () => administration,
  path: "/keys",
  component: lazyRouteComponent(sections, "KeysScreen"),
});

const charter = createRoute({
  getParentRoute: () => administration,
  path: "/charter",
  component: lazyRouteComponent(adoption, "CharterScreen"),
});

const waves = createRoute({
  getParentRoute: () => administration,
  path: "/waves",
  component: lazyRouteComponent(adoption, "WavesScreen"),
});

const wave = createRoute({
  getParentRoute: () => administration,
  path: "/waves/$cohortId",
  component: lazyRouteComponent(adoption, "WaveScreen"),
});

const quotas = createRoute({
  getParentRoute: () => administration,
  path: "/quotas",
  component: lazyRouteComponent(quotaScreen, "QuotasScreen"),
});

const egress = createRoute({
  getParentRoute: () => administration,
  path: "/egress",
  component: lazyRouteComponent(egressScreen, "EgressScreen"),
});

const reports = createRoute({
  getParentRoute: () => administration,
  path: "/reports",
  component: lazyRouteComponent(reportScreen, "ReportsScreen"),
});

const privacy = createRoute({
  getParentRoute: () => administration,
  path: "/privacy",
  component: lazyRouteComponent(privacyScreen, "PrivacyScreen"),
});

const policies = createRoute({
  getParentRoute: () => administration,
  path: "/policies",
  component: lazyRouteComponent(policyScreen, "PoliciesScreen"),
});

const places = createRoute({
  getParentRoute: () => administration,
  path: "/places",
  component: lazyRouteComponent(sections, "PlacesScreen"),
});

const sites = createRoute({
  getParentRoute: () => administration,
  path: "/sites",
  component: lazyRouteComponent(siteScreen, "SitesScreen"),
});

const provisioning = createRoute({
  getParentRoute: () => administration,
  path: "/provisioning",
  component: lazyRouteComponent(sections, "ProvisioningScreen"),
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

/** All French words, by namespace. */
import administration from "./administration.ts";
import answer from "./answer.ts";
import badges from "./badges.ts";
import charter from "./charter.ts";
import chat from "./chat.ts";
import collections from "./collections.ts";
import conversations from "./conversations.ts";
import declaration from "./declaration.ts";
import doors from "./doors.ts";
import drafting from "./drafting.ts";
import egress from "./egress.ts";
import errors from "./errors.ts";
import files from "./files.ts";
import findings from "./findings.ts";
import followed from "./followed.ts";
import given from "./given.ts";
import glossaries from "./glossaries.ts";
import governance from "./governance.ts";
import identity from "./identity.ts";
import imports from "./imports.ts";
import inclusive from "./inclusive.ts";
import keys from "./keys.ts";
import ldap from "./ldap.ts";
import literacy from "./literacy.ts";
import models from "./models.ts";
import papers from "./papers.ts";
import persons from "./persons.ts";
import places from "./places.ts";
import policies from "./policies.ts";
import privacy from "./privacy.ts";
import provisioning from "./provisioning.ts";
import pseudonyms from "./pseudonyms.ts";
import publications from "./publications.ts";
import publishing from "./publishing.ts";
import quotas from "./quotas.ts";
import readings from "./readings.ts";
import reports from "./reports.ts";
import research from "./research.ts";
import rights from "./rights.ts";
import roles from "./roles.ts";
import scholarly from "./scholarly.ts";
import sensitivity from "./sensitivity.ts";
import settings from "./settings.ts";
import shell from "./shell.ts";
import signIn from "./signIn.ts";
import sites from "./sites.ts";
import sources from "./sources.ts";
import summaries from "./summaries.ts";
import units from "./units.ts";
import usage from "./usage.ts";
import verbs from "./verbs.ts";
import waves from "./waves.ts";
import web from "./web.ts";
import writing from "./writing.ts";

export default {
  administration,
  answer,
  badges,
  charter,
  chat,
  collections,
  conversations,
  doors,
  drafting,
  declaration,
  egress,
  errors,
  files,
  findings,
  followed,
  given,
  glossaries,
  inclusive,
  governance,
  identity,
  imports,
  keys,
  ldap,
  literacy,
  models,
  papers,
  persons,
  places,
  policies,
  privacy,
  publications,
  provisioning,
  pseudonyms,
  publishing,
  quotas,
  readings,
  reports,
  research,
  rights,
  roles,
  scholarly,
  sensitivity,
  settings,
  shell,
  signIn,
  sites,
  sources,
  verbs,
  summaries,
  waves,
  web,
  units,
  usage,
  writing,
} as const;

/** All English words, by namespace; `Same` holds them to the French keys. */
import type fr from "../fr";
import type { Same } from "../index";
import administration from "./administration.ts";
import answer from "./answer.ts";
import charter from "./charter.ts";
import chat from "./chat.ts";
import collections from "./collections.ts";
import conversations from "./conversations.ts";
import egress from "./egress.ts";
import errors from "./errors.ts";
import files from "./files.ts";
import findings from "./findings.ts";
import followed from "./followed.ts";
import given from "./given.ts";
import identity from "./identity.ts";
import imports from "./imports.ts";
import keys from "./keys.ts";
import ldap from "./ldap.ts";
import models from "./models.ts";
import persons from "./persons.ts";
import places from "./places.ts";
import privacy from "./privacy.ts";
import provisioning from "./provisioning.ts";
import pseudonyms from "./pseudonyms.ts";
import quotas from "./quotas.ts";
import reports from "./reports.ts";
import rights from "./rights.ts";
import roles from "./roles.ts";
import sensitivity from "./sensitivity.ts";
import settings from "./settings.ts";
import shell from "./shell.ts";
import signIn from "./signIn.ts";
import sources from "./sources.ts";
import units from "./units.ts";
import usage from "./usage.ts";
import waves from "./waves.ts";

export default {
  administration,
  answer,
  charter,
  chat,
  collections,
  conversations,
  egress,
  errors,
  files,
  findings,
  followed,
  given,
  identity,
  imports,
  keys,
  ldap,
  models,
  persons,
  places,
  privacy,
  provisioning,
  pseudonyms,
  quotas,
  reports,
  rights,
  roles,
  sensitivity,
  settings,
  shell,
  signIn,
  sources,
  waves,
  units,
  usage,
} satisfies Same<typeof fr>;

/** All French words, by namespace. */
import administration from "./administration.ts";
import answer from "./answer.ts";
import chat from "./chat.ts";
import conversations from "./conversations.ts";
import errors from "./errors.ts";
import identity from "./identity.ts";
import models from "./models.ts";
import persons from "./persons.ts";
import rights from "./rights.ts";
import roles from "./roles.ts";
import settings from "./settings.ts";
import shell from "./shell.ts";
import units from "./units.ts";

export default {
  administration,
  answer,
  chat,
  conversations,
  errors,
  identity,
  models,
  persons,
  rights,
  roles,
  settings,
  shell,
  units,
} as const;

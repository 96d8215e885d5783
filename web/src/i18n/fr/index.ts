/** All French words, by namespace. */
import administration from "./administration.ts";
import answer from "./answer.ts";
import chat from "./chat.ts";
import conversations from "./conversations.ts";
import errors from "./errors.ts";
import identity from "./identity.ts";
import imports from "./imports.ts";
import models from "./models.ts";
import provisioning from "./provisioning.ts";
import rights from "./rights";
import settings from "./settings.ts";
import shell from "./shell.ts";

export default {
  administration,
  answer,
  chat,
  conversations,
  errors,
  identity,
  imports,
  models,
  provisioning,
  rights,
  settings,
  shell,
} as const;

/** All English words, by namespace; `Same` holds them to the French keys. */
import type fr from "../fr";
import type { Same } from "../index";
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
} satisfies Same<typeof fr>;

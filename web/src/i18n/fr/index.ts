/** All French words, by namespace. */
import administration from "./administration.ts";
import answer from "./answer.ts";
import chat from "./chat.ts";
import conversations from "./conversations.ts";
import errors from "./errors.ts";
import identity from "./identity.ts";
import keys from "./keys.ts";
import models from "./models.ts";
import settings from "./settings.ts";
import shell from "./shell.ts";

export default {
  administration,
  answer,
  chat,
  conversations,
  errors,
  identity,
  keys,
  models,
  settings,
  shell,
} as const;

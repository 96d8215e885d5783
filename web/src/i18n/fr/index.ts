/** All French words, by namespace. */
import administration from "./administration.ts";
import answer from "./answer.ts";
import charter from "./charter.ts";
import chat from "./chat.ts";
import conversations from "./conversations.ts";
import errors from "./errors.ts";
import identity from "./identity.ts";
import models from "./models.ts";
import settings from "./settings.ts";
import shell from "./shell.ts";
import waves from "./waves.ts";

export default {
  administration,
  answer,
  charter,
  chat,
  conversations,
  errors,
  identity,
  models,
  settings,
  shell,
  waves,
} as const;

/** The actions of the palette. */
import { useNavigate } from "@tanstack/react-router";
import { useHolds, usePerson, useUpdatePerson } from "#/api/sessions";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useLeave } from "#/features/identity/signOut";
import { setPreferences, THEMES } from "#/features/preferences/preferences";
import { LANGUAGES, useTranslations } from "#/i18n";
import { useShell } from "./shellContext";

export interface Command {
  readonly key: string;
  readonly name: string;
  /** What sort of thing it is, in a word. */
  readonly kind: string;
  readonly run: () => void;
}

export function useCommands(): readonly Command[] {
  const t = useTranslations();
  const navigate = useNavigate();
  const { is_administrator } = usePerson();
  const holds = useHolds();
  const { open } = useShell();
  const update = useUpdatePerson();
  const leave = useLeave();
  const tell = useErrorToast();
  const action = (key: string, name: string, run: () => unknown): Command => ({
    key,
    name,
    kind: t("shell.commandActions"),
    run: () => void run(),
  });
  return [
    action("new", t("conversations.new"), () => navigate({ to: "/" })),
    action("settings", t("shell.settings"), () => navigate({ to: "/settings" })),
    ...(is_administrator
      ? [
          action("persons", `${t("shell.administration")} · ${t("administration.persons")}`, () =>
            navigate({ to: "/administration/persons" }),
          ),
          action("models", `${t("shell.administration")} · ${t("administration.models")}`, () =>
            navigate({ to: "/administration/models" }),
          ),
          action("signIn", `${t("shell.administration")} · ${t("signIn.title")}`, () =>
            navigate({ to: "/administration/sign-in" }),
          ),
        ]
      : []),
    ...(holds("charter.publish")
      ? [
          action("charters", `${t("shell.administration")} · ${t("administration.charter")}`, () =>
            navigate({ to: "/administration/charter" }),
          ),
        ]
      : []),
    ...(holds("waves.manage")
      ? [
          action("waves", `${t("shell.administration")} · ${t("administration.waves")}`, () =>
            navigate({ to: "/administration/waves" }),
          ),
        ]
      : []),
    action("charter", t("shell.charter"), () => open("charter")),
    ...THEMES.map((theme) =>
      action(`theme-${theme}`, `${t("shell.theme")} · ${t(`shell.themes.${theme}`)}`, () => setPreferences({ theme })),
    ),
    ...LANGUAGES.map((language) =>
      action(`language-${language}`, `${t("shell.language")} · ${t(`shell.languages.${language}`)}`, () =>
        // The palette is closed by then: the promise does not need it on screen.
        update.mutateAsync({ language }).catch(tell),
      ),
    ),
    action("help", t("shell.shortcuts"), () => open("help")),
    action("leave", t("shell.signOut"), leave),
  ];
}

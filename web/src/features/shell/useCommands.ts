/** The actions of the palette. */
import { useNavigate } from "@tanstack/react-router";
import { useUpdatePerson } from "#/api/sessions";
import { useSections } from "#/features/administration/sections";
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
  const sections = useSections();
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
    action("collections", t("collections.title"), () => navigate({ to: "/bases" })),
    action("settings", t("shell.settings"), () => navigate({ to: "/settings" })),
    ...sections.map(({ path, name }) =>
      action(path, `${t("shell.administration")} · ${t(`administration.sections.${name}`)}`, () =>
        navigate({ to: path }),
      ),
    ),
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

/** Who is signed in, and everything that is theirs: settings, appearance, language, the way out. */
import { useNavigate } from "@tanstack/react-router";
import {
  CircleUser,
  Contrast,
  Ellipsis,
  Flag,
  GraduationCap,
  Keyboard,
  Languages,
  LogOut,
  Scale,
  Settings,
  Users,
} from "lucide-react";
import { useState } from "react";
import { usePerson, useUpdatePerson } from "#/api/sessions";
import { useSections } from "#/features/administration/sections";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useLeave } from "#/features/identity/signOut";
import { setPreferences, THEMES, usePreferences } from "#/features/preferences/preferences";
import { ReportDialog } from "#/features/reports/lateReportDialog";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuAction, MenuChoice, MenuChoices, MenuLine, Submenu } from "#/ui/Menu";
import sheet from "./List.module.css";
import { useShell } from "./shellContext";

const css = classes(sheet);

export function PersonMenu() {
  const t = useTranslations("shell");
  const doors = useTranslations("doors");
  const [reporting, setReporting] = useState(false);
  const person = usePerson();
  const { theme } = usePreferences();
  const navigate = useNavigate();
  const { open } = useShell();
  const update = useUpdatePerson();
  const leave = useLeave();
  const [section] = useSections();
  const tell = useErrorToast();
  const label = t("personMenu", { name: person.name });
  return (
    <div className={css("person")}>
      <Menu
        label={label}
        placement="top start"
        trigger={
          <Button look="quiet" wide start icon={CircleUser} aria-label={label}>
            <span className={css("personName")}>{person.name}</span>
            <Ellipsis aria-hidden="true" className={css("chevron")} />
          </Button>
        }
      >
        <MenuAction icon={Settings} onAction={() => void navigate({ to: "/settings" })}>
          {t("settings")}
        </MenuAction>
        {section && (
          <MenuAction icon={Users} onAction={() => void navigate({ to: section.path })}>
            {t("administration")}
          </MenuAction>
        )}
        <MenuAction icon={Scale} onAction={() => open("charter")}>
          {t("charter")}
        </MenuAction>
        <MenuAction icon={GraduationCap} onAction={() => open("literacy")}>
          {doors("literacy")}
        </MenuAction>
        <Submenu icon={Contrast} name={t("theme")}>
          <MenuChoices value={theme} onChange={(next) => setPreferences({ theme: next })}>
            {THEMES.map((one) => (
              <MenuChoice key={one} id={one} name={t(`themes.${one}`)} />
            ))}
          </MenuChoices>
        </Submenu>
        <Submenu icon={Languages} name={t("language")}>
          <MenuChoices value={person.language} onChange={(language) => update.mutate({ language }, { onError: tell })}>
            {LANGUAGES.map((one) => (
              <MenuChoice key={one} id={one} name={t(`languages.${one}`)} />
            ))}
          </MenuChoices>
        </Submenu>
        <MenuAction icon={Flag} onAction={() => setReporting(true)}>
          {doors("incident")}
        </MenuAction>
        <MenuAction icon={Keyboard} onAction={() => open("help")}>
          {t("shortcuts")}
        </MenuAction>
        <MenuLine />
        <MenuAction icon={LogOut} onAction={leave}>
          {t("signOut")}
        </MenuAction>
      </Menu>
      {reporting && <ReportDialog kind="incident" onClose={() => setReporting(false)} />}
    </div>
  );
}

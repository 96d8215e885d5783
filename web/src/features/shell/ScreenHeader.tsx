/** The line above a screen: its title (the page's first heading), what may be done with it, and the way to the list. */
import { Menu as MenuIcon, PanelLeftOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useProductName } from "#/features/identity/useProductName";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useMedia } from "#/ui/useMedia";
import { useTitle } from "#/ui/useTitle";
import sheet from "./Shell.module.css";
import { useShell } from "./shellContext";

const css = classes(sheet);

interface ScreenHeaderProps {
  readonly title: string;
  /** The screen shows its own first heading. */
  readonly quiet?: boolean;
  /** The line under it is drawn by the screen. */
  readonly ruled?: boolean;
  readonly children?: ReactNode;
}

export function ScreenHeader({ title, quiet = false, ruled = !quiet, children }: ScreenHeaderProps) {
  const t = useTranslations("shell");
  const shell = useShell();
  const wide = useMedia("(min-width: 56rem)");
  useTitle(title, useProductName());
  return (
    <header className={css("header", ruled && "ruled")}>
      {!shell.listBeside && (
        <IconButton
          label={wide ? t("showList") : t("openList")}
          icon={wide ? PanelLeftOpen : MenuIcon}
          onPress={shell.showList}
        />
      )}
      {quiet ? <span className={css("title")} /> : <h1 className={css("title")}>{title}</h1>}
      {children}
    </header>
  );
}

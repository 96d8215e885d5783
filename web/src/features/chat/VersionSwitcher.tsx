/** ‹ 2/3 ›: goes from one version of a question, or of an answer, to another. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import type { Versions } from "./branches";
import sheet from "./turn.module.css";

const css = classes(sheet);

interface VersionSwitcherProps {
  readonly of: "Question" | "Answer";
  readonly versions: Versions;
  readonly disabled: boolean;
  readonly onChoose: (turnId: string) => void;
}

export function VersionSwitcher({ of, versions, disabled, onChoose }: VersionSwitcherProps) {
  const t = useTranslations("chat");
  const { ids, index } = versions;
  if (ids.length < 2) return null;
  const button = (name: string, icon: typeof ChevronLeft, id: string | undefined) => (
    <IconButton
      small
      label={name}
      icon={icon}
      isDisabled={disabled || id === undefined}
      onPress={() => id !== undefined && onChoose(id)}
    />
  );
  return (
    <span className={css("versions")}>
      {button(t(`previous${of}`), ChevronLeft, ids[index - 1])}
      <span className={css("count")}>
        <span aria-hidden="true">
          {index + 1}/{ids.length}
        </span>
        <span className="visuallyHidden">{t("version", { index: index + 1, count: ids.length })}</span>
      </span>
      {button(t(`next${of}`), ChevronRight, ids[index + 1])}
    </span>
  );
}

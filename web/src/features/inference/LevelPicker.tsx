/** The label of what is about to leave. It can rise within a conversation, never drop. */
import { ChevronDown, Shield } from "lucide-react";
import type { Level, Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuChoice, MenuChoices } from "#/ui/Menu";
import { highestLevel, isAtMost, LEVELS } from "./choice";
import sheet from "./pickers.module.css";

const css = classes(sheet);

interface LevelPickerProps {
  readonly level: Level;
  /** The level the conversation already has. */
  readonly floor?: Level | undefined;
  readonly models: readonly Model[];
  readonly onChange: (level: Level) => void;
}

export function LevelPicker({ level, floor = "public", models, onChange }: LevelPickerProps) {
  const t = useTranslations("models");
  const ceiling = highestLevel(models);
  const why = (one: Level) => {
    if (!isAtMost(floor, one)) return t("levelLower");
    return isAtMost(one, ceiling) ? null : t("levelNobody");
  };
  return (
    <Menu
      label={t("level")}
      placement="top start"
      trigger={
        <Button look="quiet" small>
          <span className="visuallyHidden">{t("levelPrefix")}</span>
          <Shield aria-hidden="true" className={css("icon")} />
          {t(`levels.${level}`)}
          <ChevronDown aria-hidden="true" className={css("chevron")} />
        </Button>
      }
    >
      <MenuChoices heading={t("level")} value={level} onChange={onChange}>
        {LEVELS.map((one) => {
          const reason = why(one);
          return (
            <MenuChoice key={one} id={one} name={t(`levels.${one}`)} disabled={reason !== null}>
              <span className={css("line")}>{t(`levelWords.${one}`)}</span>
              {reason !== null && <span className={css("line", "reason")}>{reason}</span>}
            </MenuChoice>
          );
        })}
      </MenuChoices>
    </Menu>
  );
}

/**
 * The label of what is about to leave. It can rise within a conversation, never drop, and never above what the
 * installation is approved for.
 */
import { ChevronDown, Shield } from "lucide-react";
import { useLevels } from "#/api/sessions";
import type { Level, Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuChoice, MenuChoices } from "#/ui/Menu";
import { type Categories, highestLevel, isAtMost, LEVELS } from "./choice";
import sheet from "./pickers.module.css";
import { useCategoryNames } from "./useCategoryNames";
import { useDeclaredLevels } from "./useDeclaredLevels";

const css = classes(sheet);

interface LevelPickerProps {
  readonly level: Level;
  readonly categories?: Categories;
  /** The level the conversation already has. */
  readonly floor?: Level | undefined;
  /** Absent while they are not known. */
  readonly models: readonly Model[] | undefined;
  readonly onChange: (level: Level) => void;
}

export function LevelPicker({ level, categories = [], floor = "public", models, onChange }: LevelPickerProps) {
  const t = useTranslations("models");
  const { highest_level: highest } = useLevels();
  const declared = useDeclaredLevels();
  const named = useCategoryNames();
  // A conversation may be above: imported, or older than the rule.
  const offered = LEVELS.filter((one) => (declared.includes(one) && isAtMost(one, highest)) || one === level);
  const why = (one: Level) => {
    if (!isAtMost(floor, one)) return t("levelLower");
    if (!isAtMost(one, highest)) return t("levelNotApproved");
    return !models || isAtMost(one, highestLevel(models)) ? null : t("levelNobody");
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
          {categories.length > 0 && <span className={css("zone")}>{named(categories)}</span>}
          <ChevronDown aria-hidden="true" className={css("chevron")} />
        </Button>
      }
    >
      <MenuChoices heading={t("level")} value={level} onChange={onChange}>
        {offered.map((one) => {
          const reason = why(one);
          return (
            <MenuChoice key={one} id={one} name={t(`levels.${one}`)} disabled={reason !== null}>
              <span className={css("line")}>{t(`levelWords.${one}`)}</span>
              {one === highest && one !== declared.at(-1) && <span className={css("line")}>{t("levelHighest")}</span>}
              {reason !== null && <span className={css("line", "reason")}>{reason}</span>}
            </MenuChoice>
          );
        })}
      </MenuChoices>
    </Menu>
  );
}

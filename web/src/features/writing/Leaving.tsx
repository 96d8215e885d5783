/** What is about to leave, and to which model: chosen here as before a question of a conversation. */
import { useState } from "react";
import { useModels } from "#/api/models";
import { useLevels } from "#/api/sessions";
import type { Level, Model } from "#/api/types";
import { LevelPicker } from "#/features/inference/LevelPicker";
import { ModelPicker } from "#/features/inference/ModelPicker";
import { useChosenModel } from "#/features/inference/useChosenModel";
import { setPreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import desk from "./desk.module.css";

const css = classes(desk);

export interface Leaving {
  readonly level: Level;
  readonly model: Model | null;
  readonly onLevel: (level: Level) => void;
  /** What a request says of it. */
  readonly body: { readonly level: Level; readonly model?: string };
}

export function useLeaving(): Leaving {
  const { default_level } = useLevels();
  const [chosen, onLevel] = useState<Level | null>(null);
  const level = chosen ?? default_level;
  const model = useChosenModel(level);
  return { level, model, onLevel, body: { level, ...(model && { model: model.id }) } };
}

export function LeavingFields({ leaving }: { readonly leaving: Leaving }) {
  const t = useTranslations("writing");
  const { data: models } = useModels();
  const { level, model, onLevel } = leaving;
  return (
    <fieldset className={css("leaving")}>
      <legend className="visuallyHidden">{t("leaving")}</legend>
      <LevelPicker level={level} models={models} onChange={onLevel} />
      <ModelPicker
        models={models ?? []}
        chosen={model}
        level={level}
        onChange={(id) => setPreferences({ model: id })}
      />
    </fieldset>
  );
}

/** What is about to leave, and to which model: chosen here as before a question of a conversation. */
import { useState } from "react";
import { useModels } from "#/api/models";
import { useOwnPolicy } from "#/api/policies";
import { useLevels } from "#/api/sessions";
import type { Level, Model } from "#/api/types";
import { LevelPicker } from "#/features/inference/LevelPicker";
import { ModelPicker } from "#/features/inference/ModelPicker";
import { useChosenModel } from "#/features/inference/useChosenModel";
import { setPreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import desk from "./desk.module.css";

const css = classes(desk);

export interface Leaving {
  readonly level: Level;
  readonly model: Model | null;
  readonly onLevel: (level: Level) => void;
  /** Whether names are replaced before words leave; null where that is not the person's to choose. */
  readonly names: boolean | null;
  readonly onNames: (replaced: boolean) => void;
  /** What a request says of it. */
  readonly body: { readonly level: Level; readonly model?: string; readonly pseudonymise?: boolean };
}

export function useLeaving(): Leaving {
  const { default_level } = useLevels();
  const [chosen, onLevel] = useState<Level | null>(null);
  const [replaced, onNames] = useState(false);
  const { data: policy } = useOwnPolicy();
  const level = chosen ?? default_level;
  const model = useChosenModel(level);
  const names = policy?.names === "offered" ? replaced : null;
  const body = { level, ...(model && { model: model.id }), ...(names && { pseudonymise: true }) };
  return { level, model, onLevel, names, onNames, body };
}

export function LeavingFields({ leaving }: { readonly leaving: Leaving }) {
  const t = useTranslations("writing");
  const { data: models } = useModels();
  const { level, model, onLevel, names, onNames } = leaving;
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
      {names !== null && (
        <Check label={t("replaceNames")} checked={names} onChange={({ target }) => onNames(target.checked)} />
      )}
    </fieldset>
  );
}

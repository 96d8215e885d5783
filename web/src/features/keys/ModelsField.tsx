/** Which models a key may ask: all that its owner may, or some. */
import { useState } from "react";
import { useEveryModel } from "#/api/models";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import sheet from "./keys.module.css";

const css = classes(sheet);

export function ModelsField() {
  const t = useTranslations("keys");
  const { data: models = [] } = useEveryModel();
  const [some, setSome] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const turn = (id: string, on: boolean) =>
    setChosen((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  const reach = (value: "all" | "some", words: string) => (
    <label className={css("choice")}>
      <input
        type="radio"
        name="reach"
        value={value}
        checked={some === (value === "some")}
        onChange={() => setSome(value === "some")}
      />
      {words}
    </label>
  );
  return (
    <fieldset className={css("group")}>
      <legend className={css("legend")}>{t("models")}</legend>
      {reach("all", t("allModels"))}
      {reach("some", t("someModels"))}
      {some && (
        <div className={css("nested")}>
          {models.map((model) => (
            <Check
              key={model.id}
              label={model.display_name}
              name="models"
              value={model.id}
              checked={chosen.includes(model.id)}
              // One at least, or the browser says so.
              required={chosen.length === 0}
              onChange={(event) => turn(model.id, event.target.checked)}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

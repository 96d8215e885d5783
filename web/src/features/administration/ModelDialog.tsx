/** Adds or changes a model offered to people: where it runs, what it may receive, what it promises. */
import { useSaveModel } from "#/api/backends";
import type { Backend, OfferedModel } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { CATEGORIES } from "#/features/inference/choice";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import sheet from "./administration.module.css";
import { type ModelFieldName, readModel, sees } from "./readModel";

const css = classes(sheet);
const SLUG = "[a-z0-9][a-z0-9._\\-]{0,63}";

interface ModelDialogProps {
  readonly model: OfferedModel | null;
  readonly backends: readonly Backend[];
  readonly onClose: () => void;
}

export function ModelDialog({ model, backends, onClose }: ModelDialogProps) {
  const t = useTranslations();
  const save = useSaveModel(model === null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={model ? model.display_name : t("administration.addModel")}
      closeLabel={t("shell.close")}
      wide
    >
      <form
        className={css("form")}
        onSubmit={(event) => save.mutate(readModel(submitted<ModelFieldName>(event), model), { onSuccess: onClose })}
      >
        {model?.source === "file" && <Notice meaning="caution">{t("administration.fromFile")}</Notice>}
        <Names model={model} backends={backends} />
        <Rules model={model} />
        {save.error && <ErrorNotice error={save.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function Names({ model, backends }: Omit<ModelDialogProps, "onClose">) {
  const t = useTranslations("administration");
  return (
    <div className={css("pair")}>
      {!model && (
        <Field
          label={t("modelId")}
          hint={t("slugHint")}
          name="id"
          pattern={SLUG}
          autoComplete="off"
          autoFocus
          required
        />
      )}
      <Field
        label={t("displayName")}
        hint={t("displayNameHint")}
        name="display_name"
        defaultValue={model?.display_name}
        maxLength={80}
        required
      />
      <ChoiceField
        label={t("backend")}
        name="backend"
        defaultValue={model?.backend}
        options={backends.map(({ name }) => [name, name])}
      />
      <Field
        label={t("upstream")}
        hint={t("upstreamHint")}
        name="upstream"
        defaultValue={model?.upstream}
        maxLength={200}
        required
      />
      <Field
        label={t("descriptionFr")}
        name="description_fr"
        defaultValue={model?.description_fr ?? ""}
        maxLength={400}
      />
      <Field
        label={t("descriptionEn")}
        name="description_en"
        defaultValue={model?.description_en ?? ""}
        maxLength={400}
      />
    </div>
  );
}

function Rules({ model }: { readonly model: OfferedModel | null }) {
  const t = useTranslations();
  const declared = useDeclaredLevels();
  const number = (name: ModelFieldName, label: string, value: number | null | undefined, min: number, step = "1") => (
    <Field label={label} name={name} type="number" min={min} step={step} defaultValue={value ?? ""} />
  );
  return (
    <>
      <div className={css("pair")}>
        <ChoiceField
          label={t("administration.ceiling")}
          hint={t("administration.ceilingHint")}
          name="highest_level"
          defaultValue={model?.highest_level ?? "internal"}
          options={declared.map((level) => [level, t(`models.levels.${level}`)])}
        />
        {number("log_delay_days", t("administration.logDelay"), model?.log_delay_days, 0)}
        {number("context_tokens", t("administration.context"), model?.context_tokens ?? 8192, 512)}
        {number("max_output_tokens", t("administration.output"), model?.max_output_tokens ?? 4096, 16)}
        {number("price_input", t("administration.priceInput"), model?.price_input, 0, "any")}
        {number("price_output", t("administration.priceOutput"), model?.price_output, 0, "any")}
        <Field
          label={t("administration.renewal")}
          name="renewal_date"
          type="date"
          defaultValue={model?.renewal_date ?? ""}
        />
      </div>
      <fieldset className={css("pair")}>
        <legend className={css("legend")}>{t("administration.categories")}</legend>
        {CATEGORIES.map((one) => (
          <Check
            key={one}
            label={t(`models.categories.${one}`)}
            name={`category_${one}`}
            defaultChecked={model ? model.categories.includes(one) : one === "personal"}
          />
        ))}
      </fieldset>
      <Check label={t("administration.noTraining")} name="no_training" defaultChecked={model?.no_training ?? false} />
      <Check
        label={t("administration.sees")}
        hint={t("administration.seesHint")}
        name="vision"
        defaultChecked={model ? sees(model) : false}
      />
      <Check label={t("administration.isDefault")} name="is_default" defaultChecked={model?.is_default ?? false} />
      <Check
        label={t("administration.isDemonstration")}
        name="demonstration"
        defaultChecked={model?.demonstration ?? false}
      />
      <Check label={t("administration.enabledModel")} name="enabled" defaultChecked={model?.enabled ?? true} />
    </>
  );
}

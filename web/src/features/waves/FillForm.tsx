/** Lets people in by a rule: the first to register, or an equal share for each unit; the preview comes first. */
import { useState } from "react";
import { type Cohort, useChoose } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Preview } from "./Preview";
import sheet from "./waves.module.css";

const css = classes(sheet);
const RULES = ["first_come", "unit_share"] as const;

export function FillForm({ cohort }: { readonly cohort: Cohort }) {
  const t = useTranslations("waves");
  const { toast } = useLive();
  const left = Math.max(0, cohort.capacity - cohort.members);
  const [rule, setRule] = useState<(typeof RULES)[number]>("first_come");
  const [count, setCount] = useState(left);
  const preview = useChoose();
  const choose = useChoose();
  const choice = { id: cohort.id, rule, count };
  const onSuccess = (told: { readonly count: number }) => {
    toast({ words: t("entered", { count: told.count }) });
    preview.reset();
  };
  return (
    <section className={css("section")} aria-labelledby="fill-title">
      <h3 id="fill-title" className={css("sub")}>
        {t("next")}
      </h3>
      <div className={css("pair", "fill")}>
        <ChoiceField
          label={t("rule")}
          options={RULES.map((one) => [one, t(`rules.${one}`)])}
          value={rule}
          onChange={(event) => {
            setRule(RULES.find((one) => one === event.target.value) ?? "first_come");
            preview.reset();
          }}
        />
        <Field
          label={t("count")}
          type="number"
          min={0}
          max={left}
          value={count}
          onChange={(event) => {
            setCount(Math.max(0, Math.trunc(Number(event.target.value)) || 0));
            preview.reset();
          }}
        />
      </div>
      {preview.data && <Preview chosen={preview.data} />}
      {(choose.error ?? preview.error) && <ErrorNotice error={choose.error ?? preview.error} />}
      <div className={css("actions")}>
        <Button busy={preview.isPending} onPress={() => preview.mutate({ ...choice, preview: true })}>
          {t("preview")}
        </Button>
        <Button
          look="primary"
          isDisabled={!preview.data || preview.data.count === 0}
          busy={choose.isPending}
          onPress={() => choose.mutate(choice, { onSuccess })}
        >
          {t("enter")}
        </Button>
      </div>
    </section>
  );
}

/** A template chosen, its form filled: a draft is asked for. */
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useAskDraft, useTemplate, useTemplates } from "#/api/drafting";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import desk from "#/features/writing/desk.module.css";
import { LeavingFields, useLeaving } from "#/features/writing/Leaving";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check, ChoiceField } from "#/ui/Field";
import sheet from "./drafting.module.css";
import { FormField } from "./FormField";
import { missing, type Values, wantedDraft } from "./form";
import { useNearTemplates } from "./useNearTemplates";

const css = classes(desk, sheet);

export function DraftForm() {
  const t = useTranslations("drafting");
  const navigate = useNavigate();
  const templates = useTemplates();
  const [id, setId] = useState("");
  const [values, setValues] = useState<Values>({});
  const [isWide, setWide] = useState(false);
  const { near, far } = useNearTemplates(templates.data?.items);
  const template = useTemplate(id);
  const ask = useAskDraft();
  const leaving = useLeaving();
  const fields = template.data?.content.fields ?? [];
  const first = missing(fields, values);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (first !== null || !template.data) return;
    ask.mutate(
      { ...wantedDraft(id, fields, values), ...leaving.body },
      {
        onSuccess: ({ work }) => void navigate({ to: "/bureau/rediger/$draftId", params: { draftId: work.id } }),
      },
    );
  };
  return (
    <form className={css("section", "form")} onSubmit={submit} aria-labelledby="drafting-title" noValidate>
      <h2 id="drafting-title" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <ChoiceField
        label={t("template")}
        value={id}
        onChange={({ target }) => setId(target.value)}
        options={[
          ["", t("choose")],
          ...near
            .concat(isWide ? far : far.filter((one) => one.id === id))
            .map((one) => [one.id, `${one.name} (${one.unit_name ?? t(`owners.${one.owner}`)})`] as const),
        ]}
      />
      {far.length > 0 && (
        <Check label={t("otherLanguages")} checked={isWide} onChange={({ target }) => setWide(target.checked)} />
      )}
      {template.data && (
        <>
          {template.data.purpose !== "" && <p className={css("about")}>{template.data.purpose}</p>}
          {fields.map((field) => (
            <FormField
              key={`${id}-${field.name}`}
              field={field}
              value={values[field.name] ?? ""}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          {ask.error && <ErrorNotice error={ask.error} />}
          <div className={css("actions")}>
            <Button
              look="primary"
              type="submit"
              busy={ask.isPending}
              why={first === null ? null : t("fill", { label: first.label })}
            >
              {t("go")}
            </Button>
            <LeavingFields leaving={leaving} />
          </div>
        </>
      )}
      {(templates.error ?? template.error) && <ErrorNotice error={templates.error ?? template.error} />}
    </form>
  );
}

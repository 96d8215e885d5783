/** A template as its author writes it: its form, its body, its style file, with the form as it will be seen. */
import { Link } from "@tanstack/react-router";
import { ArrowLeft, FilePlus2, Save, Trash2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useChangeTemplate, useRemoveStyle, useSetStyle, useTemplate } from "#/api/drafting";
import type { TemplateContent, TemplateFull } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import desk from "#/features/writing/desk.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./drafting.module.css";
import { FieldsEditor } from "./FieldsEditor";
import { FormField } from "./FormField";
import { sentContent } from "./form";
import { TemplateActions } from "./TemplateActions";

const css = classes(desk, sheet);
const LANGUAGES = ["fr", "en"] as const;

export function TemplateEditor({ id }: { readonly id: string }) {
  const t = useTranslations("drafting.editor");
  const template = useTemplate(id);
  return (
    <section className={css("section")} aria-labelledby="drafting-template">
      <p>
        <Link to="/bureau/rediger" className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t("back")}
        </Link>
      </p>
      {template.error && <ErrorNotice error={template.error} onRetry={() => void template.refetch()} />}
      {template.data && (
        <>
          <h2 id="drafting-template" className={css("title")}>
            {t("title", { name: template.data.name })}
          </h2>
          <TemplateActions template={template.data} />
          {template.data.can_change ? (
            <>
              <StyleFile template={template.data} />
              <Content key={template.data.id} template={template.data} />
            </>
          ) : (
            <>
              <Notice>
                <p>{t("readOnly")}</p>
              </Notice>
              <Preview content={template.data.content} />
            </>
          )}
        </>
      )}
    </section>
  );
}

function Content({ template }: { readonly template: TemplateFull }) {
  const t = useTranslations("drafting.editor");
  const { toast } = useLive();
  const save = useChangeTemplate(template.id);
  const [content, setContent] = useState<TemplateContent>(template.content);
  const change = (changed: Partial<TemplateContent>) => setContent((before) => ({ ...before, ...changed }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { content: sentContent(content), version: template.version },
      { onSuccess: ({ version }) => toast({ words: t("saved", { version }) }) },
    );
  };
  return (
    <form className={css("section")} onSubmit={submit}>
      <div className={css("row")}>
        <Field label={t("name")} value={content.name} onChange={({ target }) => change({ name: target.value })} />
        <Field
          label={t("purpose")}
          value={content.purpose}
          onChange={({ target }) => change({ purpose: target.value })}
        />
        <ChoiceField
          label={t("language")}
          value={content.language}
          onChange={({ target }) => change({ language: target.value as TemplateContent["language"] })}
          options={LANGUAGES.map((one) => [one, t(`languages.${one}`)] as const)}
        />
      </div>
      <FieldsEditor fields={content.fields} onChange={(fields) => change({ fields })} />
      <LinesField
        label={t("body")}
        hint={t("bodyHint")}
        rows={18}
        value={content.body}
        onChange={({ target }) => change({ body: target.value })}
      />
      {save.error && <ErrorNotice error={save.error} />}
      <div className={css("actions")}>
        <Button look="primary" type="submit" icon={Save} busy={save.isPending}>
          {t("save")}
        </Button>
      </div>
      <Preview content={content} />
    </form>
  );
}

function Preview({ content }: { readonly content: TemplateContent }) {
  const t = useTranslations("drafting.editor");
  return (
    <section className={css("section")} aria-labelledby="drafting-preview">
      <h3 id="drafting-preview" className={css("subtitle")}>
        {t("preview")}
      </h3>
      <div className={css("preview")}>
        {content.fields.map((field, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name until it is given one
          <FormField key={place} field={{ ...field, required: field.required }} value="" onChange={() => undefined} />
        ))}
      </div>
    </section>
  );
}

function StyleFile({ template }: { readonly template: TemplateFull }) {
  const t = useTranslations("drafting.editor");
  const give = useSetStyle(template.id);
  const remove = useRemoveStyle(template.id);
  const input = useRef<HTMLInputElement>(null);
  return (
    <section className={css("section")} aria-labelledby="drafting-style">
      <h3 id="drafting-style" className={css("subtitle")}>
        {t("style")}
      </h3>
      <p className={css("about")}>
        {t("styleAbout")} {template.style_name !== null && t("styleNow", { name: template.style_name })}
      </p>
      <div className={css("actions")}>
        <Button icon={FilePlus2} busy={give.isPending} onPress={() => input.current?.click()}>
          {t("styleGive")}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".docx,.dotx,.odt,.ott"
          aria-label={t("styleGive")}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) give.mutate(file);
            target.value = "";
          }}
        />
        {template.style !== null && (
          <Button icon={Trash2} busy={remove.isPending} onPress={() => remove.mutate(undefined)}>
            {t("styleGone")}
          </Button>
        )}
      </div>
      {(give.error ?? remove.error) && <ErrorNotice error={give.error ?? remove.error} />}
    </section>
  );
}

/** One glossary: its lines found, added, changed and removed; whether works use it by default; files in and out. */
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, Download, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { glossaryAddress, useBringLines, useChangeGlossary, useGlossary, useRemoveGlossary } from "#/api/glossaries";
import type { Glossary } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { useLanguageName } from "./AskOptions";
import desk from "./desk.module.css";
import { GlossaryLines } from "./GlossaryLines";
import { LineDialog } from "./LineDialog";
import { PickFile } from "./PickFile";

const css = classes(desk);

export function GlossaryView({ id }: { readonly id: string }) {
  const t = useTranslations();
  const { data, error, refetch } = useGlossary(id);
  return (
    <section className={css("section")} aria-labelledby="writing-glossary">
      <p>
        <Link to="/bureau" className={css("back")}>
          <ArrowLeft aria-hidden="true" className={css("linkIcon")} />
          {t("glossaries.back")}
        </Link>
      </p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === null && (
        <Notice meaning="caution">
          <p>{t("errors.glossary_not_found")}</p>
        </Notice>
      )}
      {data && <Shown glossary={data} />}
    </section>
  );
}

function Shown({ glossary }: { readonly glossary: Glossary }) {
  const t = useTranslations();
  const format = useFormatter();
  const language = useLanguageName();
  const change = useChangeGlossary(glossary.id);
  const { kind, source, target, lines, unit_name: unit, may_edit: mayEdit } = glossary;
  const facts = [
    t(`writing.glossary.${kind}`),
    `${language(source)} → ${language(target)}`,
    t("glossaries.count", { count: lines }),
    unit ?? t("writing.glossary.mine"),
    t("glossaries.changed", { when: format.dateTime(new Date(glossary.updated_at), { dateStyle: "medium" }) }),
  ];
  return (
    <>
      <h2 id="writing-glossary" className={css("title")}>
        {glossary.name}
      </h2>
      <p className={css("facts")}>{facts.join(" · ")}</p>
      {mayEdit ? (
        <Check
          label={t(unit === null ? "glossaries.defaultMine" : "glossaries.defaultUnit")}
          hint={t("glossaries.defaultHint")}
          checked={(change.isPending ? change.variables.by_default : undefined) ?? glossary.by_default}
          onChange={({ target: box }) => change.mutate({ by_default: box.checked })}
        />
      ) : (
        <p className={css("about")}>{t("glossaries.readOnly")}</p>
      )}
      {change.error && <ErrorNotice error={change.error} />}
      <Actions glossary={glossary} />
      <GlossaryLines glossary={glossary} />
    </>
  );
}

function Actions({ glossary }: { readonly glossary: Glossary }) {
  const t = useTranslations();
  const { toast } = useLive();
  const navigate = useNavigate();
  const bring = useBringLines(glossary.id);
  const remove = useRemoveGlossary();
  const [adding, setAdding] = useState(false);
  const error = bring.error ?? remove.error;
  return (
    <div className={css("actions")}>
      {glossary.may_edit && (
        <>
          <Button look="primary" icon={Plus} onPress={() => setAdding(true)}>
            {t("glossaries.add")}
          </Button>
          <PickFile
            label={t("glossaries.bringInto")}
            busy={bring.isPending}
            onPick={(file) =>
              bring.mutate(file, {
                onSuccess: ({ lines }) => toast({ words: t("glossaries.count", { count: lines }) }),
              })
            }
          />
        </>
      )}
      <LinkButton href={glossaryAddress(glossary.id)} icon={Download} download>
        {t(glossary.kind === "memory" ? "glossaries.takeTmx" : "glossaries.takeCsv")}
      </LinkButton>
      {glossary.may_edit && (
        <Button
          look="danger"
          icon={Trash2}
          busy={remove.isPending}
          onPress={() => remove.mutate(glossary.id, { onSuccess: () => void navigate({ to: "/bureau" }) })}
        >
          {t("writing.actions.delete")}
        </Button>
      )}
      {error && <ErrorNotice error={error} />}
      {adding && <LineDialog glossary={glossary} line={null} onClose={() => setAdding(false)} />}
    </div>
  );
}

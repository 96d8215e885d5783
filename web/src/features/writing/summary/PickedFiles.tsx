/** Documents that are there already: the person's own files, and those of a base that they may read. */
import { useState } from "react";
import { useReadableCollections } from "#/api/readableCollections";
import { useBaseSources, useSummarySources } from "#/api/summaries";
import type { SummarySource } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import desk from "../desk.module.css";
import sheet from "./summary.module.css";

const css = classes(desk, sheet);

interface PickedFilesProps {
  readonly own: readonly string[];
  readonly onOwn: (own: readonly string[]) => void;
  /** How many more may be chosen. */
  readonly left: number;
}

export function OwnFiles(props: PickedFilesProps) {
  const t = useTranslations("summaries");
  const list = useSummarySources();
  return (
    <details>
      <summary>{t("own")}</summary>
      {list.isPending && <p className={css("facts")}>{t("loading")}</p>}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && <Offered {...props} items={list.data.items} empty={t("noOwn")} />}
    </details>
  );
}

/** Hidden from whoever reads no base. */
export function BaseFiles(props: PickedFilesProps) {
  const t = useTranslations("summaries");
  const [base, setBase] = useState("");
  const [words, setWords] = useState("");
  const bases = useReadableCollections("");
  const list = useBaseSources(base, useSettled(words.trim()));
  if (!bases.data?.length) return null;
  return (
    <details>
      <summary>{t("bases")}</summary>
      <div className={css("choices")}>
        <ChoiceField
          label={t("base")}
          value={base}
          onChange={({ target }) => setBase(target.value)}
          options={[["", t("chooseBase")], ...bases.data.map(({ id, name }) => [id, name] as const)]}
        />
        {base !== "" && (
          <Field label={t("inBase")} type="search" value={words} onChange={({ target }) => setWords(target.value)} />
        )}
      </div>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {base !== "" && list.data && <Offered {...props} items={list.data.items} empty={t("noneInBase")} />}
    </details>
  );
}

interface OfferedProps extends PickedFilesProps {
  readonly items: readonly SummarySource[];
  readonly empty: string;
}

function Offered({ own, onOwn, left, items, empty }: OfferedProps) {
  const t = useTranslations("summaries");
  const format = useFormatter();
  const about = ({ pages, created_at, conversation_id }: SummarySource) =>
    [
      pages > 0 && t("pages", { pages }),
      format.dateTime(new Date(created_at), { dateStyle: "medium" }),
      conversation_id != null && t("attachment"),
    ]
      .filter(Boolean)
      .join(" · ");
  if (items.length === 0) return <p className={css("facts")}>{empty}</p>;
  return (
    <div className={css("own")}>
      {items.map((one) => (
        <Check
          key={one.id}
          label={one.name}
          hint={about(one)}
          checked={own.includes(one.id)}
          disabled={left <= 0 && !own.includes(one.id)}
          onChange={({ target }) => onOwn(target.checked ? [...own, one.id] : own.filter((id) => id !== one.id))}
        />
      ))}
    </div>
  );
}

/** The lines of a glossary, found by their words, a page at a time. */
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useChangeGlossary, useGlossaryLines } from "#/api/glossaries";
import type { Glossary, GlossaryLine } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { type Column, Table } from "#/ui/Table";
import { useSettled } from "#/ui/useSettled";
import desk from "./desk.module.css";
import { LineDialog } from "./LineDialog";
import sheet from "./writing.module.css";

const css = classes(desk, sheet);
const PAGE = 50;

export function GlossaryLines({ glossary }: { readonly glossary: Glossary }) {
  const t = useTranslations();
  const [words, setWords] = useState("");
  const [after, setAfter] = useState(0);
  const [edited, setEdited] = useState<GlossaryLine | null>(null);
  const lines = useGlossaryLines(glossary.id, useSettled(words.trim()), after);
  const change = useChangeGlossary(glossary.id);
  const remove = ({ source, target }: GlossaryLine) => change.mutate({ removed: [{ source, target }] });
  const columns = useColumns(glossary, setEdited, remove);
  const following = lines.data?.next ?? null;
  const error = lines.error ?? change.error;
  return (
    <>
      <Field
        type="search"
        label={t("glossaries.find")}
        value={words}
        autoComplete="off"
        onChange={({ target }) => {
          setWords(target.value);
          setAfter(0);
        }}
      />
      {error && <ErrorNotice error={error} />}
      {lines.data && (
        <Table
          caption={t("glossaries.lines")}
          rows={lines.data.items}
          rowKey={(one) => JSON.stringify([one.source, one.target])}
          empty={t("glossaries.none")}
          columns={columns}
        />
      )}
      <div className={css("actions")}>
        {after > 0 && <Button onPress={() => setAfter(after - PAGE)}>{t("glossaries.previous")}</Button>}
        {following !== null && <Button onPress={() => setAfter(following)}>{t("glossaries.next")}</Button>}
      </div>
      {edited && <LineDialog glossary={glossary} line={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function useColumns(
  { kind, may_edit: mayEdit }: Glossary,
  onEdit: (line: GlossaryLine) => void,
  onRemove: (line: GlossaryLine) => void,
): readonly Column<GlossaryLine>[] {
  const t = useTranslations("glossaries");
  const isTerms = kind === "terms";
  const said: Column<GlossaryLine>[] = [
    { name: t("source"), heading: true, cell: ({ source }) => source },
    { name: t("target"), cell: ({ source, target }) => (isTerms && source === target ? t("kept") : target) },
  ];
  const more: Column<GlossaryLine>[] = [
    { name: t("forbidden"), secondary: true, cell: ({ forbidden }) => forbidden.join(", ") },
    { name: t("note"), secondary: true, cell: ({ note }) => note },
  ];
  const actions: Column<GlossaryLine> = {
    name: t("actions"),
    narrow: true,
    cell: (line) => (
      <span className={css("rowActions")}>
        <IconButton small label={t("edit", { term: line.source })} icon={Pencil} onPress={() => onEdit(line)} />
        <IconButton small label={t("remove", { term: line.source })} icon={Trash2} onPress={() => onRemove(line)} />
      </span>
    ),
  };
  return [...said, ...(isTerms ? more : []), ...(mayEdit ? [actions] : [])];
}

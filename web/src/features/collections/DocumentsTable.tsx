/** The documents listed: how each was read, when it changed, what may be done with it. */
import type { Collection, Doc } from "#/api/types";
import { useWhen } from "#/features/administration/persons/useWhen";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { type Column, Table } from "#/ui/Table";
import sheet from "./collections.module.css";
import { DocumentActions } from "./DocumentActions";
import { DocumentStateWords } from "./DocumentStateWords";
import { isDue } from "./state";
import type { Chosen } from "./useChosen";
import { useDay } from "./useDay";

const css = classes(sheet);

interface DocumentsTableProps {
  readonly collection: Collection;
  readonly rows: readonly Doc[];
  readonly chosen: Chosen;
  /** Rows are of every folder: each says its own. */
  readonly everywhere: boolean;
  readonly folders: readonly string[];
  readonly empty: "emptyWords" | "empty" | "emptyFound" | "emptyHere";
}

export function DocumentsTable({ collection, rows, chosen, everywhere, folders, empty }: DocumentsTableProps) {
  const t = useTranslations("collections.list");
  const format = useFormatter();
  const when = useWhen();
  const writes = collection.part !== "reader";
  const selecting: Column<Doc> = {
    name: t("selectAll"),
    narrow: true,
    head: <Box label={t("selectAll")} documents={rows} chosen={chosen} />,
    cell: (one) => <Box label={t("selectOne", { name: one.name })} documents={[one]} chosen={chosen} />,
  };
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={(one) => one.id}
      empty={t(empty)}
      isMarked={chosen.has}
      columns={[
        ...(writes ? [selecting] : []),
        { name: t("document"), heading: true, cell: (one) => <Name document={one} everywhere={everywhere} /> },
        { name: t("state"), cell: (one) => <DocumentStateWords document={one} /> },
        {
          name: t("pages"),
          align: "end",
          secondary: true,
          cell: ({ file }) => (file.pages === 0 ? "–" : format.number(file.pages)),
        },
        { name: t("changed"), secondary: true, cell: (one) => when(one.updated_at) },
        { name: t("review"), secondary: true, cell: (one) => <Review document={one} /> },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: (one) => <DocumentActions document={one} collection={collection} folders={folders} />,
        },
      ]}
    />
  );
}

function Name({ document, everywhere }: { readonly document: Doc; readonly everywhere: boolean }) {
  const t = useTranslations("collections.list");
  const followed = useTranslations("followed");
  const { name, folder, tags, version } = document;
  const under: string[] = [
    ...(everywhere && folder !== "" ? [t("inFolder", { folder: folder.replaceAll("/", " › ") })] : []),
    ...(version.number > 1 ? [t("version", { number: String(version.number) })] : []),
    ...(tags.length > 0 ? [t("tags", { tags: tags.join(", ") })] : []),
    ...(document.followed ? [followed("badge")] : []),
    ...(document.narrowed ? [followed("narrowed")] : []),
  ];
  return (
    <>
      <span className={css("documentName")}>{name}</span>
      {under.length > 0 && <span className={css("under")}>{under.join(" · ")}</span>}
    </>
  );
}

function Review({ document: { review_on: day } }: { readonly document: Doc }) {
  const words = useDay();
  const t = useTranslations("collections.review");
  if (day === null) return "–";
  return isDue(day) ? <span className={css("late")}>{t("late", { date: words(day) })}</span> : words(day);
}

interface BoxProps {
  readonly label: string;
  readonly documents: readonly Doc[];
  readonly chosen: Chosen;
}

function Box({ label, documents, chosen }: BoxProps) {
  const count = documents.filter(chosen.has).length;
  return (
    <label className={css("selectBox")}>
      <input
        type="checkbox"
        aria-label={label}
        checked={count > 0 && count === documents.length}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && count < documents.length;
        }}
        onChange={(event) => chosen.set(documents, event.target.checked)}
      />
    </label>
  );
}

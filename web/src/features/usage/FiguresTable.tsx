/** The five figures of each day, month or model, in columns. */
import type { UsageFigures } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Table } from "#/ui/Table";
import { KINDS, useFigureWords } from "./figures";

interface FiguresTableProps {
  readonly caption: string;
  readonly of: string;
  readonly rows: readonly (UsageFigures & { readonly name: string })[];
}

export function FiguresTable({ caption, of, rows }: FiguresTableProps) {
  const t = useTranslations("usage");
  const words = useFigureWords();
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => row.name}
      empty={t("nothing")}
      columns={[
        { name: of, heading: true, cell: (row) => row.name },
        ...KINDS.map((kind) => ({
          name: t(`kinds.${kind}`),
          align: "end" as const,
          cell: (row: UsageFigures) => words(kind, row[kind]),
        })),
      ]}
    />
  );
}

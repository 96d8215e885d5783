/** A table of records: a caption for those who hear it, a header that stays, words when there is nothing. */
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";
import sheet from "./Table.module.css";
import { useMedia } from "./useMedia";

const css = classes(sheet);

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "end";
  /** The cell that names the row. */
  readonly heading?: boolean;
  /** The column's name is heard, not seen. */
  readonly quiet?: boolean;
  /** What stands in its head in place of its name: the box that selects all. */
  readonly head?: ReactNode;
  /** Left out on a phone: a page of its own tells it. */
  readonly secondary?: boolean;
  /** On a phone, told under the cell that names the row. */
  readonly under?: boolean;
  /** As wide as what it holds. */
  readonly narrow?: boolean;
  /** What the rows can be ordered by: its name for whoever orders them. */
  readonly order?: string;
}

/** The order of the rows: a column's `order`, with a minus sign when reversed. */
export interface Order {
  readonly by: string;
  readonly onChange: (by: string) => void;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty: string;
  /** Rows that stand out: those selected. */
  readonly isMarked?: (row: Row) => boolean;
  readonly order?: Order;
}

export function Table<Row>({ caption, columns: all, rows, rowKey, empty, isMarked, order }: TableProps<Row>) {
  const isPhone = useMedia("(max-width: 40rem)");
  const columns = isPhone ? all.filter(({ under }) => !under) : all;
  const folded = isPhone ? all.filter(({ under }) => under) : [];
  if (rows.length === 0) return <p className={css("empty")}>{empty}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group, not a landmark of its own: its section already is one.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <div role="group" className={css("scroll")} aria-label={caption} tabIndex={0}>
      <table className={css("table")}>
        <caption className="visuallyHidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, align, quiet, head, narrow, secondary, order: key }) => (
              <th
                key={name}
                scope="col"
                aria-sort={key && order ? SORTS[wayOf(key, order)] : undefined}
                className={css("head", align, narrow && "narrow", secondary && "secondary")}
              >
                {key && order ? (
                  <OrderButton name={name} orderedBy={key} order={order} />
                ) : (
                  (head ?? (quiet ? <span className="visuallyHidden">{name}</span> : name))
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={css(isMarked?.(row) && "marked")}>
              {columns.map(({ name, cell, align, heading, narrow, secondary }) =>
                heading ? (
                  <th key={name} scope="row" className={css("cell", "rowName", align)}>
                    {cell(row)}
                    {folded.length > 0 && <Under columns={folded} row={row} />}
                  </th>
                ) : (
                  <td key={name} className={css("cell", align, narrow && "narrow", secondary && "secondary")}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a phone has no column for, by its name. */
function Under<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row }) {
  return (
    <dl className={css("under")}>
      {columns.map(({ name, cell }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{cell(row)}</dd>
        </div>
      ))}
    </dl>
  );
}

const SORTS = { up: "ascending", down: "descending", none: undefined } as const;

function wayOf(key: string, { by }: Order): keyof typeof SORTS {
  if (by === key) return "up";
  return by === `-${key}` ? "down" : "none";
}

interface OrderButtonProps {
  readonly name: string;
  readonly orderedBy: string;
  readonly order: Order;
}

function OrderButton({ name, orderedBy, order }: OrderButtonProps) {
  const way = wayOf(orderedBy, order);
  const Icon = way === "down" ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      className={css("order", way)}
      onClick={() => order.onChange(way === "up" ? `-${orderedBy}` : orderedBy)}
    >
      {name}
      <Icon aria-hidden="true" className={css("orderIcon")} />
    </button>
  );
}

/** The last works of a person on one side of the desk, the newest first. */
import { Link } from "@tanstack/react-router";
import type { Work } from "#/api/types";
import { useWorks } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import desk from "./desk.module.css";
import { useWhat } from "./useWhat";

const css = classes(desk);
const KINDS = { writing: ["translate", "rewrite"], summary: ["summarise"], draft: ["draft"] } as const;

interface WorkListProps {
  readonly side: "writing" | "summary" | "draft";
}

export function WorkList({ side }: WorkListProps) {
  const t = useTranslations("writing");
  const format = useFormatter();
  const works = useWorks(KINDS[side]);
  return (
    <section className={css("section")} aria-labelledby="writing-works">
      <h2 id="writing-works" className={css("title")}>
        {t(`lists.${side}`)}
      </h2>
      {works.error && <ErrorNotice error={works.error} onRetry={() => void works.refetch()} />}
      {works.isSuccess && (
        <Table
          caption={t(`lists.${side}`)}
          rows={works.data.items}
          rowKey={(one) => one.id}
          empty={t(`noneYet.${side}`)}
          columns={[
            { name: t("work"), heading: true, cell: (one) => <Name work={one} /> },
            { name: t("state"), cell: (one) => t(`states.${one.state}`) },
            {
              name: t("done"),
              align: "end",
              cell: ({ done, segments }) =>
                segments === 0 ? "–" : format.number(Math.min(1, done / segments), { style: "percent" }),
            },
            {
              name: t("when"),
              secondary: true,
              cell: ({ created_at }) =>
                format.dateTime(new Date(created_at), { dateStyle: "short", timeStyle: "short" }),
            },
          ]}
        />
      )}
    </section>
  );
}

function Name({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const what = useWhat(work);
  if (work.kind === "draft") {
    return (
      <Link to="/bureau/rediger/$draftId" params={{ draftId: work.id }}>
        {work.name}
        {work.template !== null && work.template !== work.name && ` · ${work.template}`}
      </Link>
    );
  }
  return (
    <Link to="/bureau/$workId" params={{ workId: work.id }}>
      {work.is_file ? work.name : t("aText")} · {what}
    </Link>
  );
}

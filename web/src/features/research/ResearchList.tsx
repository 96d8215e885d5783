/** The researches of a person, the newest first. */
import { Link } from "@tanstack/react-router";
import { useResearches } from "#/api/research";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "./research.module.css";

const css = classes(sheet);

export function ResearchList() {
  const t = useTranslations("research");
  const format = useFormatter();
  const found = useResearches();
  return (
    <section className={css("section")} aria-labelledby="research-list">
      <h2 id="research-list" className={css("title")}>
        {t("list")}
      </h2>
      {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <Table
          caption={t("list")}
          rows={found.data.items}
          rowKey={(one) => one.id}
          empty={t("none")}
          columns={[
            {
              name: t("question"),
              heading: true,
              cell: ({ id, question }) => (
                <Link to="/recherche-approfondie/$researchId" params={{ researchId: id }} className={css("asked")}>
                  {question.length > 140 ? `${question.slice(0, 140)}…` : question}
                </Link>
              ),
            },
            { name: t("state"), cell: ({ state }) => t(`states.${state}`) },
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

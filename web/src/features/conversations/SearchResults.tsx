/** What was found in one's own conversations, with the place that matched. */
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSearch } from "#/api/conversations";
import type { Found } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "./list.module.css";

const css = classes(sheet);

export function SearchResults({ words }: { readonly words: string }) {
  const t = useTranslations("conversations");
  const { announce } = useLive();
  const { data, error, isPlaceholderData } = useSearch(words);
  const count = isPlaceholderData ? undefined : data?.length;
  useEffect(() => {
    if (count !== undefined) announce(t("searchCount", { count }));
  }, [count, announce, t]);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return null;
  if (data.length === 0) return <p className={css("none")}>{t("searchNone", { words })}</p>;
  return (
    <ul className={css("rows")} aria-label={t("search")}>
      {data.map((found) => (
        <Result key={found.id} found={found} />
      ))}
    </ul>
  );
}

function Result({ found: { id, title, snippet } }: { readonly found: Found }) {
  const t = useTranslations("conversations");
  return (
    <li className={css("row")}>
      <Link to="/c/$conversationId" params={{ conversationId: id }} className={css("link", "found")}>
        <span className={css("title")}>{title ?? t("untitled")}</span>
        {snippet && (
          <span className={css("snippet")}>
            {snippet.before}
            <mark className={css("mark")}>{snippet.match}</mark>
            {snippet.after}
          </span>
        )}
      </Link>
    </li>
  );
}

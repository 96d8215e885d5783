/** The conversations of a person, or of one folder, by age; the next page comes as the end nears. */
import { useEffect, useRef } from "react";
import { useConversationList } from "#/api/conversations";
import type { Folder } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ConversationRow } from "./ConversationRow";
import { type Group, groupByAge } from "./groups";
import sheet from "./list.module.css";

const css = classes(sheet);

export function ConversationList({ folder }: { readonly folder: Folder | null }) {
  const t = useTranslations("conversations");
  const list = useConversationList(folder?.id ?? null);
  const groupName = useGroupName();
  if (list.isPending) return null;
  if (!list.data) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  const folders = list.data.pages[0]?.folders ?? [];
  if (items.length === 0) return <p className={css("none")}>{folder ? t("noneInFolder") : t("none")}</p>;
  return (
    <>
      {groupByAge(items, new Date()).map((group) => (
        <section key={group.key} className={css("group")} aria-labelledby={`group-${group.key}`}>
          <h3 id={`group-${group.key}`} className={css("groupName")}>
            {groupName(group)}
          </h3>
          <ul className={css("rows")}>
            {group.items.map((conversation) => (
              <ConversationRow key={conversation.id} conversation={conversation} folders={folders} />
            ))}
          </ul>
        </section>
      ))}
      {list.hasNextPage && <More busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />}
    </>
  );
}

function useGroupName(): (group: Group) => string {
  const t = useTranslations("conversations");
  const format = useFormatter();
  return ({ name, since }) => {
    if (name !== null) return t(name);
    const words = format.dateTime(since, { month: "long", year: "numeric" });
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
}

/** Asks for more when it comes into view; a button for those who do not scroll. */
function More({ busy, onMore }: { readonly busy: boolean; readonly onMore: () => void }) {
  const t = useTranslations("conversations");
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!ref.current || busy) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: "400px" },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [busy]);
  return (
    <div ref={ref} className={css("more")}>
      <Button small look="quiet" isDisabled={busy} onPress={onMore}>
        {t("more")}
      </Button>
    </div>
  );
}

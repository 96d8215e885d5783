/** One line of the list: the title, whether an answer is being written, and the menu on demand. */
import { Link, useMatchRoute } from "@tanstack/react-router";
import type { Folder, Summary } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ConversationMenu } from "./ConversationMenu";
import sheet from "./list.module.css";

const css = classes(sheet);

export function ConversationRow({ conversation, folders }: { conversation: Summary; folders: readonly Folder[] }) {
  const t = useTranslations("conversations");
  const matches = useMatchRoute();
  const params = { conversationId: conversation.id };
  const isOpen = matches({ to: "/c/$conversationId", params }) !== false;
  return (
    <li className={css("row", isOpen && "open")}>
      <Link to="/c/$conversationId" params={params} className={css("link")}>
        <span className={css("title")}>{conversation.title ?? t("titleComing")}</span>
        {conversation.running && (
          <>
            <span aria-hidden="true" className={css("running")} />
            <span className="visuallyHidden">, {t("running")}</span>
          </>
        )}
      </Link>
      <span className={css("menu")}>
        <ConversationMenu small conversation={conversation} folders={folders} isOpen={isOpen} />
      </span>
    </li>
  );
}

/** The left column: mark, new conversation, search, the list, folders, and who is signed in. */
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { ArrowLeft, PanelLeftClose, Search, SquarePen, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { COMPOSER_ID } from "#/features/chat/Composer";
import { CollectionsLink } from "#/features/collections/CollectionsLink";
import { ConversationList } from "#/features/conversations/ConversationList";
import { Folders } from "#/features/conversations/Folders";
import { SearchResults } from "#/features/conversations/SearchResults";
import { useProductName } from "#/features/identity/useProductName";
import { ResearchLink } from "#/features/research/ResearchLink";
import { ScholarlyLink } from "#/features/scholarly/ScholarlyLink";
import { WritingLink } from "#/features/writing/WritingLink";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useSettled } from "#/ui/useSettled";
import sheet from "./List.module.css";
import { PersonMenu } from "./PersonMenu";
import { useShell } from "./shellContext";

const css = classes(sheet);

export function List() {
  const t = useTranslations();
  const { listBeside, hideList, folder, setFolder } = useShell();
  const navigate = useNavigate();
  const product = useProductName();
  const [words, setWords] = useState("");
  const searched = useSettled(words.trim());
  useCloseOnArrival(listBeside, hideList);
  return (
    <nav className={css("list")} aria-label={t("shell.navigation")}>
      <div className={css("head")}>
        <Link to="/" className={css("brand")}>
          <img src="/mark.svg" alt="" width="24" height="24" />
          {product}
        </Link>
        <IconButton
          label={listBeside ? t("shell.hideList") : t("shell.close")}
          icon={listBeside ? PanelLeftClose : X}
          onPress={hideList}
        />
      </div>
      <div className={css("tools")}>
        <Button wide icon={SquarePen} onPress={() => void navigate({ to: "/" }).then(focusComposer)}>
          {t("conversations.new")}
        </Button>
        <SearchField words={words} onChange={setWords} />
      </div>
      <h2 className="visuallyHidden">{t("shell.navigation")}</h2>
      <div className={css("scroll")}>
        {searched.length >= 2 ? (
          <SearchResults words={searched} />
        ) : (
          <>
            {folder && (
              <div className={css("folder")}>
                <IconButton
                  small
                  label={t("conversations.allConversations")}
                  icon={ArrowLeft}
                  onPress={() => setFolder(null)}
                />
                <strong>{folder.name}</strong>
              </div>
            )}
            <ConversationList folder={folder} />
          </>
        )}
      </div>
      <div className={css("foot")}>
        <div className={css("folders")}>
          <Folders chosen={folder?.id ?? null} onChoose={setFolder} />
        </div>
        <div className={css("places")}>
          <CollectionsLink />
          <ScholarlyLink />
          <ResearchLink />
          <WritingLink />
        </div>
        <PersonMenu />
      </div>
    </nav>
  );
}

/** A sheet closes once it has led somewhere. */
function useCloseOnArrival(listBeside: boolean, hide: () => void): void {
  const address = useRouterState({ select: (state) => state.location.href });
  const from = useRef(address);
  useEffect(() => {
    if (from.current === address) return;
    from.current = address;
    if (!listBeside) hide();
  }, [address, listBeside, hide]);
}

/** Already on the new conversation: the button leads to its field. */
function focusComposer(): void {
  document.getElementById(COMPOSER_ID)?.focus();
}

interface SearchFieldProps {
  readonly words: string;
  readonly onChange: (words: string) => void;
}

function SearchField({ words, onChange }: SearchFieldProps) {
  const t = useTranslations("conversations");
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className={css("search")}>
      <Search aria-hidden="true" className={css("searchIcon")} />
      <input
        ref={field}
        type="text"
        className={css("searchField")}
        aria-label={t("search")}
        placeholder={t("searchShort")}
        autoComplete="off"
        enterKeyHint="search"
        value={words}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || words === "") return;
          event.preventDefault();
          event.stopPropagation();
          onChange("");
        }}
      />
      {words !== "" && (
        <span className={css("clear")}>
          <IconButton
            small
            label={t("clearSearch")}
            icon={X}
            onPress={() => {
              onChange("");
              field.current?.focus();
            }}
          />
        </span>
      )}
    </search>
  );
}

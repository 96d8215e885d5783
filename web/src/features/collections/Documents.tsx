/** The documents of a base: sent, found, chosen together, in folders. */
import { useDocuments } from "#/api/collections";
import type { Collection, Doc } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { useSettled } from "#/ui/useSettled";
import { ChoiceBar, DOCUMENTS_TITLE } from "./ChoiceBar";
import sheet from "./collections.module.css";
import { DocumentFilters } from "./DocumentFilters";
import { DocumentsTable } from "./DocumentsTable";
import { FolderTrail } from "./FolderTrail";
import { isFollowed } from "./folders";
import { type CollectionSearch, wantedDocuments } from "./search";
import { UploadArea } from "./UploadArea";
import { useChosen } from "./useChosen";

const css = classes(sheet);

interface DocumentsProps {
  readonly collection: Collection;
  readonly search: CollectionSearch;
  readonly onSearch: (search: CollectionSearch) => void;
}

export function Documents({ collection, search, onSearch }: DocumentsProps) {
  const t = useTranslations("collections.list");
  const wanted = wantedDocuments(search);
  const list = useDocuments(collection.id, { ...wanted, words: useSettled(wanted.words) });
  const chosen = useChosen();
  const first = list.data?.pages[0];
  const rows: readonly Doc[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  const writes = collection.part !== "reader";
  const folder = search.folder ?? "";
  return (
    <>
      {writes && first && <Attention badly={first.badly_read} due={first.due} onSearch={onSearch} />}
      {writes && <Giving collection={collection} folder={folder} followed={first?.followed_folders ?? []} />}
      <section className={css("section")} aria-labelledby={DOCUMENTS_TITLE}>
        <h2 id={DOCUMENTS_TITLE} tabIndex={-1} className={css("title")}>
          {t("title")}
        </h2>
        <DocumentFilters search={search} onSearch={onSearch} isEmpty={isEmpty(collection, first?.total)} />
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {wanted.folder === null ? (
          <p className={css("facts")} role="status">
            {first && t("found", { count: first.found })}
          </p>
        ) : (
          <FolderTrail folders={first?.folders ?? []} folder={folder} search={search} onSearch={onSearch} />
        )}
        {writes && <ChoiceBar collection={collection} chosen={chosen} folders={first?.folders ?? []} />}
        {list.isSuccess && (
          <DocumentsTable
            collection={collection}
            rows={rows}
            chosen={chosen}
            everywhere={wanted.folder === null}
            folders={first?.folders ?? []}
            empty={emptyOf(first?.total ?? 0, wanted.folder === null, writes)}
          />
        )}
        {list.hasNextPage && <More list={list} />}
      </section>
    </>
  );
}

/** Nothing to look for: as the list says, or before it has come, as the base says. */
function isEmpty({ documents }: Collection, total = documents): boolean {
  return total === 0;
}

interface GivingProps {
  readonly collection: Collection;
  readonly folder: string;
  readonly followed: readonly string[];
}

/** Where documents are given; not in a folder that a source keeps. */
function Giving({ collection, folder, followed }: GivingProps) {
  const t = useTranslations("followed");
  if (isFollowed(folder, followed)) return <Notice>{t("folder")}</Notice>;
  return <UploadArea collection={collection} folder={folder} />;
}

function emptyOf(
  total: number,
  searching: boolean,
  writes: boolean,
): "emptyWords" | "empty" | "emptyFound" | "emptyHere" {
  if (total === 0) return writes ? "emptyWords" : "empty";
  return searching ? "emptyFound" : "emptyHere";
}

function More({ list }: { readonly list: ReturnType<typeof useDocuments> }) {
  const t = useTranslations("collections");
  return (
    <Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
      {t("more")}
    </Button>
  );
}

interface AttentionProps {
  readonly badly: number;
  readonly due: number;
  readonly onSearch: (search: CollectionSearch) => void;
}

/** What those who keep the base should look at. */
function Attention({ badly, due, onSearch }: AttentionProps) {
  const t = useTranslations("collections.attention");
  const button = (state: "badly_read" | "due") => (
    <Button small onPress={() => onSearch({ state })}>
      {t(state === "due" ? "seeDue" : "seeBadly")}
    </Button>
  );
  if (badly === 0 && due === 0) return null;
  return (
    <div className={css("notices")}>
      {badly > 0 && (
        <Notice meaning="caution" actions={button("badly_read")}>
          {t("badly", { count: badly })}
        </Notice>
      )}
      {due > 0 && (
        <Notice meaning="caution" actions={button("due")}>
          {t("due", { count: due })}
        </Notice>
      )}
    </div>
  );
}

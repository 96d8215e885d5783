/** The document bases that one may read; making one, with three that people often make when there is none. */
import { Link, useNavigate } from "@tanstack/react-router";
import { LibraryBig, Plus, Users } from "lucide-react";
import { useState } from "react";
import { useCollections } from "#/api/collections";
import { usePerson } from "#/api/sessions";
import type { Collection } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { useSettled } from "#/ui/useSettled";
import { CollectionDialog, type Draft } from "./CollectionDialog";
import sheet from "./collections.module.css";
import { isDue } from "./state";
import { useDay } from "./useDay";

const css = classes(sheet);
const EXAMPLES = ["rules", "project", "science"] as const;
const FRESH: Draft = { name: "", description: "" };

export function Collections() {
  const t = useTranslations("collections");
  const [words, setWords] = useState("");
  const [draft, setDraft] = useState<Draft | null>(null);
  const navigate = useNavigate();
  const { toast } = useLive();
  const searched = useSettled(words.trim());
  const list = useCollections(searched);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const none = list.isSuccess && rows.length === 0 && searched === "";
  const made = ({ id }: Collection) => {
    toast({ words: t("created") });
    void navigate({ to: "/bases/$collectionId", params: { collectionId: id } });
  };
  return (
    <section className={css("section")} aria-labelledby="collections-title">
      <div className={css("head")}>
        <h2 id="collections-title" className="visuallyHidden">
          {t("title")}
        </h2>
        <p className={css("about")}>{t("about")}</p>
        <Button look="primary" icon={Plus} onPress={() => setDraft(FRESH)}>
          {t("create")}
        </Button>
      </div>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {none && <Empty onChoose={setDraft} />}
      {!none && (
        <div className={css("filter")}>
          <Field
            label={t("search")}
            type="search"
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
      )}
      {list.isSuccess && !none && <CollectionsTable rows={rows} />}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {draft && <CollectionDialog draft={draft} onDone={made} onClose={() => setDraft(null)} />}
    </section>
  );
}

function CollectionsTable({ rows }: { readonly rows: readonly Collection[] }) {
  const t = useTranslations();
  const format = useFormatter();
  const { id: me } = usePerson();
  return (
    <Table
      caption={t("collections.title")}
      rows={rows}
      rowKey={(one) => one.id}
      empty={t("collections.noneFound")}
      columns={[
        { name: t("collections.name"), heading: true, cell: (one) => <Name collection={one} /> },
        {
          name: t("collections.owner"),
          cell: ({ owner }) => (owner.id === me ? t("collections.ownerYou") : owner.name),
        },
        { name: t("collections.part"), secondary: true, cell: ({ part }) => t(`collections.parts.${part}`) },
        { name: t("collections.level"), secondary: true, cell: ({ level }) => t(`models.levels.${level}`) },
        { name: t("collections.documents"), align: "end", cell: (one) => format.number(one.documents) },
        {
          name: t("collections.unread"),
          align: "end",
          secondary: true,
          cell: (one) => (one.unread === 0 ? "–" : format.number(one.unread)),
        },
      ]}
    />
  );
}

function Name({ collection: { id, name, description, shared, review_on } }: { readonly collection: Collection }) {
  const t = useTranslations("collections");
  const day = useDay();
  return (
    <>
      <Link to="/bases/$collectionId" params={{ collectionId: id }}>
        {name}
      </Link>
      {shared && (
        <span className={css("badge")}>
          <Users aria-hidden="true" className={css("badgeIcon")} />
          {t("shared")}
        </span>
      )}
      {description !== "" && <span className={css("under")}>{description}</span>}
      {review_on !== null && isDue(review_on) && (
        <span className={css("under", "late")}>{t("review.late", { date: day(review_on) })}</span>
      )}
    </>
  );
}

/** Nothing yet: what such a base is for, shown by three. */
function Empty({ onChoose }: { readonly onChoose: (draft: Draft) => void }) {
  const t = useTranslations("collections.empty");
  return (
    <div className={css("empty")}>
      <h3 className={css("emptyTitle")}>{t("title")}</h3>
      <p className={css("about")}>{t("words")}</p>
      <ul className={css("examples")}>
        {EXAMPLES.map((one) => (
          <li key={one}>
            <button
              type="button"
              className={css("example")}
              onClick={() => onChoose({ name: t(`${one}.name`), description: t(`${one}.words`) })}
            >
              <LibraryBig aria-hidden="true" className={css("exampleIcon")} />
              <span>
                <span className={css("exampleName")}>{t(`${one}.name`)}</span>
                <span className={css("under")}>{t(`${one}.words`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

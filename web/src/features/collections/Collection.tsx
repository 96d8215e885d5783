/** One document base: what it is, who sees it, what wants attention, and its documents in folders. */
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, EyeOff, FlaskConical, Settings2, Share2 } from "lucide-react";
import { useState } from "react";
import { useCollection, useDeleteCollection } from "#/api/collections";
import { usePerson } from "#/api/sessions";
import type { Collection as CollectionValue } from "#/api/types";
import { DeleteDialog } from "#/features/administration/DeleteDialog";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { ContentTabs } from "#/features/followed/ContentTabs";
import { FollowedSources } from "#/features/followed/FollowedSources";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { SettingsDialog } from "./CollectionDialog";
import sheet from "./collections.module.css";
import { Documents } from "./Documents";
import { SharingDialog } from "./SharingDialog";
import type { CollectionSearch } from "./search";
import { isDue } from "./state";
import { TryDialog } from "./TryDialog";
import { UseDialog } from "./UseDialog";
import { useDay } from "./useDay";
import { useSeenBy } from "./useSeenBy";

const css = classes(sheet);

interface CollectionProps {
  readonly id: string;
  readonly search: CollectionSearch;
  readonly onSearch: (search: CollectionSearch) => void;
}

export function Collection({ id, search, onSearch }: CollectionProps) {
  const t = useTranslations("collections");
  const { data: collection, error, refetch } = useCollection(id);
  return (
    <>
      <ScreenHeader title={collection?.name ?? t("title")} />
      <div className={css("scroll")}>
        <div className={css("column")}>
          <Link to="/bases" className={css("back")}>
            <ArrowLeft aria-hidden="true" className={css("backIcon")} />
            {t("back")}
          </Link>
          {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {collection && (
            <>
              <About collection={collection} />
              {collection.part === "curator" && <ContentTabs collection={collection} view={search.view} />}
              {collection.part === "curator" && search.view === "sources" ? (
                <FollowedSources collection={collection} />
              ) : (
                <Documents collection={collection} search={search} onSearch={onSearch} />
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** What the base is, and what its curators may do with it. */
function About({ collection }: { readonly collection: CollectionValue }) {
  const t = useTranslations();
  const { id: me } = usePerson();
  const { owner, level, part, description } = collection;
  const seen = useSeenBy()(collection);
  const facts = [
    owner.id === me ? t("collections.facts.yours") : t("collections.facts.of", { owner: owner.name }),
    t("collections.facts.level", { level: t(`models.levels.${level}`) }),
    ...(collection.closed ? [t("collections.facts.closed")] : []),
    t("collections.facts.part", { part: t(`collections.parts.${part}`) }),
    t("collections.documentCount", { count: collection.documents }),
  ];
  return (
    <section className={css("section")} aria-labelledby="about-title">
      <h2 id="about-title" className="visuallyHidden">
        {collection.name}
      </h2>
      {description !== "" && <p className={css("description")}>{description}</p>}
      <p className={css("facts")}>{facts.join(" · ")}</p>
      <p className={css("facts")}>
        {seen} <ReviewDay collection={collection} />
      </p>
      {part === "curator" && <Curating collection={collection} />}
    </section>
  );
}

function ReviewDay({ collection: { review_on: day } }: { readonly collection: CollectionValue }) {
  const t = useTranslations("collections.review");
  const words = useDay();
  if (day === null) return null;
  const late = isDue(day);
  return <span className={css(late && "late")}>{t(late ? "late" : "on", { date: words(day) })}.</span>;
}

type Asked = "share" | "settings" | "try" | "use" | "delete" | null;

function Curating({ collection }: { readonly collection: CollectionValue }) {
  const t = useTranslations("collections");
  const { toast } = useLive();
  const tell = useErrorToast();
  const navigate = useNavigate();
  const remove = useDeleteCollection();
  const [asked, ask] = useState<Asked>(null);
  const close = () => ask(null);
  const gone = async () => {
    await navigate({ to: "/bases" });
    toast({ words: t("removed") });
  };
  return (
    <div className={css("actions")}>
      <Button icon={Share2} onPress={() => ask("share")}>
        {t("share")}
      </Button>
      <Button icon={Settings2} onPress={() => ask("settings")}>
        {t("settings")}
      </Button>
      <Button icon={FlaskConical} onPress={() => ask("try")}>
        {t("try.open")}
      </Button>
      <Button icon={EyeOff} onPress={() => ask("use")}>
        {t("use.open")}
      </Button>
      {asked === "use" && <UseDialog collectionId={collection.id} onClose={close} />}
      {asked === "try" && <TryDialog collectionId={collection.id} onClose={close} />}
      {asked === "share" && <SharingDialog collection={collection} onClose={close} />}
      {asked === "settings" && (
        <SettingsDialog
          collection={collection}
          onDone={() => toast({ words: t("saved") })}
          onDelete={() => ask("delete")}
          onClose={close}
        />
      )}
      <DeleteDialog
        isOpen={asked === "delete"}
        onClose={close}
        title={t("removeTitle", { name: collection.name })}
        words={t("removeWords", { count: collection.documents })}
        onDelete={() => void remove.mutateAsync(collection.id).then(gone, tell)}
      />
    </div>
  );
}

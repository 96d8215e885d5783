/** The sources that a base follows: each with how it is, and what may be done with it. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { usePlaceChoices, useSources } from "#/api/followed";
import type { Collection } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { FollowDialog } from "./FollowDialog";
import sheet from "./followed.module.css";
import { SourceCard } from "./SourceCard";

const css = classes(sheet);

export function FollowedSources({ collection }: { readonly collection: Collection }) {
  const t = useTranslations("followed");
  const sources = useSources(collection.id);
  const places = usePlaceChoices(collection.id);
  const [adding, setAdding] = useState(false);
  const owned = collection.owner.kind === "unit";
  return (
    <section className={css("section")} aria-labelledby="sources-title">
      <div className={css("head")}>
        <h2 id="sources-title" className={css("title")}>
          {t("title")}
        </h2>
        {places.data && places.data.length > 0 && (
          <Button icon={Plus} onPress={() => setAdding(true)}>
            {t("add")}
          </Button>
        )}
      </div>
      <p className={css("about")}>{t("about")}</p>
      {!owned && <Notice>{t("needsUnit")}</Notice>}
      {owned && places.data?.length === 0 && <Notice>{t("noPlace")}</Notice>}
      {sources.error && <ErrorNotice error={sources.error} onRetry={() => void sources.refetch()} />}
      {owned && sources.data?.length === 0 && <p className={css("soft")}>{t("none")}</p>}
      {sources.data && sources.data.length > 0 && (
        <ul className={css("cards")}>
          {sources.data.map((source) => (
            <li key={source.id}>
              <SourceCard source={source} />
            </li>
          ))}
        </ul>
      )}
      {adding && places.data && (
        <FollowDialog collection={collection.id} places={places.data} onClose={() => setAdding(false)} />
      )}
    </section>
  );
}

/** Document bases: the list, and one of them. */
import { getRouteApi } from "@tanstack/react-router";
import { Collection } from "#/features/collections/Collection";
import { Collections } from "#/features/collections/Collections";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);
const one = getRouteApi("/bases/$collectionId");

export function CollectionsScreen() {
  const t = useTranslations("collections");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <Collections />
        </div>
      </div>
    </>
  );
}

export function CollectionScreen() {
  const { collectionId } = one.useParams();
  const navigate = one.useNavigate();
  return (
    <Collection
      key={collectionId}
      id={collectionId}
      search={one.useSearch()}
      onSearch={(search) => void navigate({ search })}
    />
  );
}

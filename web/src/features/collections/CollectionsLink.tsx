/** The way to the document bases, in the side list; it says what is being sent. */
import { Link } from "@tanstack/react-router";
import { LibraryBig } from "lucide-react";
import { useRights } from "#/api/sessions";
import { isPending } from "#/features/files/upload";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./CollectionsLink.module.css";
import { useCollectionUploads } from "./UploadsProvider";

const css = classes(sheet);

export function CollectionsLink() {
  const t = useTranslations("collections");
  const rights = useRights();
  const { uploads } = useCollectionUploads();
  const count = uploads.filter(isPending).length;
  if (!rights.includes("documents.read")) return null;
  return (
    <Link to="/bases" className={css("link")}>
      <LibraryBig aria-hidden="true" className={css("icon")} />
      <span className={css("name")}>{t("short")}</span>
      {count > 0 && <span className={css("count")}>{t("sending", { count })}</span>}
    </Link>
  );
}

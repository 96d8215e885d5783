/** The way to the document bases, in the side list; it says what is being sent. */
import { Link } from "@tanstack/react-router";
import { LibraryBig } from "lucide-react";
import { useRights } from "#/api/sessions";
import { isLeaving } from "#/features/files/upload";
import { useUploads } from "#/features/files/useUploads";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "#/ui/SideLink.module.css";

import { useCollectionUploads } from "./UploadsProvider";

const css = classes(sheet);

export function CollectionsLink() {
  const t = useTranslations("doors");
  const rights = useRights();
  const count = useUploads(useCollectionUploads()).filter(isLeaving).length;
  if (!rights.includes("documents.read")) return null;
  return (
    <Link to="/bases" className={css("link")}>
      <LibraryBig aria-hidden="true" className={css("icon")} />
      <span className={css("name")}>{t("bases")}</span>
      {count > 0 && <span className={css("count")}>{t("sending", { count })}</span>}
    </Link>
  );
}

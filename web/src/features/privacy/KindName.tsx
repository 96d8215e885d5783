/** A kind of data, and from when its time is counted. */
import type { OwnRetention } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export function KindName({ kind }: { readonly kind: OwnRetention["kind"] }) {
  const t = useTranslations("privacy");
  return (
    <>
      {t(`kinds.${kind}`)}
      <span className={css("under")}>{t(`kindsHint.${kind}`)}</span>
    </>
  );
}

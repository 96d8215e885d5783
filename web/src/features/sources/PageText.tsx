/** The text of a page, with what is quoted marked and brought into view. */
import { useEffect, useMemo, useRef } from "react";
import type { FilePage } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./panel.module.css";
import { quotedIn } from "./quoted";

const css = classes(sheet);

interface PageTextProps {
  readonly page: Pick<FilePage, "text" | "start">;
  readonly quoted: { readonly start: number; readonly end: number };
  readonly zoom: number;
}

export function PageText({ page, quoted: { start, end }, zoom }: PageTextProps) {
  const t = useTranslations("sources.panel");
  const { before, match, after } = useMemo(() => quotedIn(page, { start, end }), [page, start, end]);
  const frame = useRef<HTMLElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    const [box, target] = [frame.current, mark.current];
    // The panel alone scrolls, never the page behind it.
    if (box && target && match !== "") box.scrollTop = target.offsetTop - box.clientHeight / 3;
  }, [match]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the keyboard.
    <section ref={frame} className={css("frame", "text")} aria-label={t("text")} tabIndex={0} style={{ zoom }}>
      {before}
      {match !== "" && <mark ref={mark}>{match}</mark>}
      {after}
    </section>
  );
}

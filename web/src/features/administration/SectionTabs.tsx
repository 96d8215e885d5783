/**
 * The sections by what they are about: beside what they hold where there is room, else a row, which scrolls where it
 * does not fit and whose edges say that more is there.
 */
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./SectionTabs.module.css";
import { GROUPS, type OpenSection, sectionAt } from "./sections";

const css = classes(sheet);

interface SectionTabsProps {
  readonly sections: readonly OpenSection[];
  readonly pathname: string;
}

export function SectionTabs({ sections, pathname }: SectionTabsProps) {
  const t = useTranslations("administration");
  const { row, more, scroll } = useOverflow();
  const here = sectionAt(sections, pathname);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new section is brought into view when it opens.
  useEffect(() => {
    row.current?.querySelector("[aria-current=page]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [here?.path, row]);
  return (
    <nav className={css("frame", more.start && "moreStart", more.end && "moreEnd")} aria-label={t("title")}>
      <div ref={row} className={css("row")}>
        {GROUPS.map((group) => (
          <Group
            key={group}
            group={group}
            sections={sections.filter((section) => section.group === group)}
            here={here}
          />
        ))}
      </div>
      {more.start && <Cue side="start" onPress={() => scroll(-1)} />}
      {more.end && <Cue side="end" onPress={() => scroll(1)} />}
    </nav>
  );
}

interface GroupProps {
  readonly group: (typeof GROUPS)[number];
  readonly sections: readonly OpenSection[];
  readonly here: OpenSection | undefined;
}

function Group({ group, sections, here }: GroupProps) {
  const t = useTranslations("administration");
  if (!sections.length) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in.
    <div role="group" aria-label={t(`groups.${group}`)} className={css("group")}>
      <p className={css("heading")} aria-hidden="true">
        {t(`groups.${group}`)}
      </p>
      {sections.map((section) => (
        <Link
          key={section.path}
          to={section.path}
          activeOptions={{ exact: false }}
          className={css("tab")}
          aria-current={section === here ? "page" : undefined}
        >
          {t(`sections.${section.name}`)}
        </Link>
      ))}
    </div>
  );
}

/** For pointers only: the keyboard goes through the links, which come into view by themselves. */
function Cue({ side, onPress }: { readonly side: "start" | "end"; readonly onPress: () => void }) {
  const Icon = side === "start" ? ChevronLeft : ChevronRight;
  return (
    <button type="button" aria-hidden="true" tabIndex={-1} onClick={onPress} className={css("cue", side)}>
      <Icon className={css("icon")} />
    </button>
  );
}

function useOverflow() {
  const row = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ start: false, end: false });
  const measure = useCallback(() => {
    const { scrollLeft = 0, scrollWidth = 0, clientWidth = 0 } = row.current ?? {};
    const next = { start: scrollLeft > 4, end: scrollLeft + clientWidth < scrollWidth - 4 };
    setMore((now) => (now.start === next.start && now.end === next.end ? now : next));
  }, []);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, [measure]);
  const scroll = (way: 1 | -1) => row.current?.scrollBy({ left: way * 0.7 * row.current.clientWidth });
  return { row, more, scroll };
}

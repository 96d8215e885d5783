/** Among the sources of an answer: each publication, with its authors, its year and what must be known of it first. */

import { GraduationCap } from "lucide-react";
import type { PageOfWeb } from "#/api/types";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { Badges } from "#/features/scholarly/Badges";
import { useOpenSource } from "#/features/sources/opening";
import listSheet from "#/features/sources/sources.module.css";
import { classes } from "#/ui/classes";
import type { WorkSource } from "./workSources";

const list = classes(listSheet);

interface WorkRowsProps {
  readonly turnKey: string;
  readonly sources: readonly WorkSource[];
  readonly pages: ReadonlyMap<string, PageOfWeb>;
}

export function WorkRows({ turnKey, sources, pages }: WorkRowsProps) {
  const open = useOpenSource();
  return (
    <ul>
      {sources.map(({ pageId, numbers, first }) => {
        const page = pages.get(pageId);
        const work = page?.work;
        const about = [page?.author, work?.venue, work?.year].filter(Boolean).join(" · ");
        return (
          <li key={pageId} className={list("source")}>
            <GraduationCap aria-hidden="true" className={list("icon")} />
            <span>
              <button
                type="button"
                className={list("name")}
                onClick={(event) => open({ turnKey, index: first, fileId: null, pageId }, event.currentTarget)}
              >
                <WithFormulas text={page?.title || "…"} />
              </button>
              {numbers.length > 0 && <sup className={list("numbers")}>{numbers.join(", ")}</sup>}
              {about !== "" && <span className={list("about")}>{about}</span>}
              {work && <Badges work={work} linked={false} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A work, and beside it the page that a citation of a summary opened. */
import type { ReactNode } from "react";
import { useSummary } from "#/api/summaries";
import { useWork } from "#/api/writing";
import { OpenSourceContext } from "#/features/sources/opening";
import { SourcePanel } from "#/features/sources/SourcePanel";
import { useSource } from "#/features/sources/useSource";
import { classes } from "#/ui/classes";
import sheet from "./summary.module.css";

const css = classes(sheet);

interface WorkBesideProps {
  readonly id: string;
  readonly children: ReactNode;
}

export function WorkBeside({ id, children }: WorkBesideProps) {
  const { data } = useSummary(useWork(id).data);
  const source = useSource();
  return (
    <OpenSourceContext value={source.open}>
      <div className={css("beside", source.opened !== null && "withPanel")}>
        {children}
        {source.opened && (
          <SourcePanel
            opened={source.opened}
            checks={data?.checks ?? []}
            attachments={[]}
            onOpen={source.go}
            onClose={source.close}
          />
        )}
      </div>
    </OpenSourceContext>
  );
}

/** One bulk change from its beginning to its report; it can be stopped, and undone where that makes sense. */
import { useRef, useState } from "react";
import { type BulkChange, type Outcome, useCarryOut } from "#/api/bulk";
import { type PlannedLine, type ReportLine, report, toDo } from "./bulk";

interface Run {
  readonly change: BulkChange;
  readonly lines: readonly PlannedLine[];
}

export interface Bulk {
  /** Null before anything was asked. */
  readonly run: Run | null;
  readonly isRunning: boolean;
  readonly tried: number;
  readonly total: number;
  readonly lines: readonly ReportLine[];
  readonly start: (run: Run) => void;
  readonly stop: () => void;
}

export function useBulk(onEnd: (lines: readonly ReportLine[]) => void): Bulk {
  const work = useCarryOut();
  const [run, setRun] = useState<Run | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const stopping = useRef<AbortController>(null);
  const start = (next: Run) => {
    const told: Outcome[] = [];
    stopping.current = new AbortController();
    setRun(next);
    setOutcomes([]);
    work.mutate(
      {
        change: next.change,
        persons: toDo(next.lines),
        signal: stopping.current.signal,
        onOutcome: (outcome) => {
          told.push(outcome);
          setOutcomes([...told]);
        },
      },
      { onSettled: () => onEnd(report(next.lines, told)) },
    );
  };
  return {
    run,
    isRunning: work.isPending,
    tried: outcomes.length,
    total: run ? toDo(run.lines).length : 0,
    lines: run ? report(run.lines, outcomes) : [],
    start,
    stop: () => stopping.current?.abort(),
  };
}

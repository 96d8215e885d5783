/** A table filled a cell at a time: what a paper says to a question, that it does not say, or what went wrong. */
import { useEffect, useRef, useState } from "react";
import { askPaper } from "#/api/papers";
import type { Paper, PaperCell } from "#/api/types";

export type Filled = PaperCell | "asking" | Error;
type Cells = ReadonlyMap<string, Filled>;

export interface Comparing {
  readonly cells: Cells;
  readonly running: boolean;
  readonly start: (papers: readonly Paper[], questions: readonly string[]) => void;
  readonly stop: () => void;
}

export const placeOf = (paperId: string, question: string) => `${paperId} ${question}`;

const isSettled = (cell: Filled | undefined) => cell !== undefined && cell !== "asking" && !(cell instanceof Error);

export function useComparison(base: string): Comparing {
  const [cells, setCells] = useState<Cells>(new Map());
  const [running, setRunning] = useState(false);
  const stopper = useRef<AbortController | null>(null);
  useEffect(() => () => stopper.current?.abort(), []);
  const fill = (place: string, cell: Filled | null) =>
    setCells((known) => {
      const next = new Map(known);
      if (cell === null) next.delete(place);
      else next.set(place, cell);
      return next;
    });
  /** Returns false when nothing more is to be asked. */
  const ask = async (id: string, question: string, signal: AbortSignal): Promise<boolean> => {
    const place = placeOf(id, question);
    fill(place, "asking");
    try {
      fill(place, await askPaper(base, id, question, signal));
      return true;
    } catch (error) {
      fill(place, signal.aborted ? null : error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  };
  const run = async (papers: readonly Paper[], questions: readonly string[], { signal }: AbortController) => {
    const wanted = questions.flatMap((question) => papers.map(({ id }) => ({ id, question })));
    for (const { id, question } of wanted.filter((one) => !isSettled(cells.get(placeOf(one.id, one.question))))) {
      if (signal.aborted || !(await ask(id, question, signal))) return;
    }
  };
  return {
    cells,
    running,
    start: (papers, questions) => {
      const controller = new AbortController();
      stopper.current = controller;
      setRunning(true);
      void run(papers, questions, controller).finally(() => setRunning(false));
    },
    stop: () => stopper.current?.abort(),
  };
}

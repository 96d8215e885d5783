/**
 * Asks the worker for the colours of a piece of code. Code is what a model wrote, and patterns can be made to run for ever:
 * a worker that does not answer in time is ended, and that code stays in one colour.
 */
import { trustedTypesPolicy } from "../trustedTypes";
import type { ColourAnswer, Line } from "./kinds";
import { languageNamed } from "./names";
import workerAddress from "./worker?worker&url";

const LONGEST = 100_000;
const PATIENCE = 10_000;

type Done = (lines: readonly Line[]) => void;

interface Colourist {
  readonly worker: Worker;
  readonly waiting: Map<number, Done>;
  timer: ReturnType<typeof setTimeout> | null;
}

let colourist: Colourist | null = null;
let requests = 0;

/** Empty when there are no colours to give. */
export function coloursOf(text: string, written: string): Promise<readonly Line[]> {
  const language = languageNamed(written);
  if (language === null || text.length > LONGEST || typeof Worker === "undefined") return Promise.resolve([]);
  return new Promise((resolve) => {
    colourist ??= hire();
    requests += 1;
    colourist.waiting.set(requests, resolve);
    colourist.worker.postMessage({ id: requests, text, language });
    watch(colourist);
  });
}

function hire(): Colourist {
  const address = trustedTypesPolicy()?.createScriptURL(workerAddress) ?? workerAddress;
  // The DOM's types know no trusted address yet.
  const worker = new Worker(address as string, { type: "module" });
  const hired: Colourist = { worker, waiting: new Map(), timer: null };
  worker.addEventListener("message", ({ data }: MessageEvent<ColourAnswer>) => {
    hired.waiting.get(data.id)?.(data.lines);
    hired.waiting.delete(data.id);
    watch(hired);
  });
  worker.addEventListener("error", () => dismiss(hired));
  return hired;
}

function watch(hired: Colourist): void {
  if (hired.timer) clearTimeout(hired.timer);
  hired.timer = hired.waiting.size === 0 ? null : setTimeout(() => dismiss(hired), PATIENCE);
}

function dismiss(hired: Colourist): void {
  hired.worker.terminate();
  if (hired.timer) clearTimeout(hired.timer);
  for (const done of hired.waiting.values()) done([]);
  hired.waiting.clear();
  if (colourist === hired) colourist = null;
}

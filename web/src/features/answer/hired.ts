/**
 * A worker that is asked things and watched. What it works on is what a model wrote, and patterns or formulas can be made to
 * run for ever: one that does not answer in time is ended, what it was asked is answered by null, and the next question
 * hires another.
 */
import { trustedTypesPolicy } from "./trustedTypes";

interface Hired<Answer> {
  readonly worker: Worker;
  readonly waiting: Map<number, (answer: Answer | null) => void>;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Asks a worker at this address; `patience` is in milliseconds without any answer. */
export function hiring<Request extends { readonly id: number }, Answer extends { readonly id: number }>(
  address: string,
  patience: number,
): (request: Omit<Request, "id">) => Promise<Answer | null> {
  let current: Hired<Answer> | null = null;
  let asked = 0;

  function hire(): Hired<Answer> {
    const trusted = trustedTypesPolicy()?.createScriptURL(address) ?? address;
    // The DOM's types know no trusted address yet.
    const worker = new Worker(trusted as string, { type: "module" });
    const hired: Hired<Answer> = { worker, waiting: new Map(), timer: null };
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      hired.waiting.get(data.id)?.(data);
      hired.waiting.delete(data.id);
      watch(hired);
    });
    worker.addEventListener("error", () => dismiss(hired));
    return hired;
  }

  function watch(hired: Hired<Answer>): void {
    if (hired.timer) clearTimeout(hired.timer);
    hired.timer = hired.waiting.size === 0 ? null : setTimeout(() => dismiss(hired), patience);
  }

  function dismiss(hired: Hired<Answer>): void {
    hired.worker.terminate();
    if (hired.timer) clearTimeout(hired.timer);
    if (current === hired) current = null;
    const waiting = [...hired.waiting.values()];
    hired.waiting.clear();
    for (const done of waiting) done(null);
  }

  return (request) => {
    if (typeof Worker === "undefined") return Promise.resolve(null);
    return new Promise((resolve) => {
      current ??= hire();
      asked += 1;
      current.waiting.set(asked, resolve);
      current.worker.postMessage({ ...request, id: asked });
      watch(current);
    });
  };
}

/**
 * Code fetched when it is first needed: kept once it has come, asked for again when it could not be had. A page that was
 * open for days may ask for a file that a newer version replaced, or ask while the server is away: whoever waits is told.
 */
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { restyled } from "./restyled";

const PAUSES = [300, 1_500]; // milliseconds between tries, where the line is cut
const AGAIN_AFTER = 5_000; // what cannot be done without is asked for until it comes

export interface Late<Module> {
  /** What has come; null before. */
  readonly held: () => Module | null;
  readonly fetch: () => Promise<Module>;
}

export function late<Module>(code: () => Promise<Module>): Late<Module> {
  let held: Module | null = null;
  const fetch = async () => {
    if (held === null) {
      await restyled();
      held = await code();
    }
    return held;
  };
  return { held: () => held, fetch };
}

/** Tells that a part of the page could not be fetched. */
export const UnfetchedContext = createContext<() => void>(() => undefined);

/** The code, once it is here; `onFailed` then closes what waits for it, so that the same press may try again. Quiet: nothing is lost without it. */
export function useLate<Module>(
  part: Late<Module>,
  wanted: boolean,
  onFailed: () => void,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Module | null {
  const [, arrived] = useState(0);
  const aloud = useContext(UnfetchedContext);
  const tell = quiet ? nothing : aloud;
  const failed = useRef(onFailed);
  failed.current = onFailed;
  const waits = wanted && part.held() === null;
  useEffect(() => {
    if (!waits) return;
    let gone = false;
    const wait = async () => {
      for (let told = false; !gone; told = true) {
        const here = await patiently(part.fetch, () => gone);
        if (gone) return;
        if (here) return arrived((count) => count + 1);
        if (!told) tell();
        failed.current();
        await pause(AGAIN_AFTER);
      }
    };
    void wait();
    return () => {
      gone = true;
    };
  }, [waits, part, tell]);
  return part.held();
}

async function patiently(fetch: () => Promise<unknown>, gone: () => boolean): Promise<boolean> {
  for (const milliseconds of [0, ...PAUSES]) {
    if (milliseconds > 0) await pause(milliseconds);
    if (gone()) return false;
    const here = await fetch().then(
      () => true,
      () => false,
    );
    if (here) return true;
  }
  return false;
}

const nothing = () => undefined;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

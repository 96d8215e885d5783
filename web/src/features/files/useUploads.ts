/** Sends files, three at once, and hands each over once it is there; what fails can be tried again from where it was. */
import { useCallback, useEffect, useReducer, useRef } from "react";
import { sendFile } from "#/api/sending";
import type { Level } from "#/api/types";
import { readPreferences } from "#/features/preferences/preferences";
import { isPending, reduce, startable, type Upload, type Uploads } from "./upload";

export interface Given {
  readonly file: File;
  readonly folder: string;
}

export interface UploadMachine {
  readonly uploads: Uploads;
  readonly add: (place: string, level: Level, files: readonly Given[]) => void;
  readonly again: (key: string) => void;
  /** Gives up a file; what the server has of it goes by itself. */
  readonly remove: (key: string) => void;
  /** Forgets those of a place that are kept. */
  readonly clear: (place: string) => void;
}

/** `keep` gives a file that arrived to what it is for. */
export function useUploads(keep: (upload: Upload, fileId: string) => Promise<unknown>): UploadMachine {
  const [uploads, dispatch] = useReducer(reduce, []);
  const files = useRef(new Map<string, File>());
  const stops = useRef(new Map<string, AbortController>());
  const keeping = useRef(keep);
  keeping.current = keep;

  const send = useCallback(async (one: Upload) => {
    const file = files.current.get(one.key);
    if (!file || stops.current.has(one.key)) return;
    const stop = new AbortController();
    const { key } = one;
    stops.current.set(key, stop);
    dispatch({ type: "started", key });
    try {
      const id = await sendFile({
        file,
        level: one.level,
        keepMetadata: readPreferences().keepMetadata,
        begun: one.begun,
        onBegun: (begun) => dispatch({ type: "begun", key, begun }),
        onReceived: (received) => dispatch({ type: "received", key, received }),
        signal: stop.signal,
      });
      dispatch({ type: "sent", key });
      await keeping.current(one, id);
      dispatch({ type: "kept", key });
      files.current.delete(key);
    } catch (error) {
      if (!stop.signal.aborted) dispatch({ type: "failed", key, error });
    } finally {
      stops.current.delete(key);
    }
  }, []);

  useEffect(() => {
    for (const one of startable(uploads)) void send(one);
  }, [uploads, send]);
  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, []);
  useLeaveWarning(uploads.some(isPending));

  const add = useCallback((place: string, level: Level, given: readonly Given[]) => {
    const chosen = given.map(({ file, folder }) => {
      const key = crypto.randomUUID();
      files.current.set(key, file);
      return { key, name: file.name, size: file.size, place, folder, level };
    });
    dispatch({ type: "chosen", uploads: chosen });
  }, []);
  const again = useCallback((key: string) => dispatch({ type: "again", key }), []);
  const remove = useCallback((key: string) => {
    stops.current.get(key)?.abort();
    files.current.delete(key);
    dispatch({ type: "removed", key });
  }, []);
  const clear = useCallback((place: string) => dispatch({ type: "cleared", place }), []);
  return { uploads, add, again, remove, clear };
}

/** The browser asks before a page closes that is still sending. */
function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}

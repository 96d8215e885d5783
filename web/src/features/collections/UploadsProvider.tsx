/** Files on their way to document bases: they go on while one looks at something else. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { addDocument, refreshCollections } from "#/api/collections";
import { ApiError } from "#/api/http";
import { isLeaving } from "#/features/files/upload";
import { createUploads, type Uploads } from "#/features/files/uploads";
import { useUploads } from "#/features/files/useUploads";

const UploadsContext = createContext<Uploads | null>(null);
/** Milliseconds between two readings of the list while files arrive by the hundred. */
const REFRESH_EVERY = 1_000;
const HELD_ALREADY = new Set(["file_in_use", "file_not_found"]);

export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [uploads] = useState(() => uploadsTo(client));
  useEffect(() => uploads.stop, [uploads]);
  useLeaveWarning(useUploads(uploads).some(isLeaving));
  return <UploadsContext value={uploads}>{children}</UploadsContext>;
}

function uploadsTo(client: QueryClient): Uploads {
  const refresh = nowAndThen(() => void refreshCollections(client));
  return createUploads({
    handOver: async ({ place, folder }, file) => {
      await addDocument({ collection: place, file, folder }).catch(unlessDone);
      refresh();
    },
  });
}

/** Tried again after an answer that was lost: the document is there already, for only this page knows the file. */
function unlessDone(error: unknown): void {
  if (!(error instanceof ApiError) || !HELD_ALREADY.has(error.code)) throw error;
}

function nowAndThen(act: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      act();
    }, REFRESH_EVERY);
  };
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

export function useCollectionUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error("useCollectionUploads is for screens inside the shell");
  return uploads;
}

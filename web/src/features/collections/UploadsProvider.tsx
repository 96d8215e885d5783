/** Files on their way to document bases: they go on while one looks at something else. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useRef } from "react";
import { addDocument, refreshCollections } from "#/api/collections";
import { ApiError } from "#/api/http";
import type { Upload } from "#/features/files/upload";
import { type UploadMachine, useUploads } from "#/features/files/useUploads";

const UploadsContext = createContext<UploadMachine | null>(null);
/** Milliseconds between two readings of the list while files arrive by the hundred. */
const REFRESH_EVERY = 1_000;
const HELD_ALREADY = new Set(["file_in_use", "file_not_found"]);

export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const refresh = useRefreshNowAndThen();
  const machine = useUploads(async ({ place, folder }: Upload, file) => {
    await addDocument({ collection: place, file, folder }).catch(unlessDone);
    refresh();
  });
  return <UploadsContext value={machine}>{children}</UploadsContext>;
}

/** Tried again after an answer that was lost: the document is there already, for only this page knows the file. */
function unlessDone(error: unknown): void {
  if (!(error instanceof ApiError) || !HELD_ALREADY.has(error.code)) throw error;
}

function useRefreshNowAndThen(): () => void {
  const client = useQueryClient();
  const waiting = useRef(false);
  return useCallback(() => {
    if (waiting.current) return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      void refreshCollections(client);
    }, REFRESH_EVERY);
  }, [client]);
}

export function useCollectionUploads(): UploadMachine {
  const machine = useContext(UploadsContext);
  if (!machine) throw new Error("useCollectionUploads is for screens inside the shell");
  return machine;
}

/** Files: sent in parts, followed while they are read, and looked into by whoever may read them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { FileView, Level, SentFile } from "./types";

const ONE = "/api/files/{file_id}" as const;
/** How many files the server tells of at once. */
const MOST = 200;

interface NewFile {
  readonly name: string;
  readonly size: number;
  /** Without it, the server's own choice. */
  readonly level?: Level;
  /** What a camera wrote beside an image (place, date, device) stays. */
  readonly keep_metadata?: boolean;
}

export function beginFile(body: NewFile, signal: AbortSignal): Promise<SentFile> {
  return call("POST", "/api/files", { body, signal });
}

export async function sendPart(id: string, offset: number, part: Blob, signal: AbortSignal): Promise<SentFile> {
  const path = `/api/files/${encodeURIComponent(id)}/parts/${offset}`;
  const headers = { "Content-Type": "application/octet-stream" };
  const response = await open("PUT", path, { body: part, headers, signal });
  return await response.json();
}

export async function ownFiles(ids: readonly string[], signal?: AbortSignal): Promise<readonly SentFile[]> {
  const query = { id: ids.slice(0, MOST) };
  const { items } = await call("GET", "/api/files", { query, ...(signal && { signal }) });
  return items;
}

/** One of the caller's own files, whatever holds it; looked at again until it is read. */
export function useOwnFile(id: string | null) {
  return useQuery({
    queryKey: ["files", "own", id],
    queryFn: async ({ signal }) => (await ownFiles(id === null ? [] : [id], signal))[0] ?? null,
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) =>
      data && data.state !== "read" && data.state !== "failed" ? 2_000 : false,
  });
}

/** A conversation or a document has it. */
export async function isHeld(id: string, signal: AbortSignal): Promise<boolean> {
  const { items } = await call("GET", "/api/files/views", { query: { id: [id] }, signal });
  return items.length > 0;
}

export function readAgain(id: string): Promise<SentFile> {
  return call("POST", `${ONE}/read`, { path: { file_id: id } });
}

export async function deleteFile(id: string): Promise<void> {
  await call("DELETE", ONE, { path: { file_id: id } });
}

/** Those of the files that the person may look into, by identifier; what is missing may not be, or no longer. */
export function useFileViews(ids: readonly string[]) {
  const wanted = [...new Set(ids)].sort().slice(0, MOST);
  return useQuery({
    queryKey: ["files", "views", wanted],
    queryFn: ({ signal }) => call("GET", "/api/files/views", { query: { id: wanted }, signal }),
    select: (found): ReadonlyMap<string, FileView> => new Map(found.items.map((view) => [view.id, view])),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
}

export interface PageAsked {
  readonly fileId: string;
  readonly page: number;
  /** What is quoted, in code points of the document's text. */
  readonly start: number;
  readonly end: number;
}

export function useFilePage(asked: PageAsked | null) {
  return useQuery({
    queryKey: ["files", "page", asked],
    queryFn: ({ signal }) =>
      call("GET", `${ONE}/pages/{number}`, {
        path: { file_id: asked?.fileId ?? "", number: asked?.page ?? 1 },
        query: { start: asked?.start ?? 0, end: asked?.end ?? 0 },
        signal,
      }),
    enabled: asked !== null,
  });
}

export function imageAddress(fileId: string, page: number, width: number): string {
  return `/api/files/${encodeURIComponent(fileId)}/pages/${page}/image?width=${width}`;
}

export function originalAddress(fileId: string): string {
  return `/api/files/${encodeURIComponent(fileId)}/original`;
}

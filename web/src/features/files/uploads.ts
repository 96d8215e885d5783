/**
 * Files on their way, a few at once. They live outside React: leaving a screen never cuts a sending, and coming back finds it
 * where it is. What they are for decides the rest: a base is handed what arrived; a question follows it until it is read.
 */
import { deleteFile, readAgain } from "#/api/files";
import type { Level } from "#/api/types";
import type { Dropped } from "./dropped";
import { followReading } from "./following";
import { codedError, type HandOver, sendFile } from "./sending";
import { isUnread, newUpload, nextToSend, reduceUploads, type Upload, type UploadAction } from "./upload";

interface Use {
  readonly handOver?: HandOver;
  /** Tells, once it arrived, how far its reading is. */
  readonly follows?: boolean;
}

export interface Uploads {
  readonly read: () => readonly Upload[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly add: (files: readonly Dropped[], place?: string, level?: Level | null) => void;
  /** Takes in those found again after a reload. */
  readonly adopt: (uploads: readonly Upload[]) => void;
  /** False when it can only be given again from the device. */
  readonly canRetry: (upload: Upload) => boolean;
  readonly retry: (key: string) => void;
  /** Gives up files; the server forgets those that nothing holds. */
  readonly remove: (keys: readonly string[]) => void;
  /** Forgets files here only: what they are for has them. */
  readonly release: (keys: readonly string[]) => void;
  /** Cuts what is on its way. */
  readonly stop: () => void;
}

const NONE: readonly Upload[] = [];

export function createUploads({ handOver, follows = false }: Use = {}): Uploads {
  let uploads = NONE;
  let beginning = false;
  const blobs = new Map<string, Blob>();
  const connections = new Map<string, AbortController>();
  const listeners = new Set<() => void>();
  const find = (key: string) => uploads.find((one) => one.key === key) ?? null;
  const follow = followReading(
    () => uploads.flatMap(({ phase, id }) => (phase === "arrived" && id !== null ? [id] : [])),
    (file) => {
      const told = uploads.find(({ id, phase }) => id === file.id && phase === "arrived");
      if (told) dispatch({ type: "told", key: told.key, file });
    },
  );

  function dispatch(action: UploadAction): void {
    uploads = reduceUploads(uploads, action);
    for (const listener of listeners) listener();
    sendNext();
    if (follows) follow();
  }

  function sendNext(): void {
    // Beginning one says so at once, which would begin the next before it.
    if (beginning) return;
    beginning = true;
    for (const { key } of nextToSend(uploads)) send(key);
    beginning = false;
  }

  function send(key: string): void {
    const blob = blobs.get(key);
    if (!blob || connections.has(key)) return;
    const connection = new AbortController();
    connections.set(key, connection);
    const { signal } = connection;
    void sendFile(key, { blob, signal, read: () => find(key), dispatch, handOver }).finally(() => {
      if (connections.get(key) !== connection) return;
      connections.delete(key);
      // Tried again before this one was over.
      sendNext();
    });
  }

  function release(keys: readonly string[]): void {
    for (const key of keys) {
      connections.get(key)?.abort();
      connections.delete(key);
      blobs.delete(key);
    }
    dispatch({ type: "removed", keys });
  }

  const canRetry = (upload: Upload) => isUnread(upload) || blobs.has(upload.key);
  return {
    read: () => uploads,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (files, place = "", level = null) => {
      const added = files.map(({ file, folder }) => {
        const key = crypto.randomUUID();
        blobs.set(key, file);
        return newUpload({ key, name: file.name, size: file.size, place, folder, level });
      });
      dispatch({ type: "added", uploads: added });
    },
    adopt: (found) => dispatch({ type: "added", uploads: found }),
    canRetry,
    retry: (key) => {
      const upload = find(key);
      if (upload?.phase !== "failed" || !canRetry(upload)) return;
      dispatch({ type: "retried", key });
      if (!isUnread(upload) || upload.id === null) return;
      readAgain(upload.id).then(
        (file) => dispatch({ type: "told", key, file }),
        (error: unknown) => dispatch({ type: "failed", key, error: codedError(error) }),
      );
    },
    remove: (keys) => {
      for (const { id, key } of uploads) {
        if (id !== null && keys.includes(key)) void deleteFile(id).catch(() => undefined);
      }
      release(keys);
    },
    release,
    stop: () => {
      for (const connection of connections.values()) connection.abort();
    },
  };
}

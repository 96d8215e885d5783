/**
 * The files being given, by the place of their draft (a conversation, or the one to come). They live outside React: leaving
 * a screen never cuts a sending, and coming back finds it where it is.
 */
import { deleteFile, ownFiles, readAgain } from "#/api/files";
import { ApiError, SIGNED_OUT } from "#/api/http";
import type { SentFile } from "#/api/types";
import { sendFile } from "./sending";
import {
  foundUpload,
  isWhole,
  MOST_FILES,
  newUpload,
  nextToSend,
  reduceUploads,
  type Upload,
  type UploadAction,
} from "./upload";

interface Place {
  uploads: readonly Upload[];
  readonly blobs: Map<string, Blob>;
  readonly connections: Map<string, AbortController>;
  readonly listeners: Set<() => void>;
  asking: boolean;
}

const NONE: readonly Upload[] = [];
/** Milliseconds between two looks at how far the reading is; longer and longer, up to the last. */
const LOOKS = [300, 400, 600, 1_000, 1_500] as const;
const places = new Map<string, Place>();

function placeOf(name: string): Place {
  const known = places.get(name);
  if (known) return known;
  const place: Place = { uploads: NONE, blobs: new Map(), connections: new Map(), listeners: new Set(), asking: false };
  places.set(name, place);
  return place;
}

export function readUploads(name: string): readonly Upload[] {
  return places.get(name)?.uploads ?? NONE;
}

export function subscribeToUploads(name: string, listener: () => void): () => void {
  const { listeners } = placeOf(name);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Adds files; those beyond what a question takes are left, and counted. */
export function addFiles(name: string, files: readonly File[]): number {
  const place = placeOf(name);
  const room = Math.max(0, MOST_FILES - place.uploads.length);
  const uploads = files.slice(0, room).map((file) => {
    const upload = newUpload(crypto.randomUUID(), file);
    place.blobs.set(upload.key, file);
    return upload;
  });
  dispatch(place, { type: "added", uploads });
  return files.length - uploads.length;
}

/** Finds again those of a draft kept on this device; nothing is said when the server cannot tell now. */
export async function findFiles(name: string, ids: readonly string[]): Promise<void> {
  const place = placeOf(name);
  const unknown = ids.filter((id) => !place.uploads.some((one) => one.id === id));
  if (unknown.length === 0) return;
  const found = await ownFiles(unknown).catch((): readonly SentFile[] => []);
  dispatch(place, { type: "added", uploads: found.map(foundUpload) });
}

/** Takes files away; the server forgets those that no question holds. */
export function removeFiles(name: string, keys: readonly string[]): void {
  const place = placeOf(name);
  for (const { id } of place.uploads.filter(({ key }) => keys.includes(key))) {
    if (id !== null) void deleteFile(id).catch(() => undefined);
  }
  letGo(place, keys);
}

/** They left with a question. */
export function releaseFiles(name: string, keys: readonly string[]): void {
  letGo(placeOf(name), keys);
}

function letGo(place: Place, keys: readonly string[]): void {
  for (const key of keys) {
    place.connections.get(key)?.abort();
    place.connections.delete(key);
    place.blobs.delete(key);
  }
  dispatch(place, { type: "removed", keys });
}

/** False when it can only be given again from the device. */
export function canRetry(name: string, upload: Upload): boolean {
  return isWhole(upload) || placeOf(name).blobs.has(upload.key);
}

export function retryFile(name: string, key: string): void {
  const place = placeOf(name);
  const upload = place.uploads.find((one) => one.key === key);
  if (!upload || !canRetry(name, upload)) return;
  dispatch(place, { type: "retried", key });
  if (!isWhole(upload) || upload.id === null) return;
  readAgain(upload.id).then(
    (file) => dispatch(place, { type: "told", key, file }),
    (error: unknown) => dispatch(place, { type: "failed", key, error: coded(error) }),
  );
}

function coded(error: unknown) {
  return error instanceof ApiError
    ? { code: error.code, params: error.params }
    : { code: "internal_error", params: {} };
}

function dispatch(place: Place, action: UploadAction): void {
  const before = place.uploads;
  place.uploads = reduceUploads(before, action);
  for (const { key } of nextToSend(place.uploads)) send(place, key);
  for (const listener of place.listeners) listener();
  void look(place);
}

function send(place: Place, key: string): void {
  const blob = place.blobs.get(key);
  if (!blob) return;
  const connection = new AbortController();
  place.connections.set(key, connection);
  const read = () => place.uploads.find((one) => one.key === key) ?? null;
  const act = (action: UploadAction) => dispatch(place, action);
  void sendFile(key, { blob, signal: connection.signal, read, dispatch: act }).catch(() =>
    act({ type: "failed", key, error: { code: "internal_error", params: {} } }),
  );
}

/** Asks how far the reading is, for all files at once, until each is read or could not be. */
async function look(place: Place): Promise<void> {
  if (place.asking) return;
  place.asking = true;
  for (let looks = 0; ; looks += 1) {
    const ids = place.uploads.flatMap(({ phase, id }) => (phase === "reading" && id !== null ? [id] : []));
    if (ids.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, LOOKS[looks] ?? LOOKS.at(-1)));
    const found = await ownFiles(ids).catch(ended);
    if (found === null) break;
    for (const file of found) {
      const key = place.uploads.find((one) => one.id === file.id && one.phase === "reading")?.key;
      if (key !== undefined) tellOne(place, key, file);
    }
  }
  place.asking = false;
}

/** Null when the session is over: whoever comes back asks again. */
function ended(error: unknown): readonly SentFile[] | null {
  return error instanceof ApiError && error.code === SIGNED_OUT ? null : [];
}

/** As `dispatch`, from inside a look. */
function tellOne(place: Place, key: string, file: SentFile): void {
  place.uploads = reduceUploads(place.uploads, { type: "told", key, file });
  for (const listener of place.listeners) listener();
}

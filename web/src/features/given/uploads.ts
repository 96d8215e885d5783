/** The files being given, by the place of their draft: a conversation, or the one to come. */
import { ownFiles } from "#/api/files";
import type { SentFile } from "#/api/types";
import type { Dropped } from "#/features/files/dropped";
import { foundUpload, isThere, type Upload } from "#/features/files/upload";
import { createUploads, type Uploads } from "#/features/files/uploads";

/** As many as a question takes. */
export const MOST_FILES = 50;

const places = new Map<string, Uploads>();

export function uploadsOf(name: string): Uploads {
  const known = places.get(name);
  if (known) return known;
  const uploads = createUploads({ follows: true });
  places.set(name, uploads);
  return uploads;
}

/** Adds files; those beyond what a question takes are left, and counted. */
export function addFiles(uploads: Uploads, files: readonly Dropped[]): number {
  const taken = files.slice(0, Math.max(0, MOST_FILES - uploads.read().length));
  uploads.add(taken);
  return files.length - taken.length;
}

/** Finds again those of a draft kept on this device; nothing is said when the server cannot tell now. */
export async function findFiles(uploads: Uploads, ids: readonly string[]): Promise<void> {
  const unknown = ids.filter((id) => !uploads.read().some((one) => one.id === id));
  if (unknown.length === 0) return;
  const found = await ownFiles(unknown).catch((): readonly SentFile[] => []);
  uploads.adopt(found.map(foundUpload));
}

/** These go with the question; the server waits for those that are still being read. */
export function isGiven(upload: Upload): boolean {
  return upload.id !== null && isThere(upload);
}

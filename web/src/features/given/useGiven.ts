/** What is given with the question being written: files on their way, document bases to look in, and what they demand. */
import { useEffect, useMemo, useState } from "react";
import type { AskedCollection, Attachment, Level } from "#/api/types";
import type { Dropped } from "#/features/files/dropped";
import { isLeaving, type Upload } from "#/features/files/upload";
import type { Uploads } from "#/features/files/uploads";
import { useUploads } from "#/features/files/useUploads";
import { type Categories, isAtMost, union } from "#/features/inference/choice";
import { type ChosenCollection, keepCollections, keepFiles, readKeptCollections, readKeptFiles } from "./kept";
import { addFiles, findFiles, isGiven, uploadsOf } from "./uploads";

export interface ToGive {
  readonly attachments: readonly Attachment[];
  readonly collections: readonly AskedCollection[];
}

export interface Given {
  readonly uploads: readonly Upload[];
  readonly collections: readonly ChosenCollection[];
  /** The highest level of what is given, and what has it; null when nothing is given. */
  readonly floor: { readonly level: Level; readonly name: string } | null;
  /** The categories of all that is given, as far as they are known. */
  readonly categories: Categories;
  /** A file is still leaving this device: the question waits for it. */
  readonly leaving: boolean;
  /** Returns how many were too many. */
  readonly add: (files: readonly Dropped[]) => number;
  readonly remove: (key: string) => void;
  /** False when it can only be given again from the device. */
  readonly canRetry: (upload: Upload) => boolean;
  readonly retry: (key: string) => void;
  readonly choose: (collections: readonly ChosenCollection[]) => void;
  readonly toGive: () => ToGive;
  /** They left with a question of this conversation: files go, bases stay for its next question. */
  readonly release: (conversationId: string) => void;
}

export function useGiven(personId: string, place: string): Given {
  const own = uploadsOf(`${personId}:${place}`);
  const uploads = useUploads(own);
  const [collections, setCollections] = useState(() => readKeptCollections(personId, place));
  useKeptFiles(personId, place, own);
  return useMemo(() => {
    const choose = (chosen: readonly ChosenCollection[]) => {
      setCollections(chosen);
      keepCollections(personId, place, chosen);
    };
    return {
      uploads,
      collections,
      floor: floorOf(uploads, collections),
      categories: union(...uploads.map(({ file }) => file?.categories ?? [])),
      leaving: uploads.some(isLeaving),
      add: (files) => addFiles(own, files),
      remove: (key) => own.remove([key]),
      canRetry: own.canRetry,
      retry: own.retry,
      choose,
      toGive: () => ({
        attachments: own.read().filter(isGiven).map(attachmentOf),
        collections: collections.map((one) => ({ collection_id: one.id, name: one.name })),
      }),
      release: (conversationId) => {
        const left = own.read().filter(isGiven);
        own.release(left.map(({ key }) => key));
        keepFiles(personId, place, idsOf(own.read()));
        if (conversationId === place) return;
        keepCollections(personId, conversationId, collections);
        choose([]);
      },
    };
  }, [own, personId, place, uploads, collections]);
}

/** Finds again what was given before a reload, then keeps what is given now. */
function useKeptFiles(personId: string, place: string, own: Uploads): void {
  const [found, setFound] = useState(false);
  const uploads = useUploads(own);
  useEffect(() => {
    let here = true;
    void findFiles(own, readKeptFiles(personId, place)).then(() => here && setFound(true));
    return () => {
      here = false;
    };
  }, [own, personId, place]);
  const ids = JSON.stringify(idsOf(uploads));
  useEffect(() => {
    if (found) keepFiles(personId, place, JSON.parse(ids));
  }, [found, personId, place, ids]);
}

function idsOf(uploads: readonly Upload[]): readonly string[] {
  return uploads.flatMap(({ id }) => (id === null ? [] : [id]));
}

function attachmentOf({ id, file, name, size }: Upload): Attachment {
  return { file_id: id ?? "", name: file?.name ?? name, size };
}

function floorOf(uploads: readonly Upload[], collections: readonly ChosenCollection[]): Given["floor"] {
  const named = [
    ...uploads.flatMap(({ file, phase, name }) => (file && phase !== "failed" ? [{ level: file.level, name }] : [])),
    ...collections.map(({ level, name }) => ({ level, name })),
  ];
  return named.reduce<Given["floor"]>(
    (highest, one) => (highest && isAtMost(one.level, highest.level) ? highest : one),
    null,
  );
}

/** The level a question has with what is given: never below. */
export function raisedBy({ floor }: Given, level: Level): Level {
  return floor && !isAtMost(floor.level, level) ? floor.level : level;
}

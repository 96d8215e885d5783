/** A file as the server tells of it: just begun, unless told otherwise. */
import type { SentFile } from "#/api/types";

export function sentFile(told: Partial<SentFile> = {}): SentFile {
  return {
    id: "f1",
    name: "note.txt",
    size: 10,
    received: 0,
    part_size: 4,
    level: "internal",
    state: "receiving",
    step: null,
    step_page: null,
    pages: 0,
    kind: null,
    error: null,
    report: null,
    categories: [],
    conversation_id: null,
    created_at: "2026-11-22T10:00:00Z",
    read_at: null,
    ...told,
  };
}

/** What the form says, and the request that it makes once there is something to write. */
import type { NewWork, Style } from "#/api/types";
import type { Upload } from "#/features/files/upload";

export interface Wanted {
  readonly kind: "translate" | "rewrite";
  readonly text: string;
  readonly to: string;
  /** Empty: told by the words. */
  readonly source: string;
  readonly style: Style;
  readonly formality: "default" | "formal" | "informal";
  readonly plain: boolean;
  readonly track: boolean;
  readonly mark: boolean;
  /** What a PDF comes back as. */
  readonly pdf: "pdf" | "docx" | "odt";
  readonly glossary: string;
  readonly memory: string;
  /** With what units, and oneself, use by default. */
  readonly defaults: boolean;
}

export const FRESH: Wanted = {
  kind: "translate",
  text: "",
  to: "en",
  source: "",
  style: "plain",
  formality: "default",
  plain: false,
  track: false,
  mark: true,
  pdf: "pdf",
  glossary: "",
  memory: "",
  defaults: true,
};

/** Null while there is nothing to write, or the file is not read yet. */
export function wantedWork(wanted: Wanted, upload: Upload | null): NewWork | null {
  const given = givenOf(wanted, upload);
  if (given === null) return null;
  const common = {
    ...given,
    kind: wanted.kind,
    visible_mark: upload !== null && wanted.mark,
    ...pdfAs(wanted, upload),
  };
  const source = wanted.source === "" ? {} : { source: wanted.source };
  if (wanted.kind === "rewrite") return { ...common, ...source, style: wanted.style, track: wanted.track };
  return {
    ...common,
    ...source,
    to: wanted.to,
    formality: wanted.formality,
    plain: wanted.plain,
    ...(!wanted.defaults && { defaults: false }),
    ...(wanted.glossary !== "" && { glossary_ids: [wanted.glossary] }),
    ...(wanted.memory !== "" && { memory_id: wanted.memory }),
  };
}

export function isPdf(upload: Upload | null): boolean {
  return upload?.name.toLowerCase().endsWith(".pdf") ?? false;
}

function pdfAs({ pdf }: Wanted, upload: Upload | null): Partial<NewWork> {
  return isPdf(upload) ? { pdf_as: pdf } : {};
}

function givenOf({ text }: Wanted, upload: Upload | null): Partial<NewWork> | null {
  if (upload === null) return text.trim() === "" ? null : { text };
  return upload.phase === "read" && upload.id !== null ? { file_id: upload.id } : null;
}

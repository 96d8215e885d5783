/** The files of a draft as the server takes them: one. LaTeX goes with its bibliography, one text after the other. */

import type { DraftReport, DraftReportToWrite } from "#/api/types";
import { textOf } from "#/features/files/fileText";

const TEXTS = ["tex", "ltx", "latex", "bbl", "bib", "ris"];
export const ACCEPTED = ".docx,.odt,.pdf,.zip,.tex,.ltx,.bbl,.bib,.ris,.rtf,.txt,.md";
export const LARGEST = 50 * 1024 * 1024;

export type Format = DraftReportToWrite["format"];
export const EXTENSIONS = { odt: "odt", csv: "csv", bibtex: "bib" } as const satisfies Record<Format, string>;

/** Return the one file to send; null when several are not LaTeX and its bibliography. */
export async function oneDraft(files: readonly File[]): Promise<File | null> {
  const [first] = files;
  if (first === undefined) return null;
  if (files.length === 1) return first;
  if (!files.every((file) => TEXTS.includes(extension(file)))) return null;
  const ordered = [...files].sort((one, other) => rank(one) - rank(other));
  const texts = await Promise.all(ordered.map(textOf));
  return new File([texts.join("\n\n")], ordered[0]?.name ?? first.name);
}

/** Return what is pasted as a file: its first lines say whether it is LaTeX, BibTeX or a text. */
export function pasted(text: string): File {
  const name = /\\(documentclass|begin\{|bibitem|cite)/.test(text)
    ? "draft.tex"
    : /^\s*@\w+\s*\{/m.test(text)
      ? "draft.bib"
      : /^TY {2}- /m.test(text)
        ? "draft.ris"
        : "draft.txt";
  return new File([text], name);
}

/** Return a report as the server writes it: what it gave, field by field. */
export function toWrite(report: DraftReport, format: Format, language: "fr" | "en"): DraftReportToWrite {
  return {
    format,
    language,
    references: report.references.map((one) => ({
      written: one.written.slice(0, 4_000),
      key: one.key,
      label: one.label,
      verdict: one.verdict,
      flaws: one.flaws,
      proposal: one.proposal,
      work: one.work ? plain(one.work) : null,
    })),
    absent: report.absent,
    uncalled: report.uncalled,
    claims: report.claims,
  };
}

function plain({
  missing: _missing,
  is_retracted: _retracted,
  ...work
}: NonNullable<DraftReport["references"][0]["work"]>) {
  return work;
}

function rank(file: File): number {
  return extension(file) === "tex" || extension(file) === "ltx" ? 0 : 1;
}

function extension(file: File): string {
  return file.name.split(".").pop()?.toLowerCase() ?? "";
}

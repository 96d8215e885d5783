/** What is happening to a file, in words, and how large it is. */
import type { SentFile } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import { NOT_WHOLE, percentSent, type Upload } from "./upload";

const UNITS = ["b", "kb", "mb", "gb"] as const;
const THOUSAND = 1_000;

export function useSizeWords(): (bytes: number) => string {
  const t = useTranslations("given");
  const format = useFormatter();
  return (bytes) => {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    const amount = bytes / THOUSAND ** step;
    const size = format.number(amount, { maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0 });
    return t("size", { size, unit: UNITS[step] ?? "gb" });
  };
}

export function useFileWords(): (upload: Upload) => string {
  const t = useTranslations("given");
  const words = useErrorWords();
  const reading = (file: SentFile | null) =>
    t(`states.${file?.step ?? "waiting"}`, { page: file?.step_page ?? 0, pages: file?.step_page ? file.pages : 0 });
  const read = (file: SentFile | null) =>
    t(file?.report?.status === "partial" ? "states.partial" : "states.read", { pages: file?.pages ?? 0 });
  return (upload) => {
    const { phase, file, error, away } = upload;
    switch (phase) {
      case "queued":
        return t("states.queued");
      case "sending":
        return away ? t("states.away") : t("states.sending", { percent: percentSent(upload) });
      case "failed":
        return error?.code === NOT_WHOLE ? t("notWhole") : words(error);
      case "read":
        return read(file);
      case "reading":
        return reading(file);
    }
  };
}

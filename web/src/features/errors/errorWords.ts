/** Puts an error into a sentence: what happened, what is safe, what to do next. */
import { useTranslations } from "use-intl";
import { ApiError } from "#/api/http";
import type { CodedError } from "#/api/types";
import type { Messages } from "#/i18n";

export type ErrorCode = Exclude<keyof Messages["errors"], "reference">;

/** What a sentence may name; the error itself says the rest. */
const NO_PARAMS = {
  count: 0,
  retry_after: 0,
  position: 0,
  reason: "other",
  days: 0,
  limit: 0,
  steps: 0,
  minutes: 0,
  tokens: 0,
  megabytes: 0,
  deepest: "",
  holders: 0,
  holder: "other",
  period: "other",
  line: "",
  column: "",
  most: 0,
  least: 0,
  measure: "other",
  part: "other",
  unit: "…",
  rule: "other",
  about: "",
  field: "…",
  name: "…",
  domains: "…",
  kind: "other",
  level: "…",
} as const;

export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations("errors");
  // The codes are too many for the type of what each sentence needs; a test renders every one.
  const say = t as unknown as (code: ErrorCode, params: Readonly<Record<string, string | number>>) => string;
  const missing = useMissingRight();
  return (error) => {
    const { code, params } = asCoded(error);
    // A code this page does not know (a newer server) is told as an unexpected error.
    const known = t.has(code as ErrorCode) ? (code as ErrorCode) : "internal_error";
    return [say(known, { ...NO_PARAMS, megabytes: inMega(params["limit"]), ...params }), missing(params["right"])]
      .filter(Boolean)
      .join(" ");
  };
}

/** A size that people read, of a limit in bytes. */
function inMega(bytes: unknown): number {
  return typeof bytes === "number" ? Math.round(bytes / 100_000) / 10 : 0;
}

/** Says which right is missing, for a refusal that names one. */
function useMissingRight(): (right: unknown) => string {
  const t = useTranslations("rights");
  return (right) => {
    const key = String(right ?? "").replace(".", "_") as Exclude<keyof Messages["rights"], "missing">;
    return right !== undefined && t.has(key) ? t("missing", { right: t(key) }) : "";
  };
}

export function asCoded(error: unknown): CodedError {
  if (error instanceof ApiError) return error;
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return { code: error.code, params: "params" in error ? (error.params as CodedError["params"]) : {} };
  }
  return { code: "internal_error", params: {} };
}

/** Puts an error into a sentence: what happened, what is safe, what to do next. */
import { useTranslations } from "use-intl";
import { ApiError } from "#/api/http";
import type { CodedError } from "#/api/types";
import type { Messages } from "#/i18n";

export type ErrorCode = Exclude<keyof Messages["errors"], "reference">;

export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations("errors");
  return (error) => {
    const { code, params } = asCoded(error);
    // A code this page does not know (a newer server) is told as an unexpected error.
    const known = t.has(code as ErrorCode) ? (code as ErrorCode) : "internal_error";
    return t(known, { retry_after: 0, days: 0, limit: 0, reason: "other", ...params });
  };
}

function asCoded(error: unknown): CodedError {
  if (error instanceof ApiError) return error;
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return { code: error.code, params: "params" in error ? (error.params as CodedError["params"]) : {} };
  }
  return { code: "internal_error", params: {} };
}

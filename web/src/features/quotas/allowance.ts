/** Which quota concerns a model, and whether anything is left of it. Pure; the server decides again, and last. */
import type { Allowance } from "#/api/types";

/** Below so many tokens the server begins no answer. */
const LEAST_TOKENS = 64;
const NEAR = 0.2;

/** The quotas that a question to a model counts in, the nearest to its end first; a smaller model offered instead is free. */
export function concerning(allowances: readonly Allowance[], modelId: string): readonly Allowance[] {
  return allowances.filter((one) => (one.model_id ?? modelId) === modelId && one.smaller_model !== modelId);
}

/** The quota that refuses a question to this model, or null; of several, the one that begins again last. */
export function usedUp(allowances: readonly Allowance[], modelId: string): Allowance | null {
  const ended = concerning(allowances, modelId).filter((one) => one.mode !== "soft" && isUsedUp(one));
  return ended.toSorted((a, b) => Date.parse(b.reopens_at) - Date.parse(a.reopens_at))[0] ?? null;
}

export function isUsedUp({ measure, left }: Allowance): boolean {
  if (measure === "requests") return left < 1;
  return measure === "tokens" ? left < LEAST_TOKENS : left <= 0;
}

export function isNearEnd({ left, amount }: Allowance): boolean {
  return left <= amount * NEAR;
}

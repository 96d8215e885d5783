/** From the rules shown to the draft that is written: every unit that has some. */
import type { Level, PolicyDraft, PolicyRules, PolicyUnit } from "#/api/types";
import { LEVELS } from "#/features/inference/choice";

export const CATEGORIES = ["personal", "health", "banking", "judicial", "defence", "research"] as const;

export const NAMES = ["required", "offered", "off"] as const;

export function draftOf(units: readonly PolicyUnit[]): PolicyDraft["rules"] {
  return Object.fromEntries(units.map((one) => [one.unit_id ?? "*", one.rules]));
}

/** The names of a field, one a line or between commas. */
export function namesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** Markings, one a line: a comma may be part of one. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

const MARKING = "marking-";

export function markingField(level: Level): string {
  return `${MARKING}${level}`;
}

const NO_RULES: PolicyRules = {
  highest_level: null,
  default_level: null,
  models_only: null,
  models_never: [],
  names: null,
  kept_in: {},
  markings: {},
};

/** One rule of a change, as it is written in JSON; what is no JSON was no rule. */
export function ruleAlone(rule: string, written: string): PolicyRules {
  try {
    return { ...NO_RULES, [rule]: JSON.parse(written) };
  } catch {
    return NO_RULES;
  }
}

export interface RuleFields {
  readonly highest: string;
  readonly lowest: string;
  readonly only: string;
  readonly never: string;
  readonly names: string;
  /** Zones of each category, and markings of each level: the other fields of the form. */
  readonly kept: Readonly<Record<string, string>>;
}

export function rulesOf(fields: RuleFields): PolicyRules {
  const kept = CATEGORIES.map((one) => [one, namesOf(fields.kept[one] ?? "")] as const);
  const only = namesOf(fields.only);
  const markings = LEVELS.map((one) => [one, linesOf(fields.kept[markingField(one)] ?? "")] as const);
  return {
    highest_level: LEVELS.find((one) => one === fields.highest) ?? null,
    default_level: LEVELS.find((one) => one === fields.lowest) ?? null,
    models_only: only.length > 0 ? only : null,
    models_never: namesOf(fields.never),
    names: NAMES.find((one) => one === fields.names) ?? null,
    kept_in: Object.fromEntries(kept.filter(([, zones]) => zones.length > 0)),
    markings: Object.fromEntries(markings.filter(([, words]) => words.length > 0)),
  };
}

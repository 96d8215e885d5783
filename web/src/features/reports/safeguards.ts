/** The codes of what safeguards decide; a test of the server compares them with its refusals (tests/architecture/test_errors.py). */
const SAFEGUARDS: ReadonlySet<string> = new Set([
  "detection_failed",
  "file_not_examined",
  "file_quarantined",
  "identifier_left",
  "level_cannot_drop",
  "level_not_allowed",
  "marking_refused",
  "model_not_cleared",
  "model_not_cleared_for_categories",
  "model_refused_by_unit",
  "no_model_cleared",
  "no_model_cleared_for_categories",
  "policy_unreadable",
  "refused_by_policy",
  "research_source_not_offered",
  "scholarly_query_refused",
  "unit_level_not_allowed",
  "web_not_cleared",
  "web_query_refused",
  "works_not_cleared",
  "works_query_refused",
]);

/** What a safeguard says under an answer, without refusing it. */
const TOLD: ReadonlySet<string> = new Set(["answer_screened", "person_decision"]);

export const isSafeguard = (code: string): boolean => SAFEGUARDS.has(code);

export const isToldBySafeguard = (code: string): boolean => TOLD.has(code);

/** Values of the wire, complete, to vary in tests. */
import type { Charter } from "#/api/charter";
import type { Conversation, Model, Session, Summary, Turn } from "#/api/types";

const zone = { name: "Rennes", country: "FR", operator: "Centre de calcul", legal_reach: "FR", qualifications: [] };

export const session: Session = {
  person: { id: "p1", name: "Ada Lovelace", email: "ada@exemple.fr", language: "fr", is_administrator: false },
  expires_at: "2026-11-20T20:00:00Z",
  default_level: "internal",
  highest_level: "restricted",
  pseudonyms: null,
  level_names: {},
  rights: ["api.use", "chat.use", "documents.read"],
  rights_everywhere: ["api.use", "chat.use", "documents.read"],
};

export const model: Model = {
  id: "ministral",
  display_name: "Ministral 8B",
  description: null,
  zone,
  highest_level: "internal",
  categories: ["personal"],
  languages: ["fr", "en"],
  abilities: ["chat"],
  context_tokens: 8192,
  no_training: true,
  log_delay_days: 0,
  card_gaps: [],
  refusals: [],
  price_input: null,
  price_output: null,
  renewal_date: null,
  is_default: false,
  demonstration: false,
  state: "ready",
  progress: null,
};

export const summary: Summary = {
  id: "c1",
  title: "Titre",
  folder_id: null,
  pinned: false,
  level: "internal",
  categories: [],
  running: false,
  temporary: false,
  expires_at: "2027-05-21T08:00:00Z",
  created_at: "2026-11-20T08:00:00Z",
  updated_at: "2026-11-20T08:00:00Z",
};

export const turn: Turn = {
  id: "t1",
  parent_id: null,
  question_id: "q1",
  answer_id: "a1",
  state: "answered",
  model: { id: "ministral", display_name: "Ministral 8B", zone },
  error: null,
  notices: [],
  citations: [],
  usage: null,
  position: 0,
  created_at: "2026-11-20T08:00:00Z",
  closed_at: "2026-11-20T08:00:05Z",
};

/** A conversation whose messages say their own identifiers. */
export function conversation(turns: readonly Turn[], headId: string | null): Conversation {
  const say = (turnId: string, role: "user" | "assistant", id: string) => ({
    id,
    turn_id: turnId,
    role,
    parts: [{ type: "text" as const, text: `text of ${id}` }],
    text: `text of ${id}`,
    attachments: [],
    collections: [],
    created_at: turn.created_at,
  });
  const messages = turns.flatMap((one) => [
    say(one.id, "user", one.question_id),
    say(one.id, "assistant", one.answer_id),
  ]);
  return { ...summary, head_turn_id: headId, turns, messages };
}

/** Already accepted: nothing waits for it. */
export const charter: Charter = {
  state: "accepted",
  id: "ch1",
  unit: null,
  version: 1,
  language: "fr",
  languages: ["fr"],
  text: "# Charte",
  hash: "0".repeat(64),
  published_at: "2026-11-20T08:00:00Z",
  accepted_at: "2026-11-20T09:00:00Z",
};

/** A turn as the page follows it: its events, its state, and the hook that screens use. */
export type { TurnPhase, TurnStatus, TurnView } from "./reducer";
export { forgetAllTurns, forgetTurn } from "./registry";
export type { TurnInput } from "./stream";
export { type TurnControls, useTurn } from "./useTurn";

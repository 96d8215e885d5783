/** The text of an answer: shown while it grows, inert, and copied for other programs. */
export { Answer, type AnswerProps } from "./Answer";
export { copyAnswer, copyMarkdown } from "./copyAnswer";
export type { Finding } from "./marks";

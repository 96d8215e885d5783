/** Words of the ways that lead from the first screens to the other parts. */
import type fr from "../fr/doors";
import type { Same } from "../index";

export default {
  bases: "Bases",
  sending: "{count, plural, one {# file} other {# files}} being sent",
  writing: "Writing desk",
  research: "Deep research",
  scholarly: "Scholarly desk",
  literacy: "Using AI well",
  charter: "Charter of use",
  readCharter: "Read the charter",
  charterFirst:
    "Before you ask a question, read the charter of use and accept it. Your conversations stay readable, and what you wrote is kept.",
  contest: "Contest",
  incident: "Report an incident",
  activation: "I have a code or an invitation",
  registration: "Register as a volunteer",
  readings: "Who read your conversations",
  readingsNotice:
    "{count, plural, one {A reading of your conversations was approved.} other {# readings of your conversations were approved.}} The reason and each opening are in your data.",
  readingsSee: "See",
  readingsSeen: "I have seen it",
} satisfies Same<typeof fr>;

/** Settings: account, appearance, keyboard, data. */
import type fr from "../fr/settings";
import type { Same } from "../index";

export default {
  title: "Settings",
  sections: {
    account: "Account",
    appearance: "Appearance",
    keyboard: "Keyboard",
    usage: "Your usage",
    keys: "API keys",
    data: "Your data",
  },
  saved: "Saved.",
  profile: "Profile",
  emailFixed: "Only an administrator can change it.",
  password: "Password",
  changePassword: "Change the password",
  passwordChanged: "Password changed. Your other sessions are closed.",
  theme: "Colours",
  face: "Typeface of answers",
  faces: { sans: "Atkinson Hyperlegible, drawn to be read without effort", serif: "Source Serif, as in a book" },
  sample: "I read 100 pages of Illinois law; Oedipus only read 10.",
  enterSends: "Enter sends the question",
  enterSendsHint: "Otherwise Enter starts a new line and Ctrl + Enter sends.",
  singleKeys: "Single-key shortcuts",
  singleKeysHint: "The / key goes to the question field, the ? key opens the help.",
  exportTitle: "Take your conversations with you",
  exportWords: "A JSON file holds all your conversations, with their folders and every version.",
  exportAll: "Download all my conversations",
  importTitle: "Bring conversations back",
  importWords: "Choose a file exported by Châtelet. The conversations it holds are added to yours.",
  importChoose: "Choose a file",
  keepMetadata: "Keep place, date and device in the photos you send",
  keepMetadataHint: "Otherwise, what the camera wrote in a photo is erased on arrival. The picture does not change.",
  imported: "{count, plural, =0 {No conversation added.} one {# conversation added.} other {# conversations added.}}",
} satisfies Same<typeof fr>;

/** Signing in, first administrator, invitation, account. */
import type fr from "../fr/identity";
import type { Same } from "../index";

export default {
  signIn: "Sign in",
  signInTitle: "Sign in",
  signInIntro: "Your institution’s assistant. Your conversations stay on its servers.",
  email: "E-mail address",
  password: "Password",
  showPassword: "Show the password",
  hidePassword: "Hide the password",
  name: "Displayed name",
  nameHint: "Your first and last name, as your colleagues know them.",
  newPassword: "New password",
  passwordHint: "At least twelve characters. A sentence is easier to remember than a complicated word.",
  currentPassword: "Current password",
  noAccount: "No account yet? Ask your administrator for an invitation.",
  firstTitle: "First administrator",
  firstIntro: "Nobody uses this installation yet. The account you create here will be able to invite the others.",
  firstCreate: "Create the account",
  firstNeeded: "This installation is waiting for its first administrator",
  firstNeededWords:
    "Open the one-time link that the server printed when it started. If it is no longer on screen, restart the server: it prints a new one.",
  invitationTitle: "Your invitation",
  invitationIntro: "Choose your name and your password. The link works once.",
  invitationAccept: "Open my account",
  toSignIn: "Go to sign-in",
  notSignedOut: "Signing out did not succeed. Your session is still open on this device; try again in a moment.",
  signInWith: "Sign in with {name}",
  orPassword: "or with a password",
  orLocal: "or with an account of this service",
  or: "or",
  loginAt: "User name ({name})",
  goingTo: "Going to {name}…",
  wayRefused: "Sign-in with {name}: {words}",
  noWay: "No way to sign in is open. Tell your administrator.",
  emergencyTitle: "Emergency access",
  emergencyIntro:
    "This link opens, for half an hour, the password sign-in of the one sealed account. Its use is written in the journal.",
  emergencyOpen: "Open the emergency access",
  expiredTitle: "Your session has ended",
  expiredWords: "Your text is kept. Sign in again to continue where you were.",
} satisfies Same<typeof fr>;

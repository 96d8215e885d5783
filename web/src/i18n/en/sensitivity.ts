/** What the safeguards find in what is written, in words. */
import type fr from "../fr/sensitivity";
import type { Same } from "../index";

export default {
  lower: {
    action: "Lower",
    title: "Lower the level of this conversation",
    about: "What stays decides where your words may go. Your reason is written in the journal.",
    right: "This takes the right to lower the level of one’s conversations: ask your referent.",
    reason: "Reason",
    reasons: {
      mistaken: "The level was given by mistake",
      anonymised: "The content was anonymised",
      removed: "The passage was removed",
      declassified: "The content was declassified",
    },
    done: "The level is lowered.",
  },
  found: "Found in your message: {types}.",
  removeSecret: "Remove it before sending: a password or a key has no place in a question.",
  moved: "{wanted} is not cleared to receive it: {chosen} will answer.",
  refused:
    "Your message bears a protective marking that no installation of this service may receive. It cannot leave; it is kept in this field only.",
  notApproved:
    "This installation is not approved for what your message bears. It cannot leave; remove the passage, or use what your institution provides.",
  kinds: {
    pii: "personal data",
    secrets: "a password or a key",
    markings: "a protective marking",
    injection: "an order addressed to the assistant",
  },
  declared: "a marking of your institution ({level})",
  types: {
    nir: "a French social security number",
    email: "an e-mail address",
    phone: "a phone number",
    iban: "an IBAN",
    card: "a bank card number",
    name: "a name",
    address: "a postal address",
    birth_date: "a date of birth",
    identity_document: "an identity document number",
    rib: "French bank account details",
    health: "health information",
    ip: "an IP address",
    password: "a password",
    private_key: "a private key",
    confidential: "the marking “Confidential”",
    medical_secret: "the marking “medical secret”",
    banking_secret: "the marking “banking secret”",
    judicial_secret: "the marking “judicial secret”",
    secret: "the marking “Secret”",
    tres_secret: "the French marking “Très Secret”",
    secret_defense: "the French marking “Secret Défense”",
    confidentiel_defense: "the French marking “Confidentiel Défense”",
    special_france: "the French marking “Spécial France”",
    tlp_red: "the marking TLP:RED",
    diffusion_restreinte: "the French marking “Diffusion restreinte”",
  },
} satisfies Same<typeof fr>;

/** One sentence per code: what happened, what is safe, what to do next. */
import type fr from "../fr/errors";
import type { Same } from "../index";

export default {
  not_signed_in: "Your session has ended. Sign in again; your text is kept.",
  invalid_credentials: "The address and the password do not go together. Check them, then try again.",
  wrong_password: "The current password is not the right one. Nothing was changed.",
  too_many_attempts:
    "Too many attempts. Wait {retry_after, plural, =0 {a moment} one {# second} other {# seconds}}, then try again.",
  sign_in_busy: "Many people are signing in right now. Try again in a few seconds.",
  password_too_weak:
    "{reason, select, too_short {This password is too short: it takes at least twelve characters.} too_long {This password is too long.} too_common {This password is too common: it is in the lists of stolen passwords.} like_identity {This password is too close to your name or address.} other {This password is not accepted. Choose another one.}}",
  invitation_invalid: "This link has already been used or has expired. Ask the person who sent it for another one.",
  installation_closed:
    "This link is no longer valid, or there is already an administrator. Restart the server to get another one.",
  person_exists: "A person already has this e-mail address.",
  person_not_found: "This person does not exist, or no longer does.",
  invitation_not_found: "This invitation is gone: it was used, expired or withdrawn.",
  last_administrator: "At least one active administrator must remain. Give this role to another person first.",
  email_invalid: "This text is not an e-mail address.",
  name_invalid: "A name has 1 to 120 ordinary characters.",
  unit_not_found: "This unit does not exist, or you have no access to it.",
  unit_code_taken: "Another unit, perhaps a closed one, already has this code.",
  unit_code_invalid: "A code has 1 to 64 letters, digits, hyphens, dots, slashes or colons, without spaces.",
  unit_name_invalid: "The name of a unit has 1 to 200 ordinary characters.",
  unit_cycle: "A unit cannot stand under itself, nor be merged into what is under it. Nothing was changed.",
  unit_too_deep: "The tree has at most {deepest} levels. Nothing was changed.",
  unit_not_empty: "This unit still has members, units or belongings. Merge it into another so that nothing is lost.",
  unit_closed: "This unit was merged into another: nothing is added to it any more.",
  unit_merge_conflict:
    "Each of the two units owns something of which there can be only one. Change one of them first; nothing was changed.",
  membership_not_found: "This person does not, or no longer, belong to this unit.",
  role_not_found: "This role does not, or no longer, exist.",
  role_code_taken: "Another role already has this code.",
  role_protected: "This role comes with Châtelet: it cannot be deleted or changed in this way.",
  role_in_use:
    "This role is still given to {holders, plural, one {# person} other {# persons}}. Take it back first.",
  grant_not_found: "This role is not, or no longer, given to this person.",
  grant_exists: "This person already holds this role there.",
  grant_expired: "The end date is already past.",
  delegation_exceeded: "Nobody gives or takes back more than they hold. Nothing was changed.",
  directory_not_found: "This directory does not exist any more.",
  directory_group_not_found: "This group is no longer in the directory.",
  issuer_invalid: "An issuer is written without spaces, as the identity provider states it; “local” is reserved.",
  table_unreadable:
    "{reason, select, empty {This file is empty.} encoding {This file is neither UTF-8, UTF-16 nor Windows-1252.} quotes {A quotation mark is not closed, around line {line}.} other {This file is not a table (CSV).}} Nothing was changed.",
  table_columns:
    "{reason, select, twice {The column “{column}” is there twice.} other {The column “{column}” is missing.}} Nothing was changed.",
  table_too_long: "A table has at most {most, number} lines. Split it; nothing was changed.",
  refused_by_policy: "Your institution’s rules do not allow this request.",
  level_not_allowed: "This installation is not approved for this level of sensitivity. Your question was sent nowhere.",
  no_model_cleared:
    "No model is cleared for this level of sensitivity. Your question was sent nowhere; your administrator can clear a model.",
  model_not_cleared:
    "This model is not cleared for this level of sensitivity. Your question was sent nowhere; choose another model.",
  model_not_found: "This model is no longer offered. Choose another one, then try again.",
  no_model_available: "No cleared model answers for now. Your question is kept; try again in a moment.",
  model_unreachable: "The model’s server does not answer. Your question is kept; try again, or choose another model.",
  model_refused_credentials:
    "The model’s server refuses this installation’s key. Your question is kept; tell your administrator or choose another model.",
  model_rejected_request:
    "The model’s server refuses this request as it is. Your question is kept; rephrase it or choose another model.",
  model_context_exceeded:
    "The conversation is longer than this model can read. Nothing is lost; choose a model with a larger memory, or start another conversation.",
  model_overloaded: "The model’s server has too much to do. Your question is kept; try again in a moment.",
  model_timeout_first_token: "The model said nothing in the allotted time. Your question is kept; try again.",
  model_timeout_between_tokens: "The model stopped in the middle of its answer. What was written is kept; try again.",
  model_broken_answer: "The model’s server sent an unreadable answer. What was written is kept; try again.",
  model_file_missing: "The model’s file is not on this machine. Your administrator can download it.",
  model_file_refused: "The model’s file is not the expected one and was set aside. Tell your administrator.",
  model_source_unavailable: "The model’s file could not be obtained anywhere. Tell your administrator.",
  backend_not_found: "This model server does not exist, or no longer does.",
  backend_in_use: "Models still use this server. Delete them or change their server first.",
  name_taken: "This name is already taken. Choose another one.",
  invalid_endpoint: "This address, certificate or key cannot be used. Check them.",
  question_too_long:
    "The question alone is longer than the model can read. Shorten it, or choose a model with a larger memory.",
  server_busy:
    "The server already carries as many answers as it can. Your question did not leave; send it again in a moment.",
  turn_interrupted: "The server stopped during this answer. What was written is kept; you can ask for it again.",
  conversation_not_found: "This conversation does not exist, or is not yours.",
  folder_not_found: "This folder no longer exists.",
  turn_not_found: "This turn is no longer in the conversation.",
  level_cannot_drop: "The sensitivity of a conversation does not go down. For a lower level, start another one.",
  restore_expired: "It is too late: the conversation and its key are destroyed.",
  import_unreadable: "This file is not an export of conversations that Châtelet can read. Nothing was added.",
  too_many_turns_running: "You already have several answers under way. Wait for one to end, or stop it.",
  conversation_busy: "The previous answer is still being written. Wait for its end, or stop it.",
  content_unreadable: "This content cannot be deciphered. Nothing was changed; tell your administrator.",
  key_mismatch:
    "This installation’s key is not the one that sealed its data. Your administrator must put the right key back.",
  message_version_unknown: "This message was stored by a newer version. Your administrator must upgrade the server.",
  invalid_model: "This description of a model cannot be used. Check it.",
  invalid_request: "The server did not understand this request. Check what you entered.",
  not_found: "This item does not exist, or you cannot reach it.",
  forbidden: "Your role does not allow this action.",
  cross_site_request: "The request came from another site and was refused. Reload the page.",
  body_too_large: "This text or file is too long to be received. Shorten it or split it.",
  service_unavailable: "The database does not answer. Nothing was changed; try again in a moment.",
  server_unreachable: "The server does not answer. Your text is kept; try again in a moment.",
  connection_lost: "The connection to the server was lost. The answer may be going on: reload the conversation.",
  unreadable_answer: "The server answered something unreadable. Nothing is lost; try again.",
  internal_error: "The server met an unexpected error. Your text is kept; try again, or tell your administrator.",
  reference: "Reference: {id}",
} satisfies Same<typeof fr>;

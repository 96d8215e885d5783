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
  charter_not_accepted:
    "Your question has not left. Read the charter of use and accept it, then ask again: your text is kept.",
  charter_outdated: "A new version of the charter has just been published. Read it before you accept it.",
  charter_changed:
    "Somebody published another version while you were writing. Nothing was published; your text is kept, compare it.",
  charter_empty: "Write the charter in French or in English before you publish it.",
  cohort_not_found: "This wave does not exist, or you do not manage it.",
  volunteer_not_found: "This person is no longer on the list, or you do not manage them.",
  cohort_full: "This wave has not enough places left. Nothing was changed; choose fewer people, or another wave.",
  cohort_closed: "This wave is not open today. Ask the referent of your unit for its dates.",
  capacity_taken: "More accounts than this are already open in this wave. Choose a greater capacity.",
  cohort_dates_invalid: "A wave closes on the day it opens, or later. Correct the dates.",
  registration_closed: "This installation takes no registrations. Ask the referent of your unit.",
  link_invalid: "This link no longer works: it lives thirty minutes and serves once. Ask for another one.",
  activation_invalid: "This code or this link opens no account for this address. Check them, or ask for a new link.",
  mail_not_configured: "No mail server is configured. Hand out codes instead.",
  service_not_open: "The service is not open to you yet. Your text is kept; the referent of your unit knows the date.",
  mail_words_invalid: "The message must hold the place of the link, written between braces: link. Add it.",
  reference: "Reference: {id}",
} satisfies Same<typeof fr>;

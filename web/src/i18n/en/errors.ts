/** One sentence per code: what happened, what is safe, what to do next. */
import type fr from "../fr/errors";
import type { Same } from "../index";

export default {
  report_not_found: "This report does not exist, or no longer.",
  report_answered: "It was answered already.",
  too_many_reports: "Many of your reports wait for an answer already. Wait until they are dealt with.",
  pseudonyms_off: "Replacing names before sending is not offered in this installation.",
  identifier_left:
    "Something that tells who a person is could not be replaced: nothing left. Remove it from the message, or choose a cleared model.",
  not_signed_in: "Your session has ended. Sign in again; your text is kept.",
  invalid_credentials: "The name and the password do not go together. Check them, then try again.",
  local_sign_in_off: "Signing in with a password is switched off here. Go through your identity provider.",
  sign_in_provider_not_found: "This way to sign in does not exist or is no longer offered. Choose another one.",
  sign_in_provider_taken: "A provider already has this code, or this issuer with this client identifier.",
  sign_in_provider_unreachable:
    "The identity provider does not answer. Nothing is lost; try again in a moment, or sign in another way.",
  sign_in_provider_misconfigured:
    "The identity provider does not answer as expected ({reason, select, other_issuer {it names itself otherwise than the declared issuer} undeclared_origin {it sends to a server that is not declared} unsafe_address {it gives an address that is malformed or without TLS} no_discovery {it does not publish its description} no_keys {it does not publish its keys} no_common_method {it takes the secret neither in a header nor in a form} invalid_client {it refuses the identifier or the secret} certificate {the declared certificate authority cannot be read} service_bind {it refuses the service account or its password} subject {it does not tell the person’s lasting identifier} base {the declared branch does not exist} access {the service account may not read} size_limit {it cuts long lists} search {it refuses the search} names {it gives a name that cannot be read} import_filter {no filter of persons is declared} unit_filter {no branch nor filter of units is declared} other {unexpected answer}}). Tell your administrator, or sign in another way.",
  sign_in_flow_invalid: "This sign-in has expired, was already used, or was begun in another browser. Start again.",
  sign_in_refused_by_provider: "The identity provider did not grant the sign-in. Start again, or ask it why.",
  sign_in_token_refused:
    "The identity provider’s answer could not be verified. You are not signed in; start again, then tell your administrator.",
  sign_in_password_expired:
    "Your password has expired in your institution’s directory. Change it there, then come back.",
  sign_in_not_known: "Your account has not been prepared here. Ask your administrator to give you access.",
  sign_in_account_disabled: "Your account is disabled here. Speak to your administrator.",
  claim_rule_invalid:
    "Rule {position, number} cannot be kept: {reason, select, role_unknown {this role does not exist} other {it is not complete}}. Nothing was changed.",
  certificate_invalid: "This text is not a certificate authority in PEM form.",
  sign_out_token_refused: "The identity provider’s request to sign out could not be verified.",
  emergency_invalid: "This emergency link was already used, was replaced, or is not the right one.",
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
  unit_delegation_exceeded:
    "Roles given on these units would hold where you could not give them yourself. Nothing was changed; ask an administrator.",
  person_act_not_found: "This action on many people does not exist any more, or is not yours.",
  person_act_changed:
    "The people concerned are no longer those you saw: they would now be {count, number}. Nothing was done. Read again, then confirm.",
  person_act_empty: "There is nobody left to do it for. Nothing was done.",
  person_act_state: "This action is no longer at that point: look how far it is before trying again.",
  membership_not_found: "This person does not, or no longer, belong to this unit.",
  role_not_found: "This role does not, or no longer, exist.",
  role_code_taken: "Another role already has this code.",
  role_protected: "This role comes with Châtelet: it cannot be deleted or changed in this way.",
  role_in_use: "This role is still given to {holders, plural, one {# person} other {# persons}}. Take it back first.",
  grant_not_found: "This role is not, or no longer, given to this person.",
  grant_exists: "This person already holds this role there.",
  grant_expired: "The end date is already past.",
  delegation_exceeded: "Nobody gives or takes back more than they hold. Nothing was changed.",
  quota_reached:
    "Your quota is used up{holder, select, unit { for your unit} key { for this key} other {}}: it begins again {period, select, day {from tomorrow} other {at the start of next month}}. Your question is kept.",
  quota_not_found: "This quota does not, or no longer, exist.",
  quota_invalid: "This quota does not hold together. Check its fields.",
  quota_exists: "A quota already counts the same thing. Change that one.",
  usage_period_invalid: "The first month is after the last, or there are more than twenty-four. Change the period.",
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
  no_model_cleared_for_categories:
    "No model is cleared for what the conversation holds. Your question was sent nowhere; your administrator can clear a model.",
  model_not_cleared_for_categories:
    "This model is not cleared for what the conversation holds. Your question was sent nowhere; choose another model.",
  marking_refused:
    "This text bears a protective marking that no installation of this service may receive. Nothing of it was kept; the security officer is told.",
  detection_failed:
    "The text could not be checked, so it was sent nowhere. It is kept in the composer; try again in a moment.",
  model_not_found: "This model is no longer offered. Choose another one, then try again.",
  no_model_available: "No cleared model answers for now. Your question is kept; try again in a moment.",
  model_unreachable: "The model’s server does not answer. Your question is kept; try again, or choose another model.",
  model_refused_credentials:
    "The model’s server refuses this installation’s key. Your question is kept; tell your administrator or choose another model.",
  model_rejected_request:
    "The model’s server refuses this request as it is. Your question is kept; rephrase it or choose another model.",
  model_sees_no_images:
    "This model does not see images, and no text was recognised in them. Choose a model that sees images.",
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
  web_page_not_found: "This page is no longer kept with the conversation.",
  web_site_not_found: "This site is no longer in your lists.",
  web_address_not_understood: "This is neither the address of a page nor the name of a site.",
  web_site_listed: "This site is already in this list.",
  web_search_off: "Web search is not open here.",
  paper_figure_not_found:
    "The text kept of this paper neither captions nor names this number. Choose another in the list, or copy the passage.",
  paper_words_not_found:
    "These words are not in the text kept of this paper. Copy a shorter passage, as it is written there.",
  paper_not_found: "This paper is no longer in the base.",
  works_not_cleared: "The level of this conversation does not allow a search of publications.",
  works_query_refused:
    "The words of the search of publications hold a secret or an identifier: take it out, nothing has left.",
  web_not_cleared: "The level of this conversation does not allow a web search.",
  web_query_refused: "The search words hold a secret or an identifier: take it out, nothing has left.",
  turn_not_found: "This turn is no longer in the conversation.",
  level_cannot_drop: "The sensitivity of a conversation does not go down. For a lower level, start another one.",
  restore_expired: "It is too late: the conversation and its key are destroyed.",
  import_unreadable: "This file is not an export of conversations that Châtelet can read. Nothing was added.",
  too_many_turns_running: "You already have several answers under way. Wait for one to end, or stop it.",
  conversation_busy: "The previous answer is still being written. Wait for its end, or stop it.",
  content_unreadable: "This content cannot be deciphered. Nothing was changed; tell your administrator.",
  key_mismatch:
    "This installation’s key is not the one that sealed its data. Your administrator must put the right key back.",
  level_in_use:
    "The level {level} still labels what this installation keeps. Your administrator must name it again in the settings, or lower first what bears it.",
  message_version_unknown: "This message was stored by a newer version. Your administrator must upgrade the server.",
  invalid_model: "This description of a model cannot be used. Check it.",
  ambiguous_credentials: "The request carries two keys or two sessions at once and was refused. Reload the page.",
  key_refused:
    "{reason, select, expired {This key has expired. Make another one.} revoked {This key was revoked. Make another one.} owner_disabled {The account of the person who owns this key is disabled.} right_withdrawn {The person who owns this key may no longer use it.} other {This key is not known. Check it.}}",
  key_scope_exceeded:
    "{reason, select, route {This key does not allow this use.} address {This key does not serve from this address.} origin {This key does not serve from this site.} other {This key does not allow this request.}}",
  key_not_found: "This key does not exist, or no longer serves.",
  key_expiry_invalid: "A key must end in the future, within {days, plural, one {# day} other {# days}}.",
  too_many_keys:
    "There {limit, plural, one {is # active key} other {are # active keys}} already. Revoke those that no longer serve.",
  invalid_parameter: "A parameter of the request is missing or out of its bounds. Nothing was sent to a model.",
  unsupported_parameter: "A parameter of the request is not supported. Nothing was sent to a model.",
  too_many_calls: "The keys of this person already have too many calls running. Try again in a moment.",
  headers_too_large: "The headers of the request are too long. Erase the cookies of this site, then try again.",
  invalid_request: "The server did not understand this request. Check what you entered.",
  not_found: "This item does not exist, or you cannot reach it.",
  forbidden: "Your role does not allow this action.",
  cross_site_request: "The request came from another site and was refused. Reload the page.",
  body_too_large: "This text or file is too long to be received. Shorten it or split it.",
  search_engine_not_cleared: "The search engine is not cleared for this level of sensitivity.",
  search_engine_unreachable: "The search engine does not answer. Try again in a moment.",
  database_full: "The database has no room left. Nothing was changed; tell whoever runs the service.",
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
  registration_elsewhere: "Registrations here need an address of: {domains}. Write the address of your work.",
  link_invalid: "This link no longer works: it lives thirty minutes and serves once. Ask for another one.",
  activation_invalid: "This code or this link opens no account for this address. Check them, or ask for a new link.",
  mail_not_configured: "No mail server is configured. Hand out codes instead.",
  service_not_open: "The service is not open to you yet. Your text is kept; the referent of your unit knows the date.",
  mail_words_invalid: "The message must hold the place of the link, written between braces: link. Add it.",
  reference: "Reference: {id}",
  file_not_found: "This file does not exist, or you may no longer read it.",
  file_too_large: "This file is too large: the limit is {megabytes, number} MB. Split it, or ask for a higher limit.",
  file_quota_reached:
    "There is no room left: the limit{measure, select, files { of files} bytes { of size} other { of pages}}{holder, select, unit { of the unit} other {}} is reached. Delete files that you no longer need.",
  file_part_misplaced: "The upload was interrupted and goes on from where it stopped.",
  file_in_use: "This file already belongs to a conversation or to a document.",
  file_not_ready: "This file is not read yet.",
  file_infected:
    "The antivirus stopped this file. Its content was destroyed here. Tell your IT department before you open it again.",
  antivirus_unavailable:
    "The antivirus does not answer: nothing is read until it does. The file is kept and will be tried again.",
  reader_unavailable: "The reading of files does not start. The file is kept and will be tried again.",
  file_unreadable: "This file cannot be shown. Download the original to open it.",
  file_empty: "This file holds no legible text. Check it on your device, or give another version of it.",
  file_password_required: "This file is protected by a password. Remove the protection, then send it again.",
  file_damaged: "This file is damaged and could not be read. Open it, save it again, then send it again.",
  file_unsupported:
    "This kind of file is not read, or its content does not match its name. Save it as PDF, then send it again.",
  file_refused: "This file is over a limit or would be dangerous to open. Give a part of it, or a copy saved as PDF.",
  storage_unavailable: "The storage of files does not answer. Nothing is lost: try again in a moment.",
  blob_missing: "The content of this file is no longer in the storage. Tell the administration.",
  collection_not_found: "This document base does not exist, or you may no longer read it.",
  collection_part_missing:
    "You may read this base, but not do this: it takes{part, select, contributor { a contributor} curator { a curator} other { a reader}}.",
  collection_closed:
    "A closed base is open to named persons only. First take back what is shared with units, then share it with each person.",
  collection_asked_alone:
    "“{name}” is closed to a named team: no question searches it together with another base. Ask two questions.",
  document_not_found: "This document does not exist, or you may no longer read it.",
  document_name_taken:
    "Another document of this folder has this name. Give it another one, or send the file as a new version.",
  collection_grant_not_found: "This share does not exist, or no longer does.",
  collection_grantee_unknown: "Nobody has this address here, or this unit cannot be chosen.",
  collection_level_exceeded: "This file is more sensitive than the base. Choose a base of at least the same level.",
  file_not_examined:
    "This file could not be checked, so it is neither read, shown nor sent. It is kept and will be read again by itself; you may also have it read again.",
  file_quarantined:
    "This file bears a protective marking that no installation of this service may receive. It is neither read nor given back; the security officer is told.",
  address_refused:
    "This address cannot be read: {reason, select, scheme {it is not an http or https address} too_long {it is too long} port {its port is not one of those allowed} userinfo {it holds a user name} internal_name {it points to the internal network} metadata {it points to a hosting provider’s metadata} loopback {it points to this machine} private {it points to a private network} link_local {it points to the local network} downgrade {it leads to a page without encryption} egress_closed {this installation reads no outside page} listed {your institution excluded this site} other_purpose {this server serves something else in this installation, and is not read as a page} not_listed {this site is not one of those your institution allows} unicode_host {its name imitates or mixes other scripts} other {its form or its destination is not allowed}}. Nothing was sent.",
  visit_failed:
    "This page could not be read: {reason, select, unreachable {the site does not answer} too_late {the site took too long} too_large {the page is longer than 10 MB} content_type {it is neither text, PDF nor image} too_many_redirects {the page leads elsewhere too many times} other {the answer cannot be read}}. Try again, or give the document itself.",
  egress_closed: "This installation lets nothing out to that server. Nothing was sent; ask your administrator.",
  retention_out_of_bounds: "This duration must be between {least, number} and {most, number} days.",
  retention_too_long: "Here the duration can only be shortened: {most, number} days at most.",
  retention_not_here: "This duration is the same for the whole institution: it is not chosen here.",
  retention_rule_not_found: "This rule was already lifted or replaced.",
  certificate_not_found: "This certificate does not exist, or is not made yet. Try again in a moment.",
  certificate_key_missing:
    "The key that signs certificates cannot be read. Nothing is destroyed without proof: tell the administrators.",
  privacy_request_not_found: "This request does not exist.",
  privacy_request_under_way: "A request of the same kind is under way. Its answer will appear here.",
  privacy_request_closed: "This request was already answered.",
  content_reading_not_found: "This request for a reading does not exist.",
  content_reading_both_sides:
    "You hold both the right to ask and the right to approve: you may do neither. Two different persons must hold them.",
  content_reading_same_person:
    "Neither the person who asks for the reading nor the one it concerns can act here. Another person must.",
  content_reading_decided: "This request was answered already, or its end date has passed.",
  content_reading_closed: "This reading is not open: it is not approved, or it has ended.",
  governance_file_not_found: "This version of the file does not exist.",
  policy_version_not_found: "This version does not exist.",
  policy_no_draft: "There is no draft: save one first.",
  policy_invalid:
    "This rule cannot be saved: {reason, select, loosens {it would go beyond what the institution allows} default {the default level is above the highest level} model {a model does not exist} zone {a zone does not exist} names {this installation does not let names be replaced} unit {a unit does not exist} markings_of_unit {markings are those of the whole institution} other {it is not understood}}.",
  unit_level_not_allowed:
    "Your unit ({unit}) does not allow this level of sensitivity. Remove what is too sensitive, or ask your security officer.",
  model_refused_by_unit:
    "A rule of {unit} does not allow this model for this content: {rule, select, models_never {the model is excluded there} models_only {the model is not among those it allows} names_required {names must be replaced before the words leave} other {this category of data must stay within some zones}}. Choose another model, or remove the passage.",
  policy_unreadable: "The rules of units cannot be read: nothing is sent. Tell your administrator.",
  archive_not_ready: "The archive is not ready, or is not kept any longer. Ask for another.",
  sign_in_again: "To confirm that it is you, sign out, sign in again, then retry within ten minutes.",
  scholarly_closed: "The scholarly desk is not open here: the administration enabled no source.",
  scholarly_query_refused:
    "This search holds data that scholarly sources may not receive. It has not left: remove them and try again.",
  identifier_not_understood: "This is no DOI, nor a HAL, arXiv, PubMed or theses.fr identifier.",
  draft_says_nothing: "This draft has no sentence long enough to look for works by. Give at least a paragraph.",
  references_not_understood:
    "No reference was found in this text. Give BibTeX, RIS, a list of DOIs, or a text with its bibliography.",
  place_not_found: "This place does not exist, or this base may not follow it.",
  place_not_allowed:
    "The settings of the server do not allow this folder or address, or the credential is not of the expected kind. The administrator of the machine adds them to documents.source_folders or documents.source_origins.",
  place_credential_needed:
    "The address changes: give the credential again. It never leaves for any address but its own.",
  place_failed: "The place could not be read. It will be tried again.",
  place_unreachable:
    "The place does not answer: server down, share not mounted or address unknown. It will be tried again.",
  place_refused: "The place refuses the credential, or does not let this path be read. Check them with who keeps it.",
  place_broken: "The place did not answer as expected, or went beyond the limits.",
  entry_gone: "This file was there when the place was listed and is no more.",
  entry_too_large: "This file is longer than the limit of this installation.",
  entry_name_taken: "Another file of this place has the same name here. Rename one of them in the place.",
  source_not_found: "This source does not exist, or you can no longer see it.",
  source_folder_taken:
    "This folder holds documents already, or another source keeps it. Choose a folder for this source alone.",
  source_needs_unit: "Only the bases of a unit follow sources. Create the base in the name of your unit.",
  source_rights_required: "This place is only followed with its rights: the box must stay ticked.",
  source_paused: "This source is paused. Resume it first.",
  source_place_withdrawn:
    "This place is no longer open to the unit of the base. Nothing is deleted; nothing is followed either.",
  source_too_slow: "The place did not finish telling what it holds in the time allowed. Follow a subfolder.",
  source_interrupted: "Reading the place was interrupted. Nothing is lost: it will go on.",
  document_followed: "This document follows a source: change or delete it in the place it comes from.",
  folder_followed: "This folder follows a source: nothing is put there by hand. Choose another folder.",
  work_not_found: "This work does not exist, or no longer.",
  work_not_ready: "This work is not there yet: it is not done, or it has ended.",
  too_many_works: "You already have {limit, number} works under way. Wait until one ends, or give one up.",
  inclusive_rule_unset:
    "None of your units set a rule of inclusive writing. Ask your administrator for one, or choose another style.",
  inclusive_french_only:
    "Rules of inclusive writing are about French, and this text is in another language. Choose another style.",
  summary_failed:
    "The model wrote nothing that the documents say. You can go on with this work, or choose another model.",
  research_not_found: "This research, or what is asked of it, does not exist, or no longer.",
  research_not_ready: "This research is not there yet: it waits, it is under way, or it has ended.",
  too_many_researches: "You already have {limit, number} researches under way. Wait until one ends, or stop one.",
  research_source_not_offered:
    "One of the sources chosen cannot be asked: it is closed here, or the sensitivity of the question does not allow it.",
  research_budget:
    "This budget is more than a research may use: {steps, number} steps, {minutes, number} minutes, {tokens, number} tokens at most.",
  research_source_withdrawn: "The base that this passage is from is no longer open to you.",
  nothing_to_write: "This text or this file holds no words to write.",
  glossary_unreadable:
    "This file could not be read as a glossary or a memory of these two languages. Expected: CSV of two columns, TBX or TMX.",
  template_not_found: "This template does not exist, or you may no longer use it.",
  template_read_only: "This template comes with the installation: copy it, then change your copy.",
  template_changed:
    "Somebody changed this template meanwhile. Nothing was overwritten: open its new version, then make your change again.",
  template_broken:
    "This template cannot be used as it is: {reason, select, name_missing {it has no name.} body_missing {it has no body.} too_long {it is too long.} too_many {you already have {about}, the most possible.} field_name {“{about}” is no field name: lower case letters, digits and _, beginning with a letter.} field_twice {the field “{about}” is there twice.} label_missing {the field “{about}” has no label.} choices {the field “{about}”: a choice has two answers at least, other fields have none.} place_unknown {line {line}, the field “{about}” does not exist.} section_crossed {line {line}, the passage “{about}” crosses another.} section_open {the passage “{about}” is not closed.} part_open {line {line}, a part to write is not closed.} part_empty {line {line}, a part to write has no instruction.} too_many_parts {it has too many parts to write.} front_missing {the file does not begin with its front matter, between two lines “+++”.} front_unreadable {the front matter cannot be read, line {line}.} front_wrong {the front matter is incomplete or wrong ({about}).} other {read it again.}}",
  template_field_unknown: "The template has no field “{field}”.",
  template_field_missing: "The field “{field}” must be filled in.",
  template_field_wrong:
    "The field “{field}” {kind, select, date {expects a date.} amount {expects an amount in euros, like 1250.50.} choice {expects one of its answers.} yes_no {expects yes or no.} other {is too long.}}",
  style_file_refused:
    "This style file is not taken: {reason, select, too_large {it is over 4 MB.} format {a DOCX or ODT document is expected.} protected {it is protected by a password.} macros {it holds macros or embedded objects. Save it without them.} outside {it fetches something from elsewhere (attached template, linked picture). Embed it, or remove the link.} other {it is damaged.}}",
  glossary_not_found: "This glossary does not exist, or no longer.",
  glossary_too_long: "A glossary holds {limit, number} lines at most. Split them into several.",
  sentence_not_found: "This sentence is no longer there, or cannot be replaced alone.",
  writing_text_too_long: "This text is longer than {limit, number} characters. Give it as a file.",
  language_unknown: "This language is not offered, or that of the text could not be told. Choose it.",
} satisfies Same<typeof fr>;

/** What the reading report of a file tells: one sentence per code of a finding. */
import type fr from "../fr/findings";
import type { Same } from "../index";

export default {
  empty_file: "This file is empty.",
  no_text: "This file opens, but there is nothing to read in it.",
  password_required: "This file is protected by a password. Save a copy without a password, then add it.",
  file_damaged: "This file is damaged and does not open. Save it again from the program that made it.",
  mail_damaged: "This file holds no readable message: its headers are missing.",
  archive_damaged: "This file is damaged: its archive is incomplete or inconsistent.",
  image_damaged: "This image is damaged: its dimensions cannot be read.",
  xml_damaged: "This file is damaged: one of its parts cannot be read.",
  table_damaged: "This table is damaged: its lines cannot be read.",
  part_missing:
    "This file is incomplete: one of its parts is missing ({part}). Save it again from the program that made it.",
  file_unreadable: "This file could not be opened. Try again; if it still does not open, save it again.",
  reader_failed: "Reading this file failed. No other file is affected; try again, or add it in another format.",
  reader_died: "Reading this file stopped abruptly. No other file is affected; try again, or add it in another format.",
  reader_missing: "This installation cannot read this format: {part} is missing.",
  file_too_large: "This file is larger than {megabytes, number} MB.",
  archive_lies: "This file holds more than it declares. It was not opened.",
  archive_ratio: "This file inflates more than {ratio, number} times. It was not opened.",
  archive_too_large: "Inflated, this file is larger than {megabytes, number} MB. It was not read.",
  archive_too_many_entries: "This archive holds more than {most, number} entries. It was not opened.",
  archive_compression: "In this archive, {name} is compressed in a way that is not read here.",
  image_too_large:
    "This image declares {width, number} × {height, number} pixels, beyond the limit. It was not opened.",
  too_many_pages: "This file has more than {most, number} pages. The others were not read.",
  too_many_cells: "This file has more than {most, number} cells. The others were not read.",
  too_many_attachments: "This file holds more than {most, number} others. The rest were not read.",
  marking_refused:
    "This file bears a protective marking that no installation of this service may receive. None of its text was kept.",
  detection_failed: "The text of this file could not be checked, so it was not kept. Have it read again.",
  text_too_long: "The text of this file is longer than {most, number} characters. The rest was not read.",
  nested_files_too_deep: "This file lies inside more than {most, number} others. It was not read.",
  nested_too_deeply: "The elements of this file are nested more than {most, number} deep. It was not read.",
  memory_limit: "Reading this file takes more than {megabytes, number} MB of memory. It was stopped.",
  time_limit: "Reading this file takes more than {seconds, number} seconds. It was stopped.",
  xml_document_type: "This file holds dangerous declarations (document type, entities). It was not opened.",
  polyglot: "This file is two formats at once ({first} and {second}). It was not opened.",
  extension_mismatch:
    "The content of this file ({kind, select, text {text} code {text} html {a page} eml {a message} msg {a message} jpeg {a JPEG image} png {a PNG image} tiff {a TIFF image} webp {a WebP image} heic {a HEIC photo} zip {an archive} other {{kind}}}) is not what its name says (.{extension}). Correct its name, then add it again.",
  kind_not_read:
    "This format (.{extension}) is not read here. Save the file as PDF, OpenDocument or a recent Word, Excel or PowerPoint format, then add it.",
  kind_unknown:
    "The format of this file is not recognised. Open it in the program that made it, save it as PDF, then add it.",
  kind_not_rebuilt:
    "This format (.{extension}) cannot be given back with other words. Save the file as Word, OpenDocument, PDF or text, then try again.",
  legacy_office:
    "This old format (.{extension}) is not read here. Save the file as .{extension}x or OpenDocument, then add it.",
  encoding_unknown: "The encoding of this text is not recognised.",
  attachment_not_read: "The attachment {name} was not read.",
  mail_encrypted: "This message is encrypted: its content was not read.",
  part_left_out: "A part of the file was not read ({part}).",
  embedded_objects_left_out:
    "{count, plural, one {# embedded object was not read} other {# embedded objects were not read}}.",
  inline_images_left_out: "Images placed in the body of the message were not read.",
  menus_left_out: "The menus and banners of the page were left out.",
  unit_too_large: "A paragraph of this file holds more than {most, number} elements. It was not opened.",
  encoding_changed: "The file was written in UTF-8: its own encoding has no signs for the new words.",
  ai_mark_not_kept: "This format has no place to say that a machine wrote the words.",
  unsure_not_shown: "Doubtful passages are not highlighted in this format.",
  signature_broken: "The electronic signature of the message no longer holds: its words have changed.",
  pdf_layout_simplified: "The PDF comes back as a Word document: its page layout is simplified.",
  pdf_not_in_place: "The words could not be put back in the PDF itself: it comes back as a Word document.",
  pdf_styles_merged:
    "Some paragraphs of the PDF mixed several styles (bold, colour, superscript): each is set in its most frequent one, and underlines stay where they were.",
  pdf_headers_kept: "Headers and footers repeated on each page of the PDF stayed in their language.",
  pdf_protection_removed: "The PDF limited what may be done with it; the one given back no longer does.",
  page_headers_left_out: "Headers and footers repeated on each page of the PDF are not in the document given back.",
  macros_left_out: "The macros of the file are not in the one given back.",
  signatures_left_out: "The electronic signatures of the file were left out: its words are not those that were signed.",
  tracking_unsupported: "This format records no changes: the new words took the place of the old ones.",
  untracked_words_kept:
    "Some words stayed as they were, because no tracked change can record them (images’ descriptions, titles, pieces that moved).",
  visible_mark_not_placed:
    "The sentence saying that a machine wrote this could not be placed in this format; the metadata say it.",
  macros_ignored: "This file holds macros. They were neither read nor run.",
  external_relations:
    "This file points to {count, plural, one {# outside element. It was not fetched} other {# outside elements. They were not fetched}}.",
  comments_and_changes:
    "{count, plural, one {# comment or tracked change is read} other {# comments or tracked changes are read}} apart from the text.",
  hidden_text: "This file holds hidden text. It is flagged and never quoted as visible.",
  hidden_slide: "This slide is hidden.",
  hidden_sheet: "The sheet “{name}” is hidden.",
  hidden_rows_or_columns: "Rows or columns of this sheet are hidden ({count, plural, one {# cell} other {# cells}}).",
  formulas_shown_by_value:
    "{count, plural, one {# formula is read by its stored value} other {# formulas are read by their stored value}}.",
  invisible_characters:
    "{count, plural, one {# invisible character was removed} other {# invisible characters were removed}} from the text.",
  invisible_message: "Invisible characters of this file spell a message, which is not passed on: “{text}”",
  page_failed: "This page could not be read.",
  metadata_removed: "The place, date and device written in this image were erased.",
  picture_not_read: "This page is an image, and nothing here can read it.",
  recognition_failed: "The recognition of this page failed.",
  reading_time_over: "The time for reading is over. From this page on, nothing was read.",
  text_over_limit: "The text of this file is too long. From this page on, nothing was read.",
  text_unreliable: "The text of this page is not certain, and could not be recognised otherwise.",
  text_layer_replaced: "The text that came with this scanned page was poor. It was replaced by a new recognition.",
  fonts_unreadable: "The fonts of this page do not tell their characters. It was read as an image.",
  pages_over_limit: "This file has {pages, number} pages. Only the first {limit, number} were read.",
  image_over_limit: "This image declares dimensions beyond the limit. It was not opened.",
  pdf_repaired: "This PDF was damaged. What could be recovered was.",
  pdf_scripts_ignored: "This PDF holds programs. They were not run.",
  pdf_actions_ignored: "This PDF asks to open programs or addresses. Nothing was opened.",
  pdf_files_ignored:
    "This PDF holds {files, plural, one {# attached file, which was not read} other {# attached files, which were not read}} ({names}).",
} as const satisfies Same<typeof fr>;

/** What the reading report of a file tells: one sentence per code of a finding. */
export default {
  empty_file: "Ce fichier est vide.",
  no_text: "Ce fichier s’ouvre, mais il n’y a rien à y lire.",
  password_required:
    "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la.",
  file_damaged: "Ce fichier est abîmé et ne s’ouvre pas. Enregistrez-le de nouveau depuis le logiciel qui l’a produit.",
  mail_damaged: "Ce fichier ne contient pas de message lisible : ses en-têtes manquent.",
  archive_damaged: "Ce fichier est abîmé : son archive est incomplète ou incohérente.",
  image_damaged: "Cette image est abîmée : ses dimensions sont illisibles.",
  xml_damaged: "Ce fichier est abîmé : une de ses parties n’est pas lisible.",
  table_damaged: "Ce tableau est abîmé : ses lignes ne se lisent pas.",
  part_missing:
    "Ce fichier est incomplet : une de ses parties manque ({part}). Enregistrez-le de nouveau depuis le logiciel qui l’a produit.",
  file_unreadable:
    "Ce fichier n’a pas pu être ouvert. Réessayez ; s’il ne s’ouvre toujours pas, enregistrez-le de nouveau.",
  reader_failed:
    "La lecture de ce fichier a échoué. Les autres fichiers ne sont pas touchés ; réessayez, ou déposez-le dans un autre format.",
  reader_died:
    "La lecture de ce fichier s’est interrompue brutalement. Les autres fichiers ne sont pas touchés ; réessayez, ou déposez-le dans un autre format.",
  reader_missing: "Cette installation ne sait pas lire ce format : il y manque {part}.",
  file_too_large: "Ce fichier dépasse {megabytes, number} Mo.",
  archive_lies: "Ce fichier contient plus qu’il ne le déclare. Il n’a pas été ouvert.",
  archive_ratio: "Ce fichier se déploie plus de {ratio, number} fois. Il n’a pas été ouvert.",
  archive_too_large: "Une fois déployé, ce fichier dépasse {megabytes, number} Mo. Il n’a pas été lu.",
  archive_too_many_entries: "Cette archive contient plus de {most, number} éléments. Elle n’a pas été ouverte.",
  archive_compression: "Dans cette archive, {name} est compressé d’une manière qui n’est pas lue ici.",
  image_too_large:
    "Cette image déclare {width, number} × {height, number} pixels, au-delà de la limite. Elle n’a pas été ouverte.",
  too_many_pages: "Ce fichier a plus de {most, number} pages. Les suivantes n’ont pas été lues.",
  too_many_cells: "Ce fichier a plus de {most, number} cellules. Les suivantes n’ont pas été lues.",
  too_many_attachments: "Ce fichier en contient plus de {most, number} autres. Les suivants n’ont pas été lus.",
  marking_refused:
    "Ce fichier porte une mention de protection qu’aucune installation de ce service ne peut recevoir. Rien de son texte n’a été gardé.",
  detection_failed: "Le texte de ce fichier n’a pas pu être vérifié. Il n’a donc pas été gardé ; relancez la lecture.",
  text_too_long: "Le texte de ce fichier dépasse {most, number} caractères. La suite n’a pas été lue.",
  nested_files_too_deep: "Ce fichier est enfoui dans plus de {most, number} autres. Il n’a pas été lu.",
  nested_too_deeply: "Les éléments de ce fichier sont emboîtés sur plus de {most, number} niveaux. Il n’a pas été lu.",
  memory_limit: "La lecture de ce fichier demande plus de {megabytes, number} Mo de mémoire. Elle a été arrêtée.",
  time_limit: "La lecture de ce fichier prend plus de {seconds, number} secondes. Elle a été arrêtée.",
  xml_document_type:
    "Ce fichier contient des déclarations dangereuses (type de document, entités). Il n’a pas été ouvert.",
  polyglot: "Ce fichier est deux formats à la fois ({first} et {second}). Il n’a pas été ouvert.",
  extension_mismatch:
    "Le contenu de ce fichier ({kind, select, text {du texte} code {du texte} html {une page} eml {un message} msg {un message} jpeg {une image JPEG} png {une image PNG} tiff {une image TIFF} webp {une image WebP} heic {une photo HEIC} zip {une archive} other {{kind}}}) n’est pas celui que son nom annonce (.{extension}). Corrigez son nom, puis déposez-le de nouveau.",
  kind_not_read:
    "Ce format (.{extension}) n’est pas lu ici. Enregistrez le fichier en PDF, en OpenDocument ou au format récent de Word, Excel ou PowerPoint, puis déposez-le.",
  kind_unknown:
    "Le format de ce fichier n’est pas reconnu. Ouvrez-le dans le logiciel qui l’a produit, enregistrez-le en PDF, puis déposez-le.",
  kind_not_rebuilt:
    "Ce format (.{extension}) ne peut pas être rendu avec d’autres mots. Enregistrez le fichier en Word, OpenDocument, PDF ou texte, puis recommencez.",
  legacy_office:
    "Ce format ancien (.{extension}) n’est pas lu ici. Enregistrez le fichier au format .{extension}x ou OpenDocument, puis déposez-le.",
  encoding_unknown: "L’encodage de ce texte n’est pas reconnu.",
  attachment_not_read: "La pièce {name} n’a pas été lue.",
  mail_encrypted: "Ce message est chiffré : son contenu n’a pas été lu.",
  part_left_out: "Une partie du fichier n’a pas été lue ({part}).",
  embedded_objects_left_out:
    "{count, plural, one {# objet incorporé n’a pas été lu} other {# objets incorporés n’ont pas été lus}}.",
  inline_images_left_out: "Les images placées dans le corps du message n’ont pas été lues.",
  menus_left_out: "Les menus et bandeaux de la page n’ont pas été retenus.",
  unit_too_large: "Un paragraphe de ce fichier contient plus de {most, number} éléments. Il n’a pas été ouvert.",
  encoding_changed: "Le fichier a été écrit en UTF-8 : son encodage n’a pas les signes des nouveaux mots.",
  ai_mark_not_kept: "Ce format n’a pas de place pour dire qu’une machine a écrit les mots.",
  unsure_not_shown: "Les passages douteux ne sont pas surlignés dans ce format.",
  signature_broken: "La signature électronique du message ne vaut plus : ses mots ont changé.",
  pdf_layout_simplified: "Le PDF revient en document Word : sa mise en page est simplifiée.",
  pdf_not_in_place: "Les mots n’ont pas pu être remis dans le PDF lui-même : il revient en document Word.",
  pdf_styles_merged:
    "Des paragraphes du PDF mêlaient plusieurs styles (gras, couleur, exposant) : chacun est remis dans le plus fréquent, et les soulignements restent où ils étaient.",
  pdf_headers_kept: "Les en-têtes et pieds répétés à chaque page du PDF sont restés dans leur langue.",
  pdf_protection_removed: "Le PDF limitait ce qu’on peut en faire ; celui qui est rendu ne le limite plus.",
  page_headers_left_out: "Les en-têtes et pieds répétés à chaque page du PDF ne sont pas dans le document rendu.",
  macros_left_out: "Les macros du fichier ne sont pas dans celui qui est rendu.",
  signatures_left_out:
    "Les signatures électroniques du fichier ont été retirées : ses mots ne sont plus ceux qui ont été signés.",
  tracking_unsupported: "Ce format n’enregistre pas les modifications : les nouveaux mots ont remplacé les anciens.",
  untracked_words_kept:
    "Certains mots sont restés tels quels, car aucun suivi des modifications ne peut les enregistrer (descriptions d’images, titres, éléments déplacés).",
  visible_mark_not_placed:
    "La phrase qui dit qu’une machine a écrit n’a pas pu être placée dans ce format ; les métadonnées le disent.",
  macros_ignored: "Ce fichier contient des macros. Elles n’ont été ni lues ni exécutées.",
  external_relations:
    "Ce fichier renvoie à {count, plural, one {# élément extérieur. Il n’a pas été demandé} other {# éléments extérieurs. Ils n’ont pas été demandés}}.",
  comments_and_changes:
    "{count, plural, one {# commentaire ou modification suivie est lu} other {# commentaires ou modifications suivies sont lus}} à part du texte.",
  hidden_text: "Ce fichier contient du texte caché. Il est signalé et n’est jamais cité comme visible.",
  hidden_slide: "Cette diapositive est masquée.",
  hidden_sheet: "La feuille « {name} » est masquée.",
  hidden_rows_or_columns:
    "Des lignes ou des colonnes de cette feuille sont masquées ({count, plural, one {# cellule} other {# cellules}}).",
  formulas_shown_by_value:
    "{count, plural, one {# formule est lue par sa valeur enregistrée} other {# formules sont lues par leur valeur enregistrée}}.",
  invisible_characters:
    "{count, plural, one {# caractère invisible a été retiré} other {# caractères invisibles ont été retirés}} du texte.",
  invisible_message: "Des caractères invisibles de ce fichier écrivent un message, qui n’est pas transmis : « {text} »",
  page_failed: "Cette page n’a pas pu être lue.",
  metadata_removed: "Le lieu, la date et l’appareil écrits dans cette image ont été effacés.",
  picture_not_read: "Cette page est une image, et rien ici ne peut la lire.",
  recognition_failed: "La reconnaissance de cette page a échoué.",
  reading_time_over: "Le temps de lecture est écoulé. À partir de cette page, rien n’a été lu.",
  text_over_limit: "Le texte de ce fichier est trop long. À partir de cette page, rien n’a été lu.",
  text_unreliable: "Le texte de cette page n’est pas sûr, et il n’a pas pu être reconnu autrement.",
  text_layer_replaced:
    "Le texte joint à cette page numérisée était mauvais. Il a été remplacé par une reconnaissance nouvelle.",
  fonts_unreadable: "Les polices de cette page ne disent pas leurs caractères. Elle a été lue comme une image.",
  pages_over_limit: "Ce fichier a {pages, number} pages. Seules les {limit, number} premières ont été lues.",
  image_over_limit: "Cette image déclare des dimensions au-delà de la limite. Elle n’a pas été ouverte.",
  pdf_repaired: "Ce PDF était abîmé. Ce qui pouvait l’être a été retrouvé.",
  pdf_scripts_ignored: "Ce PDF contient des programmes. Ils n’ont pas été exécutés.",
  pdf_actions_ignored: "Ce PDF demande d’ouvrir des programmes ou des adresses. Rien n’a été ouvert.",
  pdf_files_ignored:
    "Ce PDF contient {files, plural, one {# fichier joint, qui n’a pas été lu} other {# fichiers joints, qui n’ont pas été lus}} ({names}).",
} as const;

/** One sentence per code: what happened, what is safe, what to do next. */
export default {
  report_not_found: "Ce signalement n’existe pas ou plus.",
  report_answered: "Une réponse a déjà été donnée.",
  too_many_reports: "Vous avez déjà beaucoup de signalements en attente de réponse. Attendez qu’ils soient traités.",
  pseudonyms_off: "Le remplacement des noms avant l’envoi n’est pas proposé dans cette installation.",
  identifier_left:
    "Une donnée qui identifie une personne n’a pas pu être remplacée : rien n’est parti. Retirez-la du message, ou choisissez un modèle habilité.",
  not_signed_in: "Votre session a pris fin. Reconnectez-vous ; votre texte est gardé.",
  invalid_credentials: "L’identifiant et le mot de passe ne vont pas ensemble. Vérifiez-les, puis recommencez.",
  local_sign_in_off: "La connexion par mot de passe est désactivée ici. Passez par votre fournisseur d’identité.",
  sign_in_provider_not_found: "Ce moyen de connexion n’existe pas ou n’est plus proposé. Choisissez-en un autre.",
  sign_in_provider_taken: "Un fournisseur a déjà ce code, ou cet émetteur avec cet identifiant de client.",
  sign_in_provider_unreachable:
    "Le fournisseur d’identité ne répond pas. Rien n’est perdu ; réessayez dans un moment, ou connectez-vous autrement.",
  sign_in_provider_misconfigured:
    "Le fournisseur d’identité ne répond pas comme prévu ({reason, select, other_issuer {il se nomme autrement que l’émetteur déclaré} undeclared_origin {il renvoie vers un serveur qui n’est pas déclaré} unsafe_address {il donne une adresse sans TLS ou mal formée} no_discovery {il ne publie pas sa description} no_keys {il ne publie pas ses clés} no_common_method {il n’accepte ni secret en en-tête ni secret en formulaire} invalid_client {il refuse l’identifiant ou le secret} certificate {l’autorité de certification déclarée n’est pas lisible} service_bind {il refuse le compte de service ou son mot de passe} subject {il ne dit pas l’identifiant stable de la personne} base {la branche déclarée n’existe pas} access {le compte de service n’a pas le droit de lire} size_limit {il coupe les longues listes} search {il refuse la recherche} names {il donne un nom illisible} import_filter {aucun filtre de personnes n’est déclaré} unit_filter {aucune branche ni filtre d’unités n’est déclaré} other {réponse inattendue}}). Prévenez votre administrateur, ou connectez-vous autrement.",
  sign_in_flow_invalid: "Cette connexion a expiré, a déjà servi ou a commencé dans un autre navigateur. Recommencez.",
  sign_in_refused_by_provider:
    "Le fournisseur d’identité n’a pas accordé la connexion. Recommencez, ou demandez-lui pourquoi.",
  sign_in_token_refused:
    "La réponse du fournisseur d’identité n’a pas pu être vérifiée. Vous n’êtes pas connecté ; recommencez, puis prévenez votre administrateur.",
  sign_in_password_expired:
    "Votre mot de passe a expiré dans l’annuaire de votre institution. Changez-le là-bas, puis revenez.",
  sign_in_not_known: "Votre compte n’a pas été préparé ici. Demandez à votre administrateur de vous ouvrir l’accès.",
  sign_in_account_disabled: "Votre compte est désactivé ici. Adressez-vous à votre administrateur.",
  claim_rule_invalid:
    "La règle {position, number} ne peut pas être gardée : {reason, select, role_unknown {ce rôle n’existe pas} other {elle n’est pas complète}}. Rien n’a été changé.",
  certificate_invalid: "Ce texte n’est pas un certificat d’autorité au format PEM.",
  sign_out_token_refused: "La demande de déconnexion du fournisseur d’identité n’a pas pu être vérifiée.",
  emergency_invalid: "Ce lien de secours a déjà servi, a été remplacé ou n’est pas le bon.",
  wrong_password: "Le mot de passe actuel n’est pas le bon. Rien n’a été changé.",
  too_many_attempts:
    "Trop d’essais. Attendez {retry_after, plural, =0 {un instant} one {# seconde} other {# secondes}}, puis recommencez.",
  sign_in_busy: "Beaucoup de personnes se connectent en ce moment. Recommencez dans quelques secondes.",
  password_too_weak:
    "{reason, select, too_short {Ce mot de passe est trop court : il en faut un d’au moins douze caractères.} too_long {Ce mot de passe est trop long.} too_common {Ce mot de passe est trop répandu : il figure dans les listes de mots de passe volés.} like_identity {Ce mot de passe ressemble trop à votre nom ou à votre adresse.} other {Ce mot de passe n’est pas accepté. Choisissez-en un autre.}}",
  invitation_invalid: "Ce lien a déjà servi ou a expiré. Demandez-en un autre à la personne qui vous l’a envoyé.",
  installation_closed:
    "Ce lien n’est plus valable, ou un administrateur existe déjà. Redémarrez le serveur pour en obtenir un autre.",
  person_exists: "Une personne a déjà cette adresse électronique.",
  person_not_found: "Cette personne n’existe pas ou plus.",
  invitation_not_found: "Cette invitation n’existe plus : elle a servi, expiré ou été retirée.",
  last_administrator: "Il doit rester au moins un administrateur actif. Donnez d’abord ce rôle à une autre personne.",
  email_invalid: "Ce texte n’est pas une adresse électronique.",
  name_invalid: "Un nom compte de 1 à 120 caractères ordinaires.",
  unit_not_found: "Cette unité n’existe pas, ou vous n’y avez pas accès.",
  unit_code_taken: "Une autre unité, peut-être fermée, porte déjà ce code.",
  unit_code_invalid: "Un code compte de 1 à 64 lettres, chiffres, tirets, points, barres ou deux-points, sans espace.",
  unit_name_invalid: "Un nom d’unité compte de 1 à 200 caractères ordinaires.",
  unit_cycle:
    "Une unité ne peut être placée sous elle-même, ni fusionnée avec ce qui est sous elle. Rien n’a été changé.",
  unit_too_deep: "L’arbre compte au plus {deepest} niveaux. Rien n’a été changé.",
  unit_not_empty:
    "Cette unité a encore des membres, des unités ou des biens. Fusionnez-la avec une autre pour ne rien perdre.",
  unit_closed: "Cette unité a été fusionnée avec une autre : rien n’y est plus ajouté.",
  unit_merge_conflict:
    "Les deux unités possèdent chacune ce dont il ne peut exister qu’un. Changez d’abord l’un des deux ; rien n’a été changé.",
  unit_delegation_exceeded:
    "Des rôles donnés sur ces unités porteraient là où vous ne pourriez pas les donner vous-même. Rien n’a été changé ; demandez à un administrateur.",
  person_act_not_found: "Cette action groupée n’existe pas ou plus, ou n’est pas la vôtre.",
  person_act_changed:
    "Les personnes concernées ne sont plus celles que vous avez vues : elles seraient maintenant {count, number}. Rien n’a été fait. Relisez, puis confirmez.",
  person_act_empty: "Il n’y a plus personne pour qui le faire. Rien n’a été fait.",
  person_act_state: "Cette action groupée n’en est plus là : regardez où elle en est avant de recommencer.",
  membership_not_found: "Cette personne n’appartient pas, ou plus, à cette unité.",
  role_not_found: "Ce rôle n’existe pas ou plus.",
  role_code_taken: "Un autre rôle porte déjà ce code.",
  role_protected: "Ce rôle est livré avec Châtelet : il ne peut être ni supprimé ni changé ainsi.",
  role_in_use:
    "Ce rôle est encore donné à {holders, plural, one {# personne} other {# personnes}}. Retirez-le d’abord.",
  grant_not_found: "Ce rôle n’est pas, ou plus, donné à cette personne.",
  grant_exists: "Cette personne détient déjà ce rôle à cet endroit.",
  grant_expired: "La date de fin est déjà passée.",
  delegation_exceeded: "On ne donne ni ne retire plus que ce que l’on détient soi-même. Rien n’a été changé.",
  quota_reached:
    "Votre quota est atteint{holder, select, unit { pour votre unité} key { pour cette clé} other {}} : il reprend {period, select, day {dès demain} other {au début du mois prochain}}. Votre question est gardée.",
  quota_not_found: "Ce quota n’existe pas ou plus.",
  quota_invalid: "Ce quota ne tient pas ensemble. Vérifiez ses champs.",
  quota_exists: "Un quota compte déjà la même chose. Changez celui-là.",
  usage_period_invalid: "Le premier mois vient après le dernier, ou ils sont plus de vingt-quatre. Changez la période.",
  directory_not_found: "Cet annuaire n’existe pas ou plus.",
  directory_group_not_found: "Ce groupe n’existe plus dans l’annuaire.",
  issuer_invalid:
    "Un émetteur s’écrit sans espace, tel que le fournisseur d’identité le déclare ; « local » est réservé.",
  table_unreadable:
    "{reason, select, empty {Ce fichier est vide.} encoding {Ce fichier n’est ni en UTF-8, ni en UTF-16, ni en Windows-1252.} quotes {Un guillemet n’est pas refermé, vers la ligne {line}.} other {Ce fichier n’est pas un tableau (CSV).}} Rien n’a été changé.",
  table_columns:
    "{reason, select, twice {La colonne « {column} » figure deux fois.} other {La colonne « {column} » manque.}} Rien n’a été changé.",
  table_too_long: "Un tableau compte au plus {most, number} lignes. Découpez-le ; rien n’a été changé.",
  refused_by_policy: "Les règles de votre institution ne permettent pas cette demande.",
  level_not_allowed:
    "Cette installation n’est pas approuvée pour ce niveau de sensibilité. Votre question n’a été envoyée nulle part.",
  no_model_cleared:
    "Aucun modèle n’est habilité pour ce niveau de sensibilité. Votre question n’a été envoyée nulle part ; votre administrateur peut habiliter un modèle.",
  model_not_cleared:
    "Ce modèle n’est pas habilité pour ce niveau de sensibilité. Votre question n’a été envoyée nulle part ; choisissez un autre modèle.",
  no_model_cleared_for_categories:
    "Aucun modèle n’est habilité pour ce que contient la conversation. Votre question n’a été envoyée nulle part ; votre administrateur peut habiliter un modèle.",
  model_not_cleared_for_categories:
    "Ce modèle n’est pas habilité pour ce que contient la conversation. Votre question n’a été envoyée nulle part ; choisissez un autre modèle.",
  marking_refused:
    "Ce texte porte une mention de protection qu’aucune installation de ce service ne peut recevoir. Rien n’en a été gardé ; le responsable de la sécurité est prévenu.",
  detection_failed:
    "La vérification du texte n’a pas pu se faire, et il n’a donc été envoyé nulle part. Il est gardé dans la zone de saisie ; réessayez dans un moment.",
  model_not_found: "Ce modèle n’est plus proposé. Choisissez-en un autre, puis réessayez.",
  no_model_available:
    "Aucun modèle habilité ne répond pour l’instant. Votre question est gardée ; réessayez dans un moment.",
  model_unreachable:
    "Le serveur du modèle ne répond pas. Votre question est gardée ; réessayez, ou choisissez un autre modèle.",
  model_refused_credentials:
    "Le serveur du modèle refuse la clé de cette installation. Votre question est gardée ; prévenez votre administrateur ou choisissez un autre modèle.",
  model_rejected_request:
    "Le serveur du modèle refuse cette demande telle qu’elle est. Votre question est gardée ; reformulez-la ou choisissez un autre modèle.",
  model_sees_no_images:
    "Ce modèle ne voit pas les images, et aucun texte n’y a été reconnu. Choisissez un modèle qui voit les images.",
  model_context_exceeded:
    "La conversation dépasse ce que ce modèle peut lire. Rien n’est perdu ; choisissez un modèle à plus grande mémoire, ou commencez une autre conversation.",
  model_overloaded: "Le serveur du modèle a trop à faire. Votre question est gardée ; réessayez dans un moment.",
  model_timeout_first_token: "Le modèle n’a rien répondu dans le temps prévu. Votre question est gardée ; réessayez.",
  model_timeout_between_tokens:
    "Le modèle s’est arrêté au milieu de sa réponse. Ce qui était écrit est gardé ; réessayez.",
  model_broken_answer: "Le serveur du modèle a envoyé une réponse illisible. Ce qui était écrit est gardé ; réessayez.",
  model_file_missing: "Le fichier du modèle n’est pas sur cette machine. Votre administrateur peut le télécharger.",
  model_file_refused: "Le fichier du modèle n’est pas celui attendu et a été écarté. Prévenez votre administrateur.",
  model_source_unavailable: "Le fichier du modèle n’a pu être obtenu nulle part. Prévenez votre administrateur.",
  backend_not_found: "Ce serveur de modèles n’existe pas ou plus.",
  backend_in_use: "Des modèles utilisent encore ce serveur. Supprimez-les ou changez leur serveur d’abord.",
  name_taken: "Ce nom est déjà pris. Choisissez-en un autre.",
  invalid_endpoint: "Cette adresse, ce certificat ou cette clé ne peut pas être utilisé. Vérifiez-les.",
  question_too_long:
    "La question à elle seule dépasse ce que le modèle peut lire. Raccourcissez-la, ou choisissez un modèle à plus grande mémoire.",
  server_busy:
    "Le serveur porte déjà autant de réponses qu’il peut. Votre question n’est pas partie ; renvoyez-la dans un moment.",
  turn_interrupted:
    "Le serveur s’est arrêté pendant cette réponse. Ce qui était écrit est gardé ; vous pouvez la redemander.",
  conversation_not_found: "Cette conversation n’existe pas, ou n’est pas la vôtre.",
  folder_not_found: "Ce dossier n’existe plus.",
  web_page_not_found: "Cette page n’est plus gardée avec la conversation.",
  web_site_not_found: "Ce site n’est plus dans vos listes.",
  web_address_not_understood: "Ce n’est ni l’adresse d’une page, ni le nom d’un site.",
  web_site_listed: "Ce site est déjà dans cette liste.",
  web_search_off: "La recherche sur le web n’est pas ouverte ici.",
  paper_figure_not_found:
    "Le texte gardé de cette publication n’a ni légende ni mention de ce numéro. Choisissez-en un autre dans la liste, ou copiez le passage.",
  paper_words_not_found:
    "Ces mots ne sont pas dans le texte gardé de cette publication. Copiez un passage plus court, tel qu’il y est écrit.",
  paper_not_found: "Cette publication n’est plus dans la base.",
  works_not_cleared: "Le niveau de cette conversation ne permet pas de chercher des publications.",
  works_query_refused:
    "Les mots de la recherche de publications contiennent un secret ou un identifiant\u202f: retirez-le, rien n’est parti.",
  web_not_cleared: "Le niveau de cette conversation ne permet pas de chercher sur le web.",
  web_query_refused:
    "Les mots de la recherche contiennent un secret ou un identifiant\u202f: retirez-le, rien n’est parti.",
  turn_not_found: "Cet échange n’existe plus dans la conversation.",
  level_cannot_drop:
    "Le niveau de sensibilité d’une conversation ne baisse pas. Pour un niveau plus bas, commencez-en une autre.",
  restore_expired: "Il est trop tard : la conversation et sa clé sont détruites.",
  import_unreadable: "Ce fichier n’est pas un export de conversations que Châtelet sait lire. Rien n’a été ajouté.",
  too_many_turns_running:
    "Vous avez déjà plusieurs réponses en cours. Attendez la fin de l’une d’elles, ou arrêtez-la.",
  conversation_busy: "La réponse précédente s’écrit encore. Attendez sa fin, ou arrêtez-la.",
  content_unreadable: "Ce contenu ne peut pas être déchiffré. Rien n’a été modifié ; prévenez votre administrateur.",
  key_mismatch:
    "La clé de cette installation n’est pas celle qui a scellé ses données. Votre administrateur doit rétablir la bonne clé.",
  level_in_use:
    "Le niveau {level} marque encore ce que cette installation conserve. Votre administrateur doit le nommer à nouveau dans les réglages, ou abaisser d’abord ce qui le porte.",
  message_version_unknown:
    "Ce message a été enregistré par une version plus récente. Votre administrateur doit mettre à jour le serveur.",
  invalid_model: "Cette description de modèle ne peut pas être utilisée. Vérifiez-la.",
  ambiguous_credentials: "La demande porte deux clés ou deux sessions à la fois et a été refusée. Rechargez la page.",
  key_refused:
    "{reason, select, expired {Cette clé a expiré. Créez-en une autre.} revoked {Cette clé a été révoquée. Créez-en une autre.} owner_disabled {Le compte de la personne qui possède cette clé est désactivé.} right_withdrawn {La personne qui possède cette clé n’a plus le droit de l’employer.} other {Cette clé n’est pas reconnue. Vérifiez-la.}}",
  key_scope_exceeded:
    "{reason, select, route {Cette clé ne permet pas cet usage.} address {Cette clé ne sert pas depuis cette adresse.} origin {Cette clé ne sert pas depuis ce site.} other {Cette clé ne permet pas cette demande.}}",
  key_not_found: "Cette clé n’existe pas, ou ne sert plus.",
  key_expiry_invalid: "La fin d’une clé doit être à venir, dans {days, plural, one {# jour} other {# jours}} au plus.",
  too_many_keys:
    "Il y a déjà {limit, plural, one {# clé active} other {# clés actives}}. Révoquez celles qui ne servent plus.",
  invalid_parameter: "Un paramètre de la demande manque ou sort de ses bornes. Rien n’a été envoyé à un modèle.",
  unsupported_parameter: "Un paramètre de la demande n’est pas pris en charge. Rien n’a été envoyé à un modèle.",
  too_many_calls: "Les clés de cette personne ont déjà trop d’appels en cours. Réessayez dans un instant.",
  headers_too_large: "Les en-têtes de la demande sont trop longs. Effacez les cookies de ce site, puis réessayez.",
  invalid_request: "Le serveur n’a pas compris cette demande. Vérifiez ce que vous avez saisi.",
  not_found: "Cet élément n’existe pas, ou ne vous est pas accessible.",
  forbidden: "Votre rôle ne permet pas cette action.",
  cross_site_request: "La demande est venue d’un autre site et a été refusée. Rechargez la page.",
  body_too_large: "Ce texte ou ce fichier est trop long pour être reçu. Raccourcissez-le ou découpez-le.",
  search_engine_not_cleared: "Le moteur de recherche n’est pas autorisé pour ce niveau de sensibilité.",
  search_engine_unreachable: "Le moteur de recherche ne répond pas. Réessayez dans un instant.",
  database_full: "La base de données n’a plus de place. Rien n’a été changé ; prévenez qui administre le service.",
  service_unavailable: "La base de données ne répond pas. Rien n’a été changé ; réessayez dans un moment.",
  server_unreachable: "Le serveur ne répond pas. Votre texte est gardé ; réessayez dans un moment.",
  connection_lost:
    "La liaison avec le serveur a été perdue. La réponse continue peut-être : rechargez la conversation.",
  unreadable_answer: "Le serveur a répondu quelque chose d’illisible. Rien n’est perdu ; réessayez.",
  internal_error:
    "Le serveur a rencontré une erreur imprévue. Votre texte est gardé ; réessayez, ou prévenez votre administrateur.",
  charter_not_accepted:
    "Votre question n’est pas partie. Lisez la charte d’usage et acceptez-la, puis posez-la de nouveau : son texte est gardé.",
  charter_outdated: "Une nouvelle version de la charte vient d’être publiée. Lisez-la avant de l’accepter.",
  charter_changed:
    "Quelqu’un a publié une autre version pendant que vous écriviez. Rien n’a été publié ; votre texte est gardé, comparez-le.",
  charter_empty: "Écrivez la charte en français ou en anglais avant de la publier.",
  cohort_not_found: "Cette vague n’existe pas, ou vous ne la gérez pas.",
  volunteer_not_found: "Cette personne n’est plus sur la liste, ou vous ne la gérez pas.",
  cohort_full:
    "Cette vague n’a plus assez de places. Rien n’a été changé ; choisissez moins de personnes, ou une autre vague.",
  cohort_closed: "Cette vague n’est pas ouverte aujourd’hui. Demandez ses dates au référent de votre unité.",
  capacity_taken: "Plus de comptes que cela sont déjà ouverts dans cette vague. Choisissez une capacité plus grande.",
  cohort_dates_invalid: "Une vague se ferme le jour de son ouverture, ou plus tard. Corrigez les dates.",
  registration_closed: "Cette installation ne prend pas d’inscriptions. Demandez au référent de votre unité.",
  registration_elsewhere:
    "Les inscriptions d’ici demandent une adresse de : {domains}. Écrivez votre adresse professionnelle.",
  link_invalid: "Ce lien ne vaut plus rien : il vit trente minutes et ne sert qu’une fois. Demandez-en un autre.",
  activation_invalid:
    "Ce code ou ce lien n’ouvre pas de compte à cette adresse. Vérifiez-les, ou demandez un nouveau lien.",
  mail_not_configured: "Aucun serveur de courriel n’est configuré. Distribuez des codes à la place.",
  service_not_open:
    "Le service n’est pas encore ouvert pour vous. Votre texte est gardé ; le référent de votre unité connaît la date.",
  mail_words_invalid: "Le message doit contenir la place du lien, écrite entre accolades : link. Ajoutez-la.",
  reference: "Référence : {id}",
  file_not_found: "Ce fichier n’existe pas, ou vous ne pouvez plus le lire.",
  file_too_large:
    "Ce fichier est trop gros : la limite est de {megabytes, number} Mo. Divisez-le, ou demandez une limite plus haute.",
  file_quota_reached:
    "Il n’y a plus de place : la limite{measure, select, files { de fichiers} bytes { de volume} other { de pages}}{holder, select, unit { de l’unité} other {}} est atteinte. Supprimez des fichiers dont vous n’avez plus besoin.",
  file_part_misplaced: "L’envoi a été interrompu et reprend là où il s’était arrêté.",
  file_in_use: "Ce fichier appartient déjà à une conversation ou à un document.",
  file_not_ready: "Ce fichier n’est pas encore lu.",
  file_infected:
    "L’antivirus a arrêté ce fichier. Son contenu a été détruit ici. Prévenez votre service informatique avant de le rouvrir.",
  antivirus_unavailable:
    "L’antivirus ne répond pas : rien n’est lu tant qu’il ne répond pas. Le fichier est gardé et sera réessayé.",
  reader_unavailable: "La lecture des fichiers ne démarre pas. Le fichier est gardé et sera réessayé.",
  file_unreadable: "Ce fichier ne peut pas être montré. Téléchargez l’original pour l’ouvrir.",
  file_empty:
    "Ce fichier ne contient aucun texte lisible. Vérifiez-le sur votre appareil, ou donnez-en une autre version.",
  file_password_required: "Ce fichier est protégé par un mot de passe. Retirez la protection, puis renvoyez-le.",
  file_damaged: "Ce fichier est abîmé et n’a pas pu être lu. Ouvrez-le, enregistrez-le de nouveau, puis renvoyez-le.",
  file_unsupported:
    "Ce genre de fichier n’est pas lu, ou son contenu ne correspond pas à son nom. Enregistrez-le en PDF, puis renvoyez-le.",
  file_refused:
    "Ce fichier dépasse une limite ou serait dangereux à ouvrir. Donnez-en une partie, ou une copie enregistrée en PDF.",
  storage_unavailable: "Le stockage des fichiers ne répond pas. Rien n’est perdu : réessayez dans un instant.",
  blob_missing: "Le contenu de ce fichier n’est plus dans le stockage. Prévenez l’administration.",
  collection_not_found: "Cette base documentaire n’existe pas, ou vous ne pouvez plus la lire.",
  collection_part_missing:
    "Vous pouvez lire cette base, mais pas faire cela : il faut y être{part, select, contributor { contributeur} curator { documentaliste} other { lecteur}}.",
  collection_closed:
    "Une base fermée n’est ouverte qu’à des personnes nommées. Reprenez d’abord les partages avec des unités, puis partagez-la avec chaque personne.",
  collection_asked_alone:
    "La base « {name} » est fermée à une équipe nommée : une question n’y cherche pas en même temps que dans une autre base. Posez deux questions.",
  document_not_found: "Ce document n’existe pas, ou vous ne pouvez plus le lire.",
  document_name_taken:
    "Un autre document de ce dossier porte déjà ce nom. Donnez-en un autre, ou versez le fichier comme nouvelle version.",
  collection_grant_not_found: "Ce partage n’existe pas ou plus.",
  collection_grantee_unknown: "Personne n’a cette adresse ici, ou cette unité ne peut pas être choisie.",
  collection_level_exceeded: "Ce fichier est plus sensible que la base. Choisissez une base de niveau au moins égal.",
  file_not_examined:
    "La vérification de ce fichier n’a pas pu se faire : il n’est ni lu, ni montré, ni envoyé. Il est gardé et sera relu de lui-même ; vous pouvez aussi relancer la lecture.",
  file_quarantined:
    "Ce fichier porte une mention de protection qu’aucune installation de ce service ne peut recevoir. Il n’est ni lu ni rendu ; le responsable de la sécurité est prévenu.",
  address_refused:
    "Cette adresse ne peut pas être consultée : {reason, select, scheme {ce n’est pas une adresse http ou https} too_long {elle est trop longue} port {son port n’est pas l’un de ceux qui sont permis} userinfo {elle contient un nom d’utilisateur} internal_name {elle désigne le réseau interne} metadata {elle désigne les métadonnées d’un hébergeur} loopback {elle désigne cette machine} private {elle désigne un réseau privé} link_local {elle désigne le réseau local} downgrade {elle renvoie vers une page sans chiffrement} egress_closed {cette installation ne consulte pas de pages extérieures} listed {votre institution a exclu ce site} other_purpose {ce serveur sert à autre chose dans cette installation : il n’est pas consulté comme une page} not_listed {ce site ne figure pas parmi ceux que votre institution permet} unicode_host {son nom imite ou mélange d’autres écritures} other {sa forme ou sa destination ne sont pas permises}}. Rien n’a été envoyé.",
  visit_failed:
    "Cette page n’a pas pu être lue : {reason, select, unreachable {le site ne répond pas} too_late {le site a mis trop de temps} too_large {la page dépasse 10 Mo} content_type {ce n’est ni du texte, ni un PDF, ni une image} too_many_redirects {la page renvoie trop de fois ailleurs} other {la réponse n’est pas lisible}}. Réessayez, ou donnez le document lui-même.",
  egress_closed:
    "Cette installation ne laisse rien sortir vers ce serveur. Rien n’a été envoyé ; adressez-vous à votre administrateur.",
  retention_out_of_bounds: "Cette durée doit être comprise entre {least, number} et {most, number} jours.",
  retention_too_long: "Ici, la durée ne peut être que raccourcie : au plus {most, number} jours.",
  retention_not_here: "Cette durée est la même pour toute l’institution : elle ne se choisit pas ici.",
  retention_rule_not_found: "Cette règle a déjà été levée ou remplacée.",
  certificate_not_found: "Cette attestation n’existe pas, ou n’est pas encore établie. Réessayez dans un instant.",
  certificate_key_missing:
    "La clé qui signe les attestations ne peut pas être lue. Rien n’est détruit sans preuve : prévenez l’administration.",
  privacy_request_not_found: "Cette demande n’existe pas.",
  privacy_request_under_way: "Une demande du même genre est déjà en cours. Sa réponse arrive ici.",
  privacy_request_closed: "Cette demande a déjà reçu sa réponse.",
  content_reading_not_found: "Cette demande de lecture n’existe pas.",
  content_reading_both_sides:
    "Vous avez à la fois le droit de demander et celui d’approuver : vous ne pouvez faire ni l’un ni l’autre. Deux personnes distinctes doivent les tenir.",
  content_reading_same_person:
    "Ni la personne qui demande la lecture, ni celle qu’elle concerne ne peuvent intervenir ici. Une autre personne doit le faire.",
  content_reading_decided: "Cette demande a déjà reçu sa réponse, ou sa date de fin est passée.",
  content_reading_closed: "Cette lecture n’est pas ouverte : elle n’est pas approuvée, ou elle a pris fin.",
  governance_file_not_found: "Cette version du dossier n’existe pas.",
  policy_version_not_found: "Cette version n’existe pas.",
  policy_no_draft: "Il n’y a pas de brouillon : enregistrez-en un d’abord.",
  policy_invalid:
    "Cette règle ne peut pas être enregistrée : {reason, select, loosens {elle irait au-delà de ce que l’institution permet} default {le niveau par défaut dépasse le niveau le plus élevé} model {un modèle n’existe pas} zone {une zone n’existe pas} names {cette installation ne permet pas de remplacer les noms} unit {une unité n’existe pas} markings_of_unit {les mentions sont celles de toute l’institution} other {elle n’est pas comprise}}.",
  unit_level_not_allowed:
    "Votre unité ({unit}) ne permet pas ce niveau de sensibilité. Retirez ce qui est trop sensible, ou adressez-vous à la personne responsable de la sécurité.",
  model_refused_by_unit:
    "Une règle de {unit} ne permet pas ce modèle pour ce contenu : {rule, select, models_never {le modèle y est exclu} models_only {le modèle n’est pas de ceux qu’elle permet} names_required {les noms doivent être remplacés avant l’envoi} other {cette catégorie de données doit rester dans certaines zones}}. Choisissez un autre modèle, ou retirez le passage concerné.",
  policy_unreadable: "Les règles des unités ne peuvent pas être lues : rien n’est envoyé. Prévenez l’administration.",
  archive_not_ready: "L’archive n’est pas prête, ou n’est plus conservée. Demandez-en une autre.",
  sign_in_again:
    "Pour confirmer que c’est bien vous, déconnectez-vous, reconnectez-vous, puis recommencez dans les dix minutes.",
  scholarly_closed: "Le bureau savant n’est pas ouvert ici : aucune source n’a été activée par l’administration.",
  scholarly_query_refused:
    "Cette recherche contient des données que les sources savantes ne peuvent pas recevoir. Elle n’est pas partie : retirez-les et réessayez.",
  identifier_not_understood: "Ce n’est ni un DOI, ni un identifiant HAL, arXiv, PubMed ou theses.fr.",
  draft_says_nothing:
    "Ce brouillon n’a pas de phrase assez longue pour chercher des travaux. Donnez au moins un paragraphe.",
  references_not_understood:
    "Aucune référence n’a été trouvée dans ce texte. Donnez du BibTeX, du RIS, une liste de DOI, ou un texte avec sa bibliographie.",
  place_not_found: "Ce lieu n’existe pas, ou cette base ne peut pas le suivre.",
  place_not_allowed:
    "Les réglages du serveur ne permettent pas ce dossier ou cette adresse, ou l’identifiant n’est pas du genre attendu. L’administrateur de la machine les ajoute à documents.source_folders ou documents.source_origins.",
  place_credential_needed:
    "L’adresse change : donnez de nouveau l’identifiant. Il ne part jamais vers une autre adresse que la sienne.",
  place_failed: "Le lieu n’a pas pu être lu. Un nouvel essai est prévu.",
  place_unreachable:
    "Le lieu ne répond pas : serveur éteint, partage non monté ou adresse inconnue. Un nouvel essai est prévu.",
  place_refused: "Le lieu refuse l’identifiant, ou ne laisse pas lire ce chemin. Vérifiez-les avec qui tient le lieu.",
  place_broken: "La réponse du lieu n’est pas celle qu’on attend, ou elle dépasse les limites.",
  entry_gone: "Ce fichier était là au moment de la liste et n’y est plus.",
  entry_too_large: "Ce fichier est plus long que la limite de cette installation.",
  entry_name_taken: "Un autre fichier de ce lieu porte déjà ce nom ici. Renommez l’un des deux dans le lieu.",
  source_not_found: "Cette source n’existe pas, ou vous ne pouvez plus la voir.",
  source_folder_taken:
    "Ce dossier contient déjà des documents, ou une autre source le tient. Choisissez un dossier qui ne sert qu’à cette source.",
  source_needs_unit: "Seules les bases d’une unité suivent des sources. Créez la base au nom de votre unité.",
  source_rights_required: "Ce lieu ne se suit qu’avec ses droits : la case doit rester cochée.",
  source_paused: "Cette source est en pause. Reprenez-la d’abord.",
  source_place_withdrawn:
    "Ce lieu n’est plus ouvert à l’unité de la base. Rien n’est supprimé ; rien n’est suivi non plus.",
  source_too_slow: "Le lieu n’a pas fini de dire ce qu’il contient dans le temps permis. Suivez un sous-dossier.",
  source_interrupted: "La lecture du lieu a été interrompue. Rien n’est perdu : elle reprendra.",
  document_followed: "Ce document suit une source : changez-le ou supprimez-le dans le lieu d’où il vient.",
  folder_followed: "Ce dossier suit une source : rien n’y est versé à la main. Choisissez un autre dossier.",
  work_not_found: "Ce travail n’existe pas ou plus.",
  work_not_ready: "Ce travail n’en est pas là : il n’est pas terminé, ou il l’est déjà.",
  too_many_works: "Vous avez déjà {limit, number} travaux en cours. Attendez la fin de l’un d’eux, ou abandonnez-le.",
  inclusive_rule_unset:
    "Aucune de vos unités n’a fixé de règle d’écriture inclusive. Demandez-la à votre administrateur, ou choisissez un autre style.",
  inclusive_french_only:
    "Les règles d’écriture inclusive portent sur le français, et ce texte est dans une autre langue. Choisissez un autre style.",
  summary_failed:
    "Le modèle n’a rien écrit que les documents disent. Vous pouvez reprendre ce travail, ou choisir un autre modèle.",
  research_not_found: "Cette recherche, ou ce qui en est demandé, n’existe pas ou plus.",
  research_not_ready: "Cette recherche n’en est pas là : elle attend, elle est en cours, ou elle est terminée.",
  too_many_researches:
    "Vous avez déjà {limit, number} recherches en cours. Attendez la fin de l’une d’elles, ou arrêtez-la.",
  research_source_not_offered:
    "Une des sources choisies ne peut pas être interrogée : elle est fermée ici, ou la sensibilité de la question ne le permet pas.",
  research_budget:
    "Ce budget dépasse ce qu’une recherche peut utiliser : {steps, number} étapes, {minutes, number} minutes, {tokens, number} jetons au plus.",
  research_source_withdrawn: "La base dont vient ce passage ne vous est plus ouverte.",
  nothing_to_write: "Ce texte ou ce fichier ne contient pas de mots à écrire.",
  glossary_unreadable:
    "Ce fichier n’a pas pu être lu comme glossaire ou mémoire dans ces deux langues. Attendu : CSV à deux colonnes, TBX ou TMX.",
  template_not_found: "Ce modèle n’existe pas, ou vous ne pouvez plus l’utiliser.",
  template_read_only: "Ce modèle vient avec l’installation : copiez-le, puis modifiez votre copie.",
  template_changed:
    "Quelqu’un a modifié ce modèle entre-temps. Rien n’a été écrasé : ouvrez sa nouvelle version, puis refaites votre changement.",
  template_broken:
    "Ce modèle ne peut pas servir tel quel : {reason, select, name_missing {il lui manque un nom.} body_missing {il lui manque un corps.} too_long {il est trop long.} too_many {vous en avez déjà {about}, le plus possible.} field_name {« {about} » n’est pas un nom de champ : des minuscules, des chiffres et _, en commençant par une lettre.} field_twice {le champ « {about} » y est deux fois.} label_missing {le champ « {about} » n’a pas d’intitulé.} choices {le champ « {about} » : un choix a au moins deux réponses possibles, les autres champs n’en ont pas.} place_unknown {ligne {line}, le champ « {about} » n’existe pas.} section_crossed {ligne {line}, le passage « {about} » en croise un autre.} section_open {le passage « {about} » n’est pas refermé.} part_open {ligne {line}, une partie à rédiger n’est pas refermée.} part_empty {ligne {line}, une partie à rédiger n’a pas de consigne.} too_many_parts {il a trop de parties à rédiger.} front_missing {le fichier ne commence pas par son en-tête, entre deux lignes « +++ ».} front_unreadable {l’en-tête ne se lit pas, ligne {line}.} front_wrong {l’en-tête n’est pas complet ou pas juste ({about}).} other {relisez-le.}}",
  template_field_unknown: "Le modèle n’a pas de champ « {field} ».",
  template_field_missing: "Le champ « {field} » est à remplir.",
  template_field_wrong:
    "Le champ « {field} » {kind, select, date {attend une date.} amount {attend un montant en euros, comme 1250,50.} choice {attend une de ses réponses.} yes_no {attend oui ou non.} other {est trop long.}}",
  style_file_refused:
    "Ce fichier de style n’est pas pris : {reason, select, too_large {il dépasse 4 Mo.} format {un document DOCX ou ODT est attendu.} protected {il est protégé par un mot de passe.} macros {il contient des macros ou des objets incorporés. Enregistrez-le sans eux.} outside {il va chercher quelque chose ailleurs (modèle attaché, image liée). Incorporez-le, ou retirez ce lien.} other {il est abîmé.}}",
  glossary_not_found: "Ce glossaire n’existe pas ou plus.",
  glossary_too_long: "Un glossaire tient au plus {limit, number} lignes. Répartissez-les en plusieurs.",
  sentence_not_found: "Cette phrase n’est plus là, ou ne peut pas être remplacée seule.",
  writing_text_too_long: "Ce texte dépasse {limit, number} caractères. Donnez-le sous forme de fichier.",
  language_unknown: "Cette langue n’est pas proposée, ou celle du texte n’a pas été reconnue. Choisissez-la.",
} as const;

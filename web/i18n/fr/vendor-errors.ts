/** Phrases pour les codes des adaptateurs : ce qui s’est passé dans le système externe, et que faire. */
export const vendorErrors = {
  'onoffice.credentials_invalid':
    'onOffice n’accepte pas ce token et ce secret. Copiez-les à nouveau depuis l’utilisateur API dans onOffice ; ils ont peut-être été remplacés.',
  'onoffice.credentials_swapped': 'Le token et le secret semblent inversés. Échangez les deux saisies.',
  'onoffice.user_inactive':
    'L’utilisateur API est inactif dans onOffice. Activez-le, ou prenez le token d’un autre utilisateur API.',
  'onoffice.claim_outdated':
    'L’autorisation avec laquelle le connecteur travaille dans onOffice a expiré. Un administrateur ouvre une fois le Newsletter Connector dans le menu d’onOffice, puis tout reprend automatiquement.',
  'onoffice.no_read_right':
    'L’utilisateur API ne peut pas lire les contacts. Donnez-lui dans onOffice le droit de les lire.',
  'onoffice.no_write_right':
    'L’utilisateur API ne peut pas modifier les contacts. Donnez-lui dans onOffice le droit de les modifier.',
  'onoffice.tag_creation_refused':
    'onOffice ne nous permet pas de créer des tags de newsletter. Créez vous-même le tag dans onOffice.',
  'onoffice.tag_change_refused':
    'onOffice ne nous permet pas de renommer ou de supprimer des tags de newsletter. Faites-le vous-même dans onOffice.',
  'onoffice.call_not_allowed':
    'onOffice n’autorise pas cet appel à l’utilisateur API. Vérifiez ses droits dans onOffice.',
  'onoffice.clock_skew':
    'L’horloge de ce serveur est déréglée ; onOffice refuse donc ses appels. Mettez le serveur à l’heure.',
  'onoffice.ip_blocked':
    'onOffice n’accepte pas d’appels depuis l’adresse IP de ce serveur. Autorisez-la pour l’utilisateur API dans onOffice.',
  'onoffice.field_inactive':
    'Un champ dont nous avons besoin est désactivé dans onOffice. Activez-le dans la gestion des champs.',
  'onoffice.field_missing':
    'Un champ dont nous avons besoin n’existe pas dans votre onOffice. Activez-le, ou changez la correspondance des champs.',
  'onoffice.value_not_permitted': 'Votre onOffice n’admet pas la valeur qui devait être écrite dans ce champ.',
  'onoffice.activity_kind_unknown': 'Votre onOffice n’a pas le type d’activité qui devait être noté.',
  'onoffice.activation_expired': 'L’activation a pris trop de temps. Relancez-la depuis la Marketplace d’onOffice.',
  'onoffice.rate_limited':
    'En attente d’onOffice : il n’accepte plus d’appels pour l’instant. Nous reprendrons automatiquement.',
  'onoffice.unavailable':
    'En attente d’onOffice : il est injoignable pour l’instant. Nous reprendrons automatiquement.',
  'onoffice.record_refused': 'onOffice a refusé ce contact.',
  'onoffice.email_refused': 'onOffice a refusé cette adresse e-mail.',
  'onoffice.record_missing': 'Ce contact n’existe plus dans onOffice.',
  'onoffice.sort_refused': 'onOffice refuse notre façon de lire les contacts. Merci de nous le signaler.',
  'onoffice.too_many_actions': 'onOffice refuse la taille de notre requête. Merci de nous le signaler.',
  'onoffice.request_invalid': 'onOffice n’a pas compris notre requête. Merci de nous le signaler.',
  'onoffice.action_failed':
    'onOffice n’a pas pu exécuter notre requête. Réessayez ; si cela persiste, merci de nous le signaler.',
  'onoffice.unexpected_response': 'onOffice a donné une réponse que nous ne comprenons pas. Réessayez plus tard.',
  'brevo.key_missing': 'Aucune clé API Brevo n’a été transmise.',
  'brevo.key_invalid':
    'Brevo n’accepte pas cette clé API ; elle est peut-être fausse, expirée ou désactivée. Créez-en une nouvelle sous Paramètres → SMTP et API → Clés API.',
  'brevo.ip_blocked':
    'Brevo bloque l’adresse IP de ce serveur. Autorisez-la dans Brevo sous Paramètres → Sécurité → IP autorisées ; la clé elle-même est bonne.',
  'brevo.no_permission':
    'Cette clé n’y est pas autorisée. Donnez-lui tous les droits sur le compte, les contacts, les webhooks et les processus.',
  'brevo.account_under_validation': 'Brevo est encore en train de valider ce compte. Réessayez plus tard.',
  'brevo.audience_refused': 'Brevo a refusé de créer la liste. Choisissez une liste existante.',
  'brevo.audience_gone': 'La liste n’existe plus dans Brevo. Choisissez-en une autre dans les paramètres.',
  'brevo.field_refused': 'Brevo a refusé de créer un attribut de contact. Créez-le là-bas ou associez-en un autre.',
  'brevo.webhook_limit': 'Brevo autorise 40 webhooks. Supprimez-en un qui ne sert pas.',
  'brevo.contact_exists': 'Brevo a déjà un contact avec cette adresse.',
  'brevo.contact_busy': 'Brevo est encore en train d’enregistrer ce contact ; nous réessaierons.',
  'brevo.invalid_email': 'Brevo n’accepte pas cette adresse e-mail. Corrigez-la dans le contact.',
  'brevo.plan_limit': 'La limite du forfait Brevo est atteinte. Changez de forfait ou supprimez des contacts.',
  'brevo.rejected': 'Brevo a refusé cet enregistrement.',
  'brevo.not_found': 'Brevo ne connaît pas (ou plus) ce qui est demandé.',
  'brevo.method_not_allowed': 'Brevo ne le permet pas pour cet enregistrement.',
  'brevo.import_running': 'Brevo traite l’import ; cela peut prendre jusqu’à 30 minutes. La suite est automatique.',
  'brevo.rate_limited': 'La limite d’appels de Brevo est épuisée ; nous reprendrons dès que possible.',
  'brevo.unavailable': 'Brevo est injoignable pour l’instant. Nous réessaierons automatiquement.',
  'brevo.unexpected_response':
    'Brevo a envoyé une réponse que nous ne comprenons pas. Nous réessaierons automatiquement.',
  'mailchimp.key_malformed':
    'Ce n’est pas une clé API Mailchimp. Elle compte 32 caractères, un tiret et le centre de données, par exemple « …-us21 ».',
  'mailchimp.key_invalid':
    'Mailchimp n’accepte pas cette clé API. Elle a peut-être été révoquée ; créez-en une nouvelle chez Mailchimp et saisissez-la.',
  'mailchimp.wrong_data_center':
    'La fin de la clé API indique un mauvais centre de données. Copiez à nouveau la clé, terminaison comprise (« -us… »).',
  'mailchimp.account_disabled': 'Mailchimp a désactivé ce compte. Adressez-vous à Mailchimp.',
  'mailchimp.forbidden':
    'L’utilisateur de cette clé API n’y est pas autorisé chez Mailchimp. Prenez la clé d’un utilisateur ayant le rôle Manager ou un rôle supérieur.',
  'mailchimp.no_room_for_audience':
    'Votre forfait Mailchimp ne permet pas de liste supplémentaire. Choisissez une liste existante, ou changez de forfait.',
  'mailchimp.audience_refused':
    'Mailchimp a refusé de créer la liste de diffusion. Vérifiez-y l’adresse postale et les coordonnées du compte.',
  'mailchimp.audience_gone':
    'La liste de diffusion n’existe plus chez Mailchimp. Choisissez-en une autre dans la configuration.',
  'mailchimp.field_refused':
    'Mailchimp a refusé de créer un champ. Supprimez-y des champs inutiles, ou associez-en un autre.',
  'mailchimp.tag_gone': 'Le tag n’existe plus chez Mailchimp.',
  'mailchimp.tag_refused':
    'Mailchimp a refusé ce tag. Son nom est peut-être trop long ou déjà utilisé pour autre chose.',
  'mailchimp.plan_limit':
    'Votre forfait Mailchimp n’a plus de place pour d’autres contacts. Changez de forfait, ou supprimez-y des contacts.',
  'mailchimp.compliance':
    'Mailchimp bloque cette adresse parce que la personne s’est désinscrite ou a signalé un e-mail comme spam. Elle seule peut revenir.',
  'mailchimp.permanently_deleted':
    'L’adresse a été définitivement supprimée chez Mailchimp. Seule la personne peut revenir.',
  'mailchimp.invalid_email': 'Mailchimp n’accepte pas cette adresse e-mail. Corrigez-la dans onOffice.',
  'mailchimp.signup_limit':
    'L’adresse a été inscrite récemment à un très grand nombre de listes ; Mailchimp ne l’accepte pas pour l’instant.',
  'mailchimp.merge_fields_invalid':
    'Mailchimp n’accepte pas la valeur d’un champ. Vérifiez les champs obligatoires de la liste de diffusion.',
  'mailchimp.member_exists': 'L’adresse est déjà membre de la liste de diffusion.',
  'mailchimp.rejected': 'Mailchimp a refusé ce contact.',
  'mailchimp.not_found': 'Ce qui est demandé n’existe plus chez Mailchimp.',
  'mailchimp.method_not_allowed': 'Mailchimp ne le permet pas dans l’état actuel du membre.',
  'mailchimp.https_required':
    'Mailchimp n’accepte que des connexions chiffrées. Vérifiez l’adresse dans la configuration du serveur.',
  'mailchimp.rate_limited':
    'En attente de Mailchimp : il n’accepte plus d’appels pour l’instant. Nous reprendrons automatiquement.',
  'mailchimp.unavailable':
    'En attente de Mailchimp : il est injoignable pour l’instant. Nous reprendrons automatiquement.',
  'mailchimp.unexpected_response': 'Mailchimp a donné une réponse que nous ne comprenons pas. Réessayez plus tard.',
} as const;

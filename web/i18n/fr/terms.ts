/** Mots pour ce que le noyau nomme : motifs, opérations, phases, états, champs. */
export const terms = {
  reasons: {
    not_readable: {
      label: 'N’est plus lisible',
      sentence: 'L’utilisateur API du connecteur ne peut plus lire ce contact, ou il a été supprimé dans onOffice.',
      remedy: 'Donnez à l’utilisateur API le droit de lire ce contact dans onOffice.',
    },
    archived_contact: {
      label: 'Contact archivé',
      sentence: 'Le contact est archivé dans onOffice.',
      remedy: 'Réactivez le contact s’il doit recevoir la newsletter.',
    },
    private: {
      label: 'Contact privé',
      sentence: 'Le contact est marqué comme privé dans onOffice ; les contacts privés ne sont jamais transférés.',
      remedy: 'Retirez la marque « Privé » du contact s’il doit recevoir la newsletter.',
    },
    no_email: {
      label: 'Pas d’adresse e-mail',
      sentence: 'Le contact n’a pas d’adresse e-mail principale.',
      remedy: 'Saisissez une adresse e-mail pour le contact dans onOffice.',
    },
    invalid_email: {
      label: 'Adresse e-mail non valable',
      sentence: 'L’adresse principale ne peut pas être juste, ou la plateforme de newsletter ne l’accepte pas.',
      remedy: 'Corrigez l’adresse du contact dans onOffice.',
    },
    duplicate_email: {
      label: 'Adresse en double',
      sentence: 'Un autre contact avec Newsletter = Oui a la même adresse et y reçoit la newsletter.',
      remedy: 'Rien à faire. Pour saluer chacun par son nom, donnez à chaque contact sa propre adresse.',
    },
    conflicting_flags: {
      label: 'Champs Newsletter contradictoires',
      sentence: 'Des contacts de même adresse se contredisent : l’un dit Newsletter = Oui, un autre Non.',
      remedy: 'Mettez la même valeur dans le champ Newsletter de tous les contacts de cette adresse.',
    },
    compliance: {
      label: 'Bloqué pour des raisons légales',
      sentence:
        'La plateforme de newsletter bloque l’adresse parce que la personne s’est désinscrite ou a signalé un e-mail comme spam.',
      remedy: 'Seule la personne peut revenir, par le formulaire d’inscription de la plateforme.',
    },
    opted_out: {
      label: 'Désinscrit',
      sentence: 'La personne s’est désinscrite de la newsletter et aucun consentement plus récent n’est consigné.',
      remedy: 'Seul un nouveau consentement la fait revenir, par exemple par le formulaire d’inscription.',
    },
    bounced: {
      label: 'Non distribuable',
      sentence: 'Les e-mails envoyés à cette adresse sont définitivement revenus (rebond définitif).',
      remedy: 'Demandez à la personne son adresse actuelle et saisissez-la dans onOffice.',
    },
    permanently_deleted: {
      label: 'Définitivement supprimé',
      sentence: 'L’adresse a été définitivement supprimée sur la plateforme et nous ne pouvons pas l’ajouter.',
      remedy: 'Seule la personne peut revenir, par le formulaire d’inscription de la plateforme.',
    },
    awaiting_confirmation: {
      label: 'À confirmer',
      sentence: 'La personne n’a pas encore cliqué sur le lien de l’e-mail de confirmation.',
      remedy: 'Rien à faire. Dès qu’elle aura confirmé, elle recevra la newsletter.',
    },
    plan_limit: {
      label: 'Forfait épuisé',
      sentence: 'Votre forfait sur la plateforme de newsletter n’a plus de place pour d’autres contacts.',
      remedy: 'Changez de forfait, ou supprimez sur la plateforme les contacts dont vous n’avez plus besoin.',
    },
    rejected_by_provider: {
      label: 'Refusé par la plateforme',
      sentence: 'La plateforme de newsletter a refusé ce contact ; sa réponse figure à côté.',
      remedy: 'Corrigez dans le contact ce que la plateforme indique. La prochaine synchronisation réessaie.',
    },
    held_by_brake: {
      label: 'Retenu par le frein de sécurité',
      sentence: 'Un nombre inhabituel de modifications est arrivé d’un coup ; elles attendent votre accord.',
      remedy: 'Regardez l’aperçu, puis approuvez les modifications ou abandonnez-les.',
    },
    waiting: {
      label: 'En file d’attente',
      sentence: 'Le contact va être transféré, ou la plateforme est encore en train de le traiter.',
      remedy: 'Rien à faire ; regardez à nouveau dans quelques minutes.',
    },
    removed_at_provider: {
      label: 'Retiré sur la plateforme',
      sentence: 'Le membre a été archivé ou retiré sur la plateforme ; nous ne le remettons donc pas.',
      remedy: 'Si la personne doit recevoir la newsletter, rétablissez le membre sur la plateforme.',
    },
  },
  memberReasons: {
    member_of_private_contact: {
      label: 'Le contact est privé',
      sentence: 'Le membre correspond à un contact marqué comme privé dans onOffice.',
      remedy: 'Retirez la marque « Privé », ou retirez le membre de la liste sur la plateforme.',
    },
    member_of_archived_contact: {
      label: 'Le contact est archivé',
      sentence: 'Le membre correspond à un contact archivé dans onOffice.',
      remedy: 'Réactivez le contact, ou retirez le membre de la liste sur la plateforme.',
    },
    member_of_unreadable_contact: {
      label: 'Le contact n’est pas lisible',
      sentence: 'Le membre correspond à un contact que l’utilisateur API du connecteur ne peut pas lire.',
      remedy: 'Donnez à l’utilisateur API le droit de lire ce contact dans onOffice.',
    },
    member_of_pending_contact: {
      label: 'Newsletter = à confirmer',
      sentence: 'Le champ Newsletter du contact indique que la confirmation manque encore.',
      remedy: 'Mettez le champ Newsletter sur Oui dès que le consentement est là.',
    },
    member_of_undeliverable_contact: {
      label: 'Newsletter = non distribuable',
      sentence: 'Le champ Newsletter du contact indique que les e-mails ne peuvent pas être distribués.',
      remedy: 'Mettez le champ Newsletter sur Oui si l’adresse fonctionne à nouveau.',
    },
    second_address: {
      label: 'Seconde adresse',
      sentence: 'Le membre est une autre adresse d’un contact qui reçoit déjà la newsletter à une adresse différente.',
      remedy: 'Rien à faire, sauf si l’une des deux doit quitter la liste de diffusion.',
    },
    leaving: {
      label: 'Sur le départ',
      sentence: 'Le membre va être retiré de la liste de diffusion.',
      remedy: 'Rien à faire, sauf si une question à ce sujet attend votre réponse dans la vue d’ensemble.',
    },
    arriving: {
      label: 'Nouveau venu',
      sentence: 'La personne vient de s’inscrire et va être saisie dans onOffice.',
      remedy: 'Rien à faire ; regardez à nouveau dans quelques minutes.',
    },
    resubscribed_elsewhere: {
      label: 'Réinscrit par un autre programme',
      sentence: 'La personne s’était désinscrite, et un autre programme l’a réinscrite.',
      remedy: 'Vérifiez s’il existe un nouveau consentement. Sinon, désinscrivez le membre sur la plateforme.',
    },
    unknown_member: {
      label: 'Absent d’onOffice',
      sentence: 'onOffice n’a aucun contact pour ce membre.',
      remedy: 'Une synchronisation crée le contact dans onOffice.',
    },
  },
  operations: {
    'write-consent': {
      label: 'Champ Newsletter dans onOffice',
      hint: 'onOffice reçoit l’état actuel du consentement',
    },
    'unsubscribe-member': {
      label: 'Désinscrire sur la plateforme',
      hint: 'onOffice dit Non, la plateforme envoie encore',
    },
    'move-member': {
      label: 'Passer à une nouvelle adresse',
      hint: 'modifiée dans onOffice ; consentement et tags suivent',
    },
    'remove-member': {
      label: 'Retirer de la liste de diffusion',
      hint: 'archivé, pas supprimé ; réversible',
    },
    'change-contact-address': {
      label: 'Nouvelle adresse dans onOffice',
      hint: 'modifiée sur la plateforme ; l’ancienne reste comme adresse supplémentaire',
    },
    'update-member': { label: 'Mettre à jour les noms sur la plateforme', hint: 'onOffice fait foi' },
    'tag-contact': { label: 'Poser des tags dans onOffice', hint: 'tags trouvés sur la plateforme' },
    'tag-member': { label: 'Poser des tags sur la plateforme', hint: 'tags de newsletter du contact' },
    'create-contact': { label: 'Créer dans onOffice', hint: 'membres qu’onOffice ne connaît pas' },
    'raise-member': {
      label: 'Réinscrire',
      hint: 'membres archivés dont le contact dit Oui et qui ne se sont jamais désinscrits',
    },
    'add-member': { label: 'Ajouter à la liste de diffusion', hint: 'contacts avec Newsletter = Oui' },
  },
  phases: {
    'reading-contacts': 'Lecture des contacts d’onOffice',
    'reading-members': 'Lecture des membres de la plateforme',
    planning: 'Comparaison des deux côtés',
    'awaiting-approval': 'En attente de votre accord',
    refreshing: 'Dernière recherche de modifications',
    executing: 'Transfert des modifications',
    importing: 'En attente de l’import de la plateforme',
    checking: 'Vérification du résultat',
    counting: 'Décompte des deux côtés',
  },
  runStates: {
    running: 'en cours',
    waiting: 'en attente',
    'awaiting-approval': 'attend votre accord',
    succeeded: 'terminée',
    failed: 'échouée',
    cancelled: 'annulée',
  },
  connectionStates: {
    draft: 'configuration non terminée',
    ready: 'prête pour la première synchronisation',
    active: 'active',
    attention: 'demande votre attention',
    leaving: 'prend fin',
    disconnected: 'terminée',
  },
  healthStates: { ok: 'fonctionne', waiting: 'en attente', failing: 'en panne', unknown: 'non vérifié' },
  personFields: {
    salutation: 'Civilité',
    letterSalutation: 'Formule d’appel',
    firstName: 'Prénom',
    lastName: 'Nom',
  },
  activities: {
    subscribed: { label: 'Inscription', hint: 'toujours notée' },
    unsubscribed: { label: 'Désinscription', hint: 'toujours notée' },
    delivered: { label: 'Newsletter distribuée', hint: 'comme activité e-mail, avec le nom de la campagne' },
    opened: { label: 'Newsletter ouverte', hint: 'les ouvertures automatiques des messageries ne comptent pas' },
    clicked: { label: 'Clic sur un lien', hint: 'avec le lien' },
    'hard-bounce': { label: 'Non distribuable (rebond définitif)', hint: 'l’adresse ne fonctionne plus' },
    'soft-bounce': {
      label: 'Non distribuée pour l’instant (rebond temporaire)',
      hint: 'par exemple parce que la boîte est pleine',
    },
    complaint: { label: 'Signalée comme spam', hint: 'la personne est désinscrite du même coup' },
  },
  providers: { mailchimp: 'Mailchimp', brevo: 'Brevo' },
  plans: { monthly: 'Mensuel', pay_as_you_go: 'Pay As You Go', forever_free: 'Free' },
  roles: { administrator: 'Administrateur', editor: 'Éditeur', reader: 'Lecteur' },
} as const;

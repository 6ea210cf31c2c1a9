/** Textes de ce que font les administrateurs : la fin d’une connexion. */
export const administrationPages = {
  disconnect: {
    title: 'Mettre fin à la connexion',
    text: 'Le webhook de la plateforme est retiré, les clés sont oubliées et plus rien n’est transféré. Toutes les preuves de consentement restent, de même que le dernier état connu des deux côtés : si vous connectez plus tard la même liste de diffusion, le connecteur reprend là.',
    button: 'Mettre fin à la connexion…',
    question: 'Mettre fin à la connexion {{name}} ?',
    warning: 'Dès lors, les désinscriptions de la plateforme n’arrivent plus d’elles-mêmes dans onOffice.',
    audience: 'Que devient la liste de diffusion ?',
    keep: 'Elle reste telle quelle',
    keepHint: 'Les personnes inscrites le restent et peuvent recevoir des newsletters de la plateforme.',
    takeOut: 'Retirer celles que le connecteur y a mises',
    takeOutHint:
      '{{put, number}} membres actifs sur {{active, number}} ; qui est venu autrement reste. Une nouvelle connexion l’annule. Qui s’est désinscrit reste désinscrit.',
    takeOutNotNow: 'Impossible pour l’instant : la connexion demande d’abord votre attention.',
    confirm: 'Y mettre fin maintenant',
    removed: 'La connexion est supprimée.',
    disconnected: 'La connexion est terminée.',
    leaving: 'Les membres sont en cours de retrait ; ensuite la connexion prendra fin.',
    leavingTitle: 'Cette connexion prend fin',
    leavingText:
      'Les personnes que le connecteur a mises dans la liste en sont retirées. Vous pouvez fermer cette fenêtre. Les désinscriptions continuent d’arriver dans onOffice.',
    leavingProgress: '{{done, number}} sur {{total, number}} retirés',
    endNow: 'Arrêter tout de suite',
    endNowQuestion: 'Terminer sans retirer les autres ?',
    endNowText: 'Qui n’a pas encore été retiré reste dans la liste de diffusion.',
    endedTitle: 'Cette connexion est terminée',
    endedText:
      'Plus rien n’est transféré, et les désinscriptions de la plateforme n’arrivent plus dans onOffice. Vous voyez ici le dernier état connu des deux côtés ; les preuves de consentement restent consultables.',
    again: 'Connecter à nouveau',
    againHint:
      'Choisissez à nouveau la liste « {{name}} », et le connecteur reprend avec ce qu’il sait. Vous verrez d’abord un aperçu.',
  },
  privacy: {
    title: 'Protection des données',
    hint: 'Pour les demandes de cette personne, dans toutes les connexions de ce client onOffice.',
    export: 'Exporter tout ce qui est enregistré',
    exportHint: 'Un fichier (JSON) avec tout ce qui est enregistré sur la personne : pour une demande d’accès.',
    erase: 'Effacer…',
    eraseHint:
      'Retire la personne de la liste de diffusion et efface tout ce qui est enregistré ici. Une empreinte chiffrée reste, afin que l’adresse ne soit plus jamais inscrite.',
    question: 'Effacer tout ce qui concerne {{who}} ?',
    effect:
      'La personne compte désormais comme désinscrite. Ce qui est enregistré ici est effacé aussitôt ; du registre des consentements, seules des empreintes chiffrées restent. C’est irréversible.',
    crmFirst:
      'Tant que le contact est dans onOffice, il est relu à la prochaine synchronisation. Supprimez-le là-bas si cela aussi est demandé.',
    atProvider: 'Et chez {{provider}} ?',
    suppress: 'La laisser comme désinscrite (recommandé)',
    suppressHint: 'La plateforme garde sa fiche et ne lui envoie rien.',
    delete: 'Supprimer définitivement',
    deleteCostMailchimp:
      'Le prix : ni le connecteur ni un import ne pourront plus jamais ajouter l’adresse ; seule la personne peut revenir, par un formulaire Mailchimp. Ses données de campagnes deviennent anonymes.',
    deleteCostBrevo:
      'Le prix : l’historique et le blocage sont perdus dans tout le compte Brevo, sur toutes les listes. Le connecteur n’ajoutera plus l’adresse, mais chez Brevo rien n’empêche d’autres de le faire.',
    confirm: 'Effacer maintenant',
    done: 'Effacé',
    doneText: 'De cette personne, il ne reste ici que des empreintes chiffrées.',
    outcome: '{{account}} ({{provider}}) : {{outcome}}',
    outcomes: {
      unsubscribed: 'désinscrite',
      deleted: 'supprimée définitivement',
      absent: 'rien à retirer',
      unreached: 'impossible à joindre ; occupez-vous-en là-bas',
    },
    back: 'Vers les contacts',
    tenantTitle: 'Effacer toutes les données',
    tenantText:
      'Efface tout ce qui est enregistré sur ce client onOffice : toutes les connexions, les contacts, les membres, les journaux et tout le registre des consentements. Les contacts et les listes de diffusion eux-mêmes restent tels quels.',
    tenantButton: 'Effacer toutes les données…',
    tenantQuestion: 'Effacer tout ce qui concerne {{name}} ?',
    tenantOptOuts: 'Gardez d’abord les désinscriptions : ensuite, personne ici ne saura plus qui s’est désinscrit.',
    tenantDownload: 'Désinscriptions en fichier (CSV)',
    tenantName: 'Pour confirmer, saisissez le nom : {{name}}',
    tenantConfirm: 'Tout effacer',
    tenantDone: 'Toutes les données de {{name}} sont effacées.',
    tenantHooksLeft:
      'Webhooks qui n’ont pas pu être retirés de la plateforme : {{hooks, number}}. Supprimez-les là-bas.',
  },
} as const;

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
} as const;

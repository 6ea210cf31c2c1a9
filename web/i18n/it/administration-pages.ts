/** Testi di ciò che fanno gli amministratori: la fine di una connessione. */
export const administrationPages = {
  disconnect: {
    title: 'Scollega',
    text: 'Il webhook sulla piattaforma viene rimosso, le chiavi vengono dimenticate e non si trasferisce più nulla. Tutte le prove dei consensi restano, e così l’ultimo stato noto di entrambi i lati: se in seguito collega la stessa lista di contatti, il connettore riprende da lì.',
    button: 'Scollega…',
    question: 'Scollegare {{name}}?',
    warning: 'Da quel momento le disiscrizioni sulla piattaforma non arrivano più da sole in onOffice.',
    audience: 'Che cosa succede alla lista?',
    keep: 'Resta com’è',
    keepHint: 'Chi è iscritto resta iscritto e può ricevere newsletter dalla piattaforma.',
    takeOut: 'Togliere chi è stato inserito dal connettore',
    takeOutHint:
      '{{put, number}} di {{active, number}} membri attivi; chi è arrivato in altro modo resta. Si annulla collegando di nuovo. Chi si è disiscritto resta disiscritto.',
    takeOutNotNow: 'Al momento non è possibile: prima la connessione richiede la Sua attenzione.',
    confirm: 'Scollega ora',
    removed: 'La connessione è stata rimossa.',
    disconnected: 'La connessione è terminata.',
    leaving: 'I membri vengono tolti dalla lista; poi la connessione termina.',
    leavingTitle: 'Questa connessione sta terminando',
    leavingText:
      'Chi è stato inserito nella lista dal connettore viene tolto. Può chiudere questa finestra. Le disiscrizioni continuano ad arrivare in onOffice.',
    leavingProgress: '{{done, number}} di {{total, number}} tolti',
    endNow: 'Termina subito',
    endNowQuestion: 'Terminare senza togliere gli altri?',
    endNowText: 'Chi non è ancora stato tolto resta nella lista.',
    endedTitle: 'Questa connessione è terminata',
    endedText:
      'Non si trasferisce più nulla e le disiscrizioni sulla piattaforma non arrivano più in onOffice. Qui vede l’ultimo stato noto di entrambi i lati; le prove dei consensi restano consultabili.',
    again: 'Collega di nuovo',
    againHint: 'Scelga di nuovo la lista “{{name}}” e il connettore riprende da ciò che sa. Prima vedrà un’anteprima.',
  },
} as const;

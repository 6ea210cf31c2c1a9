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
  privacy: {
    title: 'Protezione dei dati',
    hint: 'Per le richieste di questa persona, in tutte le connessioni di questo cliente onOffice.',
    export: 'Esporta tutto ciò che è salvato',
    exportHint: 'Un file (JSON) con tutto ciò che è salvato sulla persona: per una richiesta di accesso.',
    erase: 'Cancella…',
    eraseHint:
      'Toglie la persona dalla lista e cancella tutto ciò che è salvato qui. Resta un’impronta cifrata, perché l’indirizzo non venga mai più iscritto.',
    question: 'Cancellare tutto su {{who}}?',
    effect:
      'Da ora la persona vale come disiscritta. Ciò che è salvato qui viene cancellato subito; del registro dei consensi restano solo impronte cifrate. Non si può annullare.',
    crmFirst:
      'Finché il contatto è in onOffice, viene riletto alla prossima sincronizzazione. Lo cancelli lì, se è richiesto anche questo.',
    atProvider: 'E su {{provider}}?',
    suppress: 'Lasciarla come disiscritta (consigliato)',
    suppressHint: 'La piattaforma conserva la sua scheda e non le invia nulla.',
    delete: 'Cancellare definitivamente',
    deleteCostMailchimp:
      'Il prezzo: né il connettore né un’importazione potranno mai riaggiungere l’indirizzo; solo la persona stessa può tornare, con un modulo Mailchimp. I suoi dati delle campagne diventano anonimi.',
    deleteCostBrevo:
      'Il prezzo: cronologia e blocco si perdono in tutto l’account Brevo, su tutte le liste. Il connettore non riaggiungerà l’indirizzo, ma in Brevo nulla impedisce ad altri di farlo.',
    confirm: 'Cancella ora',
    done: 'Cancellato',
    doneText: 'Di questa persona qui restano solo impronte cifrate.',
    outcome: '{{account}} ({{provider}}): {{outcome}}',
    outcomes: {
      unsubscribed: 'disiscritta',
      deleted: 'cancellata definitivamente',
      absent: 'niente da togliere',
      unreached: 'non raggiungibile; se ne occupi lì',
    },
    back: 'Ai contatti',
    tenantTitle: 'Cancella tutti i dati',
    tenantText:
      'Cancella tutto ciò che è salvato su questo cliente onOffice: tutte le connessioni, i contatti, i membri, i registri delle attività e l’intero registro dei consensi. Contatti e liste restano come sono.',
    tenantButton: 'Cancella tutti i dati…',
    tenantQuestion: 'Cancellare tutto su {{name}}?',
    tenantOptOuts: 'Conservi prima le disiscrizioni: dopo nessuno qui saprà più chi si è disiscritto.',
    tenantDownload: 'Disiscrizioni in un file (CSV)',
    tenantName: 'Per confermare, inserisca il nome: {{name}}',
    tenantConfirm: 'Cancella tutto',
    tenantDone: 'Tutti i dati di {{name}} sono stati cancellati.',
    tenantHooksLeft: 'Webhook che non è stato possibile rimuovere sulla piattaforma: {{hooks, number}}. Li elimini lì.',
  },
} as const;

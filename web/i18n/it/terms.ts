/** Parole per ciò che il nucleo nomina: motivi, operazioni, fasi, stati, campi. */
export const terms = {
  reasons: {
    not_readable: {
      label: 'Non più leggibile',
      sentence:
        'L’utente API del connettore non può più leggere questo contatto, oppure è stato eliminato in onOffice.',
      remedy: 'Dai all’utente API il permesso di lettura sul contatto in onOffice.',
    },
    archived_contact: {
      label: 'Contatto archiviato',
      sentence: 'Il contatto è archiviato in onOffice.',
      remedy: 'Riattiva il contatto se deve ricevere la newsletter.',
    },
    private: {
      label: 'Contatto privato',
      sentence: 'Il contatto è contrassegnato come privato in onOffice; i contatti privati non vengono mai trasferiti.',
      remedy: 'Togli il contrassegno “Privato” dal contatto se deve ricevere la newsletter.',
    },
    no_email: {
      label: 'Nessun indirizzo e-mail',
      sentence: 'Il contatto non ha un indirizzo e-mail principale.',
      remedy: 'Inserisci un indirizzo e-mail nel contatto in onOffice.',
    },
    invalid_email: {
      label: 'Indirizzo e-mail non valido',
      sentence: 'L’indirizzo principale non può essere corretto, oppure la piattaforma newsletter non lo accetta.',
      remedy: 'Correggi l’indirizzo del contatto in onOffice.',
    },
    duplicate_email: {
      label: 'Indirizzo doppio',
      sentence: 'Un altro contatto con Newsletter = Sì ha lo stesso indirizzo e vi riceve la newsletter.',
      remedy: 'Nulla da fare. Per rivolgerti a entrambi per nome, dai a ogni contatto un indirizzo proprio.',
    },
    conflicting_flags: {
      label: 'Campi Newsletter in contraddizione',
      sentence: 'I contatti con lo stesso indirizzo si contraddicono: uno ha Newsletter = Sì, un altro No.',
      remedy: 'Imposta lo stesso valore nel campo Newsletter di tutti i contatti con questo indirizzo.',
    },
    compliance: {
      label: 'Bloccato per motivi legali',
      sentence:
        'La piattaforma newsletter blocca l’indirizzo perché la persona si è disiscritta o ha segnalato un’e-mail come spam.',
      remedy: 'Solo la persona stessa può tornare, con il modulo di iscrizione della piattaforma.',
    },
    opted_out: {
      label: 'Disiscritto',
      sentence: 'La persona si è disiscritta dalla newsletter e non risulta un consenso più recente.',
      remedy: 'Solo un nuovo consenso la fa tornare, per esempio con il modulo di iscrizione.',
    },
    bounced: {
      label: 'Non recapitabile',
      sentence: 'Le e-mail a questo indirizzo sono tornate indietro in modo definitivo (rimbalzo definitivo).',
      remedy: 'Chiedi alla persona l’indirizzo attuale e inseriscilo in onOffice.',
    },
    permanently_deleted: {
      label: 'Eliminato definitivamente',
      sentence: 'L’indirizzo è stato eliminato definitivamente sulla piattaforma e noi non possiamo aggiungerlo.',
      remedy: 'Solo la persona stessa può tornare, con il modulo di iscrizione della piattaforma.',
    },
    awaiting_confirmation: {
      label: 'In attesa di conferma',
      sentence: 'La persona non ha ancora cliccato il link nell’e-mail di conferma.',
      remedy: 'Nulla da fare. Appena conferma, riceverà la newsletter.',
    },
    plan_limit: {
      label: 'Piano esaurito',
      sentence: 'Il tuo piano sulla piattaforma newsletter non ha posto per altri contatti.',
      remedy: 'Cambia piano, oppure elimina sulla piattaforma i contatti che non ti servono più.',
    },
    rejected_by_provider: {
      label: 'Rifiutato dalla piattaforma',
      sentence: 'La piattaforma newsletter ha rifiutato questo contatto; la sua risposta è riportata accanto.',
      remedy: 'Correggi nel contatto quello che la piattaforma indica. La prossima sincronizzazione riprova.',
    },
    held_by_brake: {
      label: 'Trattenuto dal freno di sicurezza',
      sentence: 'Sono arrivate insieme più modifiche del solito; attendono la tua approvazione.',
      remedy: 'Guarda l’anteprima e approva o scarta le modifiche.',
    },
    waiting: {
      label: 'In coda',
      sentence: 'Il contatto sta per essere trasferito, oppure la piattaforma lo sta ancora elaborando.',
      remedy: 'Nulla da fare; ricontrolla tra qualche minuto.',
    },
    removed_at_provider: {
      label: 'Rimosso sulla piattaforma',
      sentence: 'L’iscritto è stato archiviato o rimosso sulla piattaforma, quindi non lo reinseriamo.',
      remedy: 'Se la persona deve ricevere la newsletter, ripristina l’iscritto sulla piattaforma.',
    },
  },
  memberReasons: {
    member_of_private_contact: {
      label: 'Il contatto è privato',
      sentence: 'L’iscritto appartiene a un contatto contrassegnato come privato in onOffice.',
      remedy: 'Togli il contrassegno “Privato”, oppure togli l’iscritto dalla lista sulla piattaforma.',
    },
    member_of_archived_contact: {
      label: 'Il contatto è archiviato',
      sentence: 'L’iscritto appartiene a un contatto archiviato in onOffice.',
      remedy: 'Riattiva il contatto, oppure togli l’iscritto dalla lista sulla piattaforma.',
    },
    member_of_unreadable_contact: {
      label: 'Il contatto non è leggibile',
      sentence: 'L’iscritto appartiene a un contatto che l’utente API del connettore non può leggere.',
      remedy: 'Dai all’utente API il permesso di lettura sul contatto in onOffice.',
    },
    member_of_pending_contact: {
      label: 'Newsletter = in attesa di conferma',
      sentence: 'Il campo Newsletter del contatto indica che la conferma manca ancora.',
      remedy: 'Imposta il campo Newsletter su Sì quando c’è il consenso.',
    },
    member_of_undeliverable_contact: {
      label: 'Newsletter = non recapitabile',
      sentence: 'Il campo Newsletter del contatto indica che le e-mail non possono essere recapitate.',
      remedy: 'Imposta il campo Newsletter su Sì se l’indirizzo funziona di nuovo.',
    },
    second_address: {
      label: 'Secondo indirizzo',
      sentence: 'L’iscritto è un altro indirizzo di un contatto che riceve già la newsletter a un indirizzo diverso.',
      remedy: 'Nulla da fare, a meno che uno dei due non debba lasciare la lista.',
    },
    leaving: {
      label: 'In uscita',
      sentence: 'L’iscritto sta per essere tolto dalla lista.',
      remedy: 'Nulla da fare, a meno che nella panoramica una domanda in proposito non attenda la tua risposta.',
    },
    arriving: {
      label: 'In arrivo',
      sentence: 'La persona si è appena iscritta e sta per essere inserita in onOffice.',
      remedy: 'Nulla da fare; ricontrolla tra qualche minuto.',
    },
    resubscribed_elsewhere: {
      label: 'Iscritto di nuovo da un altro programma',
      sentence: 'La persona si era disiscritta e un altro programma l’ha iscritta di nuovo.',
      remedy: 'Verifica se c’è un nuovo consenso. Se non c’è, disiscrivilo sulla piattaforma.',
    },
    unknown_member: {
      label: 'Non in onOffice',
      sentence: 'onOffice non ha nessun contatto per questo iscritto.',
      remedy: 'Una sincronizzazione crea il contatto in onOffice.',
    },
  },
  operations: {
    'write-consent': {
      label: 'Campo Newsletter in onOffice',
      hint: 'onOffice riceve lo stato attuale del consenso',
    },
    'unsubscribe-member': {
      label: 'Disiscrivi sulla piattaforma',
      hint: 'onOffice dice No, la piattaforma invia ancora',
    },
    'move-member': {
      label: 'Passa a un nuovo indirizzo',
      hint: 'modificato in onOffice; consenso e tag lo seguono',
    },
    'remove-member': {
      label: 'Togli dalla lista',
      hint: 'archiviato, non eliminato; si può annullare',
    },
    'change-contact-address': {
      label: 'Nuovo indirizzo in onOffice',
      hint: 'modificato sulla piattaforma; il vecchio resta come indirizzo aggiuntivo',
    },
    'update-member': { label: 'Aggiorna i nomi sulla piattaforma', hint: 'fa fede onOffice' },
    'tag-contact': { label: 'Imposta tag in onOffice', hint: 'tag trovati sulla piattaforma' },
    'tag-member': { label: 'Imposta tag sulla piattaforma', hint: 'tag newsletter del contatto' },
    'create-contact': { label: 'Crea in onOffice', hint: 'iscritti che onOffice non conosce' },
    'raise-member': {
      label: 'Iscrivi di nuovo',
      hint: 'iscritti archiviati il cui contatto dice Sì e che non si sono mai disiscritti',
    },
    'add-member': { label: 'Aggiungi alla lista', hint: 'contatti con Newsletter = Sì' },
  },
  phases: {
    'reading-contacts': 'Lettura dei contatti da onOffice',
    'reading-members': 'Lettura degli iscritti dalla piattaforma',
    planning: 'Confronto delle due parti',
    'awaiting-approval': 'In attesa della tua approvazione',
    refreshing: 'Ultimo controllo delle modifiche',
    executing: 'Trasferimento delle modifiche',
    importing: 'In attesa dell’importazione della piattaforma',
    checking: 'Verifica del risultato',
    counting: 'Conteggio delle due parti',
  },
  runStates: {
    running: 'in corso',
    waiting: 'in attesa',
    'awaiting-approval': 'attende approvazione',
    succeeded: 'conclusa',
    failed: 'non riuscita',
    cancelled: 'annullata',
  },
  connectionStates: {
    draft: 'configurazione non conclusa',
    ready: 'pronta per la prima sincronizzazione',
    active: 'attiva',
    attention: 'richiede la tua attenzione',
    leaving: 'in chiusura',
    disconnected: 'terminata',
  },
  healthStates: { ok: 'funziona', waiting: 'in attesa', failing: 'non funziona', unknown: 'non verificato' },
  personFields: {
    salutation: 'Appellativo',
    letterSalutation: 'Formula di apertura',
    firstName: 'Nome',
    lastName: 'Cognome',
  },
  activities: {
    subscribed: { label: 'Iscrizione', hint: 'viene sempre annotata' },
    unsubscribed: { label: 'Disiscrizione', hint: 'viene sempre annotata' },
    delivered: { label: 'Newsletter recapitata', hint: 'come attività e-mail con il nome della campagna' },
    opened: { label: 'Newsletter aperta', hint: 'le aperture automatiche dei programmi di posta non contano' },
    clicked: { label: 'Clic su un link', hint: 'con il link' },
    'hard-bounce': { label: 'Non recapitabile (rimbalzo definitivo)', hint: 'l’indirizzo non funziona più' },
    'soft-bounce': {
      label: 'Per ora non recapitata (rimbalzo temporaneo)',
      hint: 'per esempio perché la casella è piena',
    },
    complaint: { label: 'Segnalata come spam', hint: 'la persona è così anche disiscritta' },
  },
  providers: { mailchimp: 'Mailchimp', brevo: 'Brevo' },
  plans: { monthly: 'Mensile', pay_as_you_go: 'Pay As You Go', forever_free: 'Free' },
  roles: { administrator: 'Amministratore', editor: 'Editor', reader: 'Lettore' },
} as const;

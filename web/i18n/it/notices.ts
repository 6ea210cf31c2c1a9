import { vendorErrors } from './vendor-errors.ts';

/** Frasi per ciò che comunicano il server e i sistemi esterni, per codice. */
export const notices = {
  errors: {
    ...vendorErrors,
    'session.wrong_credentials': 'Nome o password non corretti.',
    'session.required': 'Non hai effettuato l’accesso o la sessione è scaduta. Accedi di nuovo.',
    'session.forbidden': 'Il tuo account non può farlo. Rivolgiti a un amministratore.',
    'session.foreign_request':
      'Questa richiesta non proveniva da questa pagina ed è stata rifiutata. Ricarica la pagina e riprova.',
    'session.rate_limited': 'Troppi tentativi. Attendi un minuto e riprova.',
    'marketplace.signature_invalid':
      'onOffice non ha firmato questa chiamata, oppure è stata modificata lungo il percorso. Chiudi la finestra e riaprila da onOffice.',
    'marketplace.call_outdated':
      'Questa chiamata di onOffice è troppo vecchia. Chiudi la finestra e riaprila da onOffice.',
    'marketplace.call_used':
      'Questa chiamata di onOffice è già stata usata. Chiudi la finestra e riaprila da onOffice.',
    'marketplace.call_incomplete':
      'Nella chiamata di onOffice manca un dato: {{field}}. Segnalalo a chi gestisce questo servizio.',
    'marketplace.not_activated':
      'Il servizio non è attivato per questo cliente onOffice. Lo attiva un amministratore nel Marketplace di onOffice.',
    'marketplace.activation_superseded':
      'Nel frattempo è stata conclusa un’attivazione più recente. Qui non c’è più nulla da fare.',
    'marketplace.key_wrong': 'onOffice non accetta questa chiave API. Copiala di nuovo per intero dal campo qui sopra.',
    'connection.keys_from_activation':
      'Le chiavi di onOffice provengono dall’attivazione nel Marketplace e non si inseriscono qui.',
    'operator.link_invalid':
      'Questo link non è più valido. Funziona una sola volta; finché non esiste un account, il server ne mostra uno nuovo a ogni avvio.',
    'connection.not_found': 'Questa connessione non esiste più.',
    'connection.audience_in_use': 'Un’altra connessione usa già questa lista. Scegline un’altra.',
    'connection.same_account':
      'Queste chiavi appartengono a un account diverso da quello collegato. Inserisci chiavi dello stesso account o crea una nuova connessione.',
    'connection.provider_fixed':
      'Questa connessione è di {{provider}}. Per un’altra piattaforma newsletter crea una seconda connessione.',
    'connection.not_ready': 'La configurazione di questa connessione non è conclusa. Prima completala.',
    'connection.twin':
      'Un’altra copia di questa installazione, o un altro programma, potrebbe lavorare sulla lista. Prima prendila in carico.',
    'connection.not_stopped_as_twin':
      'Non risulta che altri lavorino sulla lista: non c’è nulla da prendere in carico.',
    'provider.not_available': 'Questa piattaforma newsletter non si può ancora collegare. Scegline un’altra.',
    'tenant.not_found': 'Questo cliente non esiste.',
    'backup.already_running': 'È già in corso la scrittura di un backup. Riprova quando è finita.',
    'person.not_found': 'Nessuna delle due parti conosce questa persona e non risulta nulla.',
    'campaign.not_found': 'Non è nota alcuna campagna con questo numero.',
    'contact.not_found': 'Questo contatto non esiste. Forse non è ancora stato letto.',
    'opt_in.person_missing': 'Indica chi ha dato il consenso.',
    'opt_in.evidence_missing': 'Indica come è stato dato il consenso: è ciò che ti permette di dimostrarlo.',
    'opt_in.in_future': 'Il consenso non può essere stato dato nel futuro.',
    'opt_in.before_opt_out':
      'La persona si è disiscritta al più tardi il {{optOutAt}}, dopo questo consenso. Conta solo un consenso più recente.',
    'opt_in.no_address': 'Il contatto non ha un indirizzo e-mail utilizzabile. Inseriscine prima uno in onOffice.',
    'connection.paused': 'La connessione è in pausa. Prima riprendila.',
    'going_back.restore': 'È stato ripristinato un backup.',
    'going_back.long_pause': 'Il connettore è rimasto fermo per più di un giorno.',
    'going_back.older_database': 'Un database precedente è stato messo al posto di quello in uso.',
    'going_back.taken_over': 'Questa copia dei dati ha preso in carico la lista.',
    'twin.other_installation': 'Il database appartiene a un’altra installazione.',
    'twin.copied': 'Il database si trova in un posto diverso da prima: è stato copiato o spostato.',
    'twin.foreign_hook': 'Di questa lista si occupa un’altra installazione o il connettore newsletter di onOffice.',
    'twin.unknown_mark': 'Un’altra copia di questa installazione lavora, o ha lavorato, sulla lista.',
    'connection.disconnected': 'Questa connessione è terminata. Per proseguire, collega di nuovo la lista.',
    'connection.leave_not_possible':
      'Al momento nessuno può essere tolto dalla lista: prima la connessione richiede la tua attenzione. Puoi scollegare e lasciare la lista com’è.',
    'settings.audience_was_connected':
      'Questa lista è già stata collegata e i suoi dati appartengono a quella connessione. Rimuovi questa, non conclusa, e scegli la lista nel primo passaggio di una nuova configurazione.',
    'erasure.raise_on_its_way':
      'Un’iscrizione di questa persona è in viaggio verso la piattaforma. Riprova tra qualche minuto.',
    'erasure.refused':
      'La piattaforma ha rifiutato di disiscrivere la persona, perciò non è stato cancellato nulla. Riprova, oppure disiscrivila tu lì.',
    'tenant.name_differs':
      'Il nome non corrisponde. Non è stato cancellato nulla; inseriscilo esattamente così: {{name}}.',
    'operator.not_found': 'Questo account non esiste più.',
    'operator.name_taken': 'Questo nome è già di qualcuno. Scegline un altro.',
    'operator.last_administrator': 'Almeno un account deve essere amministratore. Nominane prima un altro.',
    'operator.own_account': 'Non puoi rimuovere il tuo account. Chiedilo a un altro amministratore.',
    'operator.wrong_password': 'La password attuale è sbagliata.',
    'settings.out_of_range':
      'Questo numero non va bene ({{field}}): può andare da {{least, number}} a {{most, number}}.',
    'run.not_found': 'Questa sincronizzazione non esiste più.',
    'run.already_running': 'È già in corso una sincronizzazione.',
    'run.not_waiting': 'Questa sincronizzazione non attende più un’approvazione.',
    'run.preview_outdated': 'Da questa anteprima sono cambiate troppe cose. Richiedine una nuova.',
    'tag.not_asked': 'Per questo tag non si attende più nessuna risposta.',
    'tag.answer_impossible': 'Questa risposta non è adatta alla domanda. Scegli una di quelle proposte.',
    'settings.field_unknown': 'Il campo scelto non esiste più sulla piattaforma. Scegline un altro.',
    'settings.field_used_twice':
      'Due campi del contatto puntano allo stesso campo della piattaforma. Scegli campi diversi.',
    'settings.audience_unknown': 'La lista scelta non esiste più sulla piattaforma. Scegline un’altra.',
    'settings.audience_fixed':
      'La lista di una connessione non si può più cambiare. Per un’altra lista crea una nuova connessione.',
    'settings.activity_not_told': 'Questa piattaforma non comunica una delle attività scelte.',
    'settings.consent_not_permitted': 'Il tuo onOffice non ammette questo valore nel campo Newsletter. Scegli l’altro.',
    'input.too_large': 'È troppo in una volta sola per il server.',
    'input.invalid': 'Questo dato non si può usare: {{field}}.',
    internal: 'Qualcosa è andato storto da parte nostra. Non è stato modificato nulla: riprova.',
    not_found: 'A questo indirizzo non c’è nulla.',
    network: 'Il connettore non è raggiungibile. Controlla la connessione di rete e riprova.',
    foreign_hook:
      'Di questa lista si occupa già un’altra installazione o il connettore newsletter di onOffice. Prima disattivalo lì, così che due programmi non lavorino l’uno contro l’altro; oppure prendi in carico la lista.',
    'webhook.unreachable':
      'La piattaforma non riesce a raggiungere l’indirizzo di questo server. Le modifiche che avvengono lì saranno lette alla prossima sincronizzazione. Controlla l’indirizzo pubblico nella configurazione del server.',
    'webhook.local_address':
      'Questo server usa un indirizzo che conosce solo questo computer, quindi la piattaforma non può segnalare le modifiche. Saranno lette alla prossima sincronizzazione.',
    'webhook.missing':
      'Il nostro webhook non è più presente sulla piattaforma. Quello che vi succede sarà notato solo alla prossima lettura.',
    'webhook.wrong_url':
      'Il nostro webhook sulla piattaforma punta a un altro indirizzo ({{host}}). Se lì è in funzione una seconda copia di questa installazione, fermala; altrimenti fai riparare il webhook.',
    'webhook.events_missing': 'La piattaforma non segnala tutto quello che dovrebbe; mancano',
    'webhook.sources_missing':
      'Il webhook sulla piattaforma è disattivato per ciò che fanno le persone o gli amministratori, quindi le disiscrizioni non vengono segnalate.',
    'webhook.listens_to_programs':
      'Il webhook segnala anche ciò che fanno i programmi tramite l’API della piattaforma. Sembra così che l’abbiano fatto delle persone.',
    'webhook.doubled': 'Il webhook è presente {{count, number}} volte, quindi tutto viene segnalato più volte.',
    'webhook.foreign':
      'Anche un’altra installazione, o il connettore newsletter di onOffice, ha qui un webhook ({{host}}). Disattivalo lì, così che due programmi non lavorino l’uno contro l’altro.',
  },
  journal: {
    'journal.run_started': 'Sincronizzazione avviata',
    'journal.run_finished': 'Sincronizzazione conclusa',
    'journal.run_failed': 'Sincronizzazione non riuscita',
    'journal.run_cancelled': 'Sincronizzazione annullata',
    'journal.approved': 'Sincronizzazione approvata',
    'journal.connection_created': 'Connessione creata',
    'journal.disconnected': 'Connessione terminata',
    'journal.disconnected_hook_left':
      'Connessione terminata; non è stato possibile rimuovere il nostro webhook sulla piattaforma. Eliminalo lì.',
    'journal.leaving': 'La connessione sta terminando; iscritti da togliere dalla lista: {{count, number}}',
    'journal.left': 'Iscritti tolti dalla lista: {{count, number}}; rifiutati dalla piattaforma: {{refused, number}}',
    'journal.connected_again': 'Collegato di nuovo; ciò che era noto resta valido',
    'journal.person_erased': 'Dati di una persona cancellati su richiesta',
    'journal.settings_saved': 'Impostazioni salvate',
    'journal.webhook_created': 'Webhook creato sulla piattaforma',
    'journal.webhook_repaired': 'Webhook riparato sulla piattaforma',
    'journal.keys_renewed': 'Dati di accesso sostituiti',
    'journal.refused': 'Una modifica è stata rifiutata',
    'journal.opt_out_refused':
      'Disiscrizioni rifiutate dall’altra parte: {{count, number}}. La prossima sincronizzazione riprova.',
    'journal.changes_carried_out': 'Modifiche trasferite',
    'journal.recovered': 'Modifiche trovate interrogando la piattaforma, senza webhook: {{count, number}}',
    'journal.nightly_started': 'Confronto notturno delle due parti avviato',
    'journal.held_by_brake':
      'Più modifiche del solito in una volta: {{count, number}} sono state trattenute. Guarda che cosa attende la tua risposta.',
    'journal.tried_again': 'Nuovo tentativo, contatti: {{count, number}}',
    'journal.held_decided':
      'Risposta alle modifiche trattenute: {{count, number}} × “$t(operations.{{kind}}.label)”, $t(held.answered.{{decision}})',
    'journal.paused': 'Sincronizzazione in background in pausa; le disiscrizioni proseguono',
    'journal.unpaused': 'La sincronizzazione in background riprende',
    'journal.events_not_understood':
      'Webhook non compresi: {{count, number}}. Quello che comunicavano viene trovato interrogando la piattaforma.',
    'journal.events_failed':
      'Non è stato possibile applicare alcuni webhook. Restano salvati; nuovo tentativo tra cinque minuti.',
    'journal.activities_failed': 'Non è stato possibile aggiornare le attività. Si riprova tra cinque minuti.',
    'journal.activities_refused': 'onOffice non accetta attività. Restano in attesa e si riprova ogni ora.',
    'journal.poll_failed': 'Non è stato possibile leggere le modifiche. Nuovo tentativo tra cinque minuti.',
    'journal.resumed': 'La connessione riprende',
    'journal.tag_refused': 'onOffice ha rifiutato il tag newsletter “{{tag}}”. Crealo tu lì.',
    'journal.tag_renamed_at_provider': 'Tag “{{from}}” rinominato “{{to}}” sulla piattaforma, come in onOffice',
    'journal.tag_renamed_in_crm': 'Tag “{{from}}” rinominato “{{to}}” in onOffice, come sulla piattaforma',
    'journal.tag_rename_refused_by_crm':
      'onOffice non ha permesso di rinominare il tag “{{from}}” in “{{to}}”. Mantiene due nomi e resta un solo tag; rinominalo tu lì.',
    'journal.tag_rename_refused_by_provider':
      'La piattaforma non ha permesso di rinominare il tag “{{from}}” in “{{to}}”. Mantiene due nomi e resta un solo tag.',
    'journal.tag_name_taken':
      'Il tag “{{tag}}” non si è potuto rinominare “{{wanted}}”: un altro tag si chiama già così. Mantiene due nomi finché non ne rinomini uno.',
    'journal.tag_deleted_in_crm':
      'Il tag “{{tag}}” è stato eliminato in onOffice. Sulla piattaforma resta finché non decidi che cosa farne.',
    'journal.tag_deleted_at_provider':
      'Il tag “{{tag}}” è stato eliminato sulla piattaforma. In onOffice resta finché non decidi che cosa farne.',
    'journal.tag_to_be_deleted': 'Il tag “{{tag}}” sarà eliminato anche dall’altra parte',
    'journal.tag_to_be_created': 'Il tag “{{tag}}” sarà creato di nuovo',
    'journal.tag_kept': 'Il tag “{{tag}}” resta com’è',
    'journal.tag_answer_refused':
      'Quanto deciso per il tag “{{tag}}” non si è potuto eseguire: l’altra parte l’ha rifiutato. Decidi di nuovo.',
    'journal.went_back':
      'I dati salvati sono tornati a un momento precedente. Tutto viene riletto e nulla viene scritto prima che tu l’abbia approvato',
    'journal.taken_over': 'Questa installazione ha preso in carico la lista',
    'journal.twin': 'Ferma finché un amministratore non prende in carico la lista',
    'journal.bridge_broken': 'I numeri delle due parti non tornano. La prossima sincronizzazione conta di nuovo.',
    'journal.connection_attention': 'La connessione richiede la tua attenzione',
    'journal.consent_record_head':
      'Registro dei consensi verificato: {{records, number}} voci, tutte integre; termina con {{head}}',
    'journal.consent_record_broken':
      'Il registro dei consensi è stato manomesso: la voce {{number}} non corrisponde. Esegui “newsletter-connector consent verify”.',
  },
  journalCounts: {
    added: 'aggiunti: {{count, number}}',
    updated: 'aggiornati: {{count, number}}',
    optOuts: 'disiscrizioni: {{count, number}}',
    created: 'creati: {{count, number}}',
    takenOut: 'tolti: {{count, number}}',
    refused: 'rifiutati: {{count, number}}',
    heldBack: 'trattenuti: {{count, number}}',
  },
  webhookTopics: {
    subscribed: 'iscrizioni',
    unsubscribed: 'disiscrizioni',
    complained: 'segnalazioni di spam',
    bounced: 'indirizzi non funzionanti',
    removed: 'contatti eliminati',
    edited: 'modifiche ai contatti',
    'address-changed': 'nuovi indirizzi e-mail',
    campaign: 'campagne inviate',
    delivered: 'recapiti',
    opened: 'aperture',
    clicked: 'clic',
    'soft-bounce': 'errori di recapito temporanei',
  },
  vendorWords: 'Messaggio originale: “{{words}}”',
  noticeUnknown: 'Messaggio inatteso ({{code}}).',
} as const;

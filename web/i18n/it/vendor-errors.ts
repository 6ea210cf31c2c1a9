/** Frasi per i codici degli adattatori: che cosa è successo nel sistema esterno e che cosa fare. */
export const vendorErrors = {
  'onoffice.credentials_invalid':
    'onOffice non accetta questo token e questo secret. Copiali di nuovo entrambi dall’utente API in onOffice: forse sono stati sostituiti.',
  'onoffice.credentials_swapped': 'Token e secret sembrano invertiti. Scambia i due dati.',
  'onoffice.user_inactive': 'L’utente API non è attivo in onOffice. Attivalo o usa il token di un altro utente API.',
  'onoffice.claim_outdated':
    'L’autorizzazione con cui il connettore lavora in onOffice è scaduta. Un amministratore apre una volta il Newsletter Connector dal menu di onOffice e tutto riprende automaticamente.',
  'onoffice.no_read_right':
    'L’utente API non può leggere i contatti. Dagli in onOffice il permesso di lettura sui contatti.',
  'onoffice.no_write_right':
    'L’utente API non può modificare i contatti. Dagli in onOffice il permesso di scrittura sui contatti.',
  'onoffice.tag_creation_refused': 'onOffice non ci permette di creare tag newsletter. Crea tu il tag in onOffice.',
  'onoffice.tag_change_refused':
    'onOffice non ci permette di rinominare o eliminare tag newsletter. Fallo tu in onOffice.',
  'onoffice.call_not_allowed':
    'onOffice non permette questa chiamata all’utente API. Controlla i suoi permessi in onOffice.',
  'onoffice.clock_skew':
    'L’orologio di questo server è sbagliato e perciò onOffice rifiuta le sue chiamate. Regola l’ora del server.',
  'onoffice.ip_blocked':
    'onOffice non accetta chiamate dall’indirizzo IP di questo server. Autorizzalo per l’utente API in onOffice.',
  'onoffice.field_inactive':
    'Un campo di cui abbiamo bisogno è disattivato in onOffice. Attivalo nella gestione dei campi.',
  'onoffice.field_missing':
    'Un campo di cui abbiamo bisogno non esiste nel tuo onOffice. Attivalo o cambia l’abbinamento dei campi.',
  'onoffice.value_not_permitted': 'Il tuo onOffice non ammette il valore che andava scritto in questo campo.',
  'onoffice.activity_kind_unknown': 'Il tuo onOffice non ha il tipo di attività che andava annotato.',
  'onoffice.activation_expired':
    'L’attivazione ha richiesto troppo tempo. Avviala di nuovo dal Marketplace di onOffice.',
  'onoffice.rate_limited': 'In attesa di onOffice: al momento non accetta altre chiamate. Riprendiamo automaticamente.',
  'onoffice.unavailable': 'In attesa di onOffice: al momento non è raggiungibile. Riprendiamo automaticamente.',
  'onoffice.record_refused': 'onOffice ha rifiutato questo contatto.',
  'onoffice.email_refused': 'onOffice ha rifiutato questo indirizzo e-mail.',
  'onoffice.record_missing': 'Questo contatto non esiste più in onOffice.',
  'onoffice.sort_refused': 'onOffice rifiuta il modo in cui leggiamo i contatti. Segnalacelo, per favore.',
  'onoffice.too_many_actions': 'onOffice rifiuta le dimensioni della nostra richiesta. Segnalacelo, per favore.',
  'onoffice.request_invalid': 'onOffice non ha capito la nostra richiesta. Segnalacelo, per favore.',
  'onoffice.action_failed':
    'onOffice non ha potuto eseguire la nostra richiesta. Riprova; se succede ancora, segnalacelo.',
  'onoffice.unexpected_response': 'onOffice ha dato una risposta che non capiamo. Riprova più tardi.',
  'brevo.key_missing': 'Non è stata inviata nessuna chiave API di Brevo.',
  'brevo.key_invalid':
    'Brevo non accetta questa chiave API: può essere sbagliata, scaduta o disattivata. Creane una nuova in Impostazioni → SMTP e API → Chiavi API.',
  'brevo.ip_blocked':
    'Brevo blocca l’indirizzo IP di questo server. Autorizzalo in Brevo in Impostazioni → Sicurezza → IP autorizzati; la chiave in sé va bene.',
  'brevo.no_permission':
    'Questa chiave non ha il permesso di farlo. Dalle tutti i permessi per account, contatti, webhook e processi.',
  'brevo.account_under_validation': 'Brevo sta ancora verificando questo account. Riprova più tardi.',
  'brevo.audience_refused': 'Brevo ha rifiutato di creare la lista. Scegline una già esistente.',
  'brevo.audience_gone': 'La lista non esiste più in Brevo. Scegline un’altra nelle impostazioni.',
  'brevo.field_refused': 'Brevo ha rifiutato di creare un attributo di contatto. Crealo lì o abbinane un altro.',
  'brevo.webhook_limit': 'Brevo ammette 40 webhook. Eliminane uno che non serve.',
  'brevo.contact_exists': 'Brevo ha già un contatto con questo indirizzo.',
  'brevo.contact_busy': 'Brevo sta ancora salvando questo contatto; riproviamo noi.',
  'brevo.invalid_email': 'Brevo non accetta questo indirizzo e-mail. Correggilo nel contatto.',
  'brevo.plan_limit': 'Il limite del piano Brevo è raggiunto. Cambia piano o elimina dei contatti.',
  'brevo.rejected': 'Brevo ha rifiutato questi dati.',
  'brevo.not_found': 'Brevo non conosce (più) quello che è stato richiesto.',
  'brevo.method_not_allowed': 'Brevo non lo permette per questi dati.',
  'brevo.import_running':
    'Brevo sta elaborando l’importazione; possono volerci fino a 30 minuti. Si riprende automaticamente.',
  'brevo.rate_limited': 'Il limite di chiamate di Brevo è esaurito; riprendiamo appena lo consente.',
  'brevo.unavailable': 'Brevo al momento non è raggiungibile. Riproviamo automaticamente.',
  'brevo.unexpected_response': 'Brevo ha inviato una risposta che non capiamo. Riproviamo automaticamente.',
  'mailchimp.key_malformed':
    'Questa non è una chiave API di Mailchimp. Ha 32 caratteri, un trattino e il data center, per esempio “…-us21”.',
  'mailchimp.key_invalid':
    'Mailchimp non accetta questa chiave API. Forse è stata revocata: creane una nuova in Mailchimp e inseriscila.',
  'mailchimp.wrong_data_center':
    'La fine della chiave API indica il data center sbagliato. Copia di nuovo la chiave, compresa la parte finale (“-us…”).',
  'mailchimp.account_disabled': 'Mailchimp ha disattivato questo account. Rivolgiti a Mailchimp.',
  'mailchimp.forbidden':
    'L’utente di questa chiave API non può farlo in Mailchimp. Usa la chiave di un utente con ruolo Manager o superiore.',
  'mailchimp.no_room_for_audience':
    'Il tuo piano Mailchimp non prevede un’altra lista. Scegline una già esistente o cambia piano.',
  'mailchimp.audience_refused':
    'Mailchimp ha rifiutato di creare la lista. Controlla lì l’indirizzo e i dati di contatto dell’account.',
  'mailchimp.audience_gone': 'La lista non esiste più in Mailchimp. Scegline un’altra nella configurazione.',
  'mailchimp.field_refused':
    'Mailchimp ha rifiutato di creare un campo. Elimina lì i campi che non ti servono o abbinane un altro.',
  'mailchimp.tag_gone': 'Il tag non esiste più in Mailchimp.',
  'mailchimp.tag_refused': 'Mailchimp ha rifiutato questo tag. Forse il nome è troppo lungo o è già usato per altro.',
  'mailchimp.plan_limit':
    'Il tuo piano Mailchimp non ha posto per altri contatti. Cambia piano o elimina lì dei contatti.',
  'mailchimp.compliance':
    'Mailchimp blocca questo indirizzo perché la persona si è disiscritta o ha segnalato un’e-mail come spam. Solo lei può tornare.',
  'mailchimp.permanently_deleted':
    'L’indirizzo è stato eliminato definitivamente in Mailchimp. Solo la persona stessa può tornare.',
  'mailchimp.invalid_email': 'Mailchimp non accetta questo indirizzo e-mail. Correggilo in onOffice.',
  'mailchimp.signup_limit':
    'Negli ultimi tempi l’indirizzo è stato iscritto a moltissime liste; per ora Mailchimp non lo accetta.',
  'mailchimp.merge_fields_invalid':
    'Mailchimp non accetta il valore di un campo. Controlla i campi obbligatori della lista.',
  'mailchimp.member_exists': 'L’indirizzo è già iscritto alla lista.',
  'mailchimp.rejected': 'Mailchimp ha rifiutato questo contatto.',
  'mailchimp.not_found': 'Quello che è stato richiesto non esiste più in Mailchimp.',
  'mailchimp.method_not_allowed': 'Mailchimp non lo permette nello stato attuale dell’iscritto.',
  'mailchimp.https_required':
    'Mailchimp accetta solo connessioni cifrate. Controlla l’indirizzo nella configurazione del server.',
  'mailchimp.rate_limited':
    'In attesa di Mailchimp: al momento non accetta altre chiamate. Riprendiamo automaticamente.',
  'mailchimp.unavailable': 'In attesa di Mailchimp: al momento non è raggiungibile. Riprendiamo automaticamente.',
  'mailchimp.unexpected_response': 'Mailchimp ha dato una risposta che non capiamo. Riprova più tardi.',
} as const;

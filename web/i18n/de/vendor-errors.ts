/** Sätze zu den Codes der Adapter: was beim fremden System geschah, und was zu tun ist. */
export const vendorErrors = {
  'onoffice.credentials_invalid':
    'onOffice nimmt Token und Secret nicht an. Kopieren Sie beide neu vom API-Benutzer in onOffice; vielleicht wurden sie ersetzt.',
  'onoffice.credentials_swapped': 'Token und Secret sind offenbar vertauscht. Bitte tauschen Sie die beiden Einträge.',
  'onoffice.user_inactive':
    'Der API-Benutzer ist in onOffice inaktiv. Aktivieren Sie ihn, oder nehmen Sie den Token eines anderen API-Benutzers.',
  'onoffice.claim_outdated':
    'Die Freigabe, mit der der Connector in onOffice arbeitet, ist abgelaufen. Ein Administrator öffnet den Newsletter Connector einmal im Menü von onOffice; dann geht alles von selbst weiter.',
  'onoffice.no_read_right':
    'Der API-Benutzer darf keine Kontakte lesen. Geben Sie ihm in onOffice Leserechte für die Kontakte.',
  'onoffice.no_write_right':
    'Der API-Benutzer darf keine Kontakte ändern. Geben Sie ihm in onOffice Schreibrechte für die Kontakte.',
  'onoffice.tag_creation_refused':
    'onOffice erlaubt uns nicht, Newsletter-Tags anzulegen. Legen Sie das Tag in onOffice selbst an.',
  'onoffice.tag_change_refused':
    'onOffice erlaubt uns nicht, Newsletter-Tags umzubenennen oder zu löschen. Tun Sie es in onOffice selbst.',
  'onoffice.call_not_allowed':
    'onOffice erlaubt dem API-Benutzer diesen Aufruf nicht. Prüfen Sie seine Rechte in onOffice.',
  'onoffice.clock_skew':
    'Die Uhr dieses Servers geht falsch, deshalb lehnt onOffice seine Aufrufe ab. Stellen Sie die Uhrzeit des Servers.',
  'onoffice.ip_blocked':
    'onOffice nimmt keine Aufrufe von der IP-Adresse dieses Servers an. Erlauben Sie die Adresse beim API-Benutzer in onOffice.',
  'onoffice.field_inactive':
    'Ein benötigtes Feld ist in onOffice ausgeschaltet. Aktivieren Sie es in der Verwaltung der Felder.',
  'onoffice.field_missing':
    'Ein benötigtes Feld gibt es in Ihrem onOffice nicht. Aktivieren Sie es, oder ändern Sie die Feldzuordnung.',
  'onoffice.value_not_permitted': 'Ihr onOffice lässt den Wert nicht zu, der in dieses Feld geschrieben werden sollte.',
  'onoffice.activity_kind_unknown': 'Ihr onOffice hat die Aktivitätsart nicht, die festgehalten werden sollte.',
  'onoffice.activation_expired':
    'Die Aktivierung hat zu lange gedauert. Starten Sie sie im onOffice-Marketplace erneut.',
  'onoffice.rate_limited': 'Warten auf onOffice: Im Moment nimmt es keine Aufrufe mehr an. Es geht von selbst weiter.',
  'onoffice.unavailable': 'Warten auf onOffice: Es ist im Moment nicht erreichbar. Es geht von selbst weiter.',
  'onoffice.record_refused': 'onOffice hat diesen Kontakt abgelehnt.',
  'onoffice.email_refused': 'onOffice hat diese E-Mail-Adresse abgelehnt.',
  'onoffice.record_missing': 'Diesen Kontakt gibt es in onOffice nicht mehr.',
  'onoffice.sort_refused': 'onOffice lehnt die Art ab, wie wir Kontakte lesen. Bitte melden Sie das.',
  'onoffice.too_many_actions': 'onOffice lehnt die Größe unserer Anfrage ab. Bitte melden Sie das.',
  'onoffice.request_invalid': 'onOffice hat unsere Anfrage nicht verstanden. Bitte melden Sie das.',
  'onoffice.action_failed':
    'onOffice konnte unsere Anfrage nicht ausführen. Versuchen Sie es erneut; wenn es dabei bleibt, melden Sie es bitte.',
  'onoffice.unexpected_response':
    'onOffice hat eine Antwort gegeben, die wir nicht verstehen. Versuchen Sie es später erneut.',
  'brevo.key_missing': 'Es wurde kein Brevo-API-Schlüssel übermittelt.',
  'brevo.key_invalid':
    'Brevo akzeptiert diesen API-Schlüssel nicht; er ist falsch, abgelaufen oder abgeschaltet. Erzeugen Sie unter Einstellungen → SMTP & API → API-Schlüssel einen neuen.',
  'brevo.ip_blocked':
    'Brevo sperrt die IP-Adresse dieses Servers. Geben Sie sie in Brevo unter Einstellungen → Sicherheit → Autorisierte IPs frei; der Schlüssel selbst ist in Ordnung.',
  'brevo.no_permission':
    'Dieser Schlüssel darf das nicht. Geben Sie ihm alle Rechte für Konto, Kontakte, Webhooks und Prozesse.',
  'brevo.account_under_validation': 'Brevo prüft dieses Konto noch. Bitte versuchen Sie es später erneut.',
  'brevo.audience_refused': 'Brevo hat das Anlegen der Liste abgelehnt. Bitte wählen Sie eine vorhandene.',
  'brevo.audience_gone': 'Die Liste gibt es in Brevo nicht mehr. Bitte wählen Sie in den Einstellungen eine andere.',
  'brevo.field_refused':
    'Brevo hat das Anlegen eines Kontaktattributs abgelehnt. Bitte legen Sie es dort an oder ordnen Sie ein anderes zu.',
  'brevo.webhook_limit': 'Brevo erlaubt 40 Webhooks. Bitte löschen Sie einen, der nicht gebraucht wird.',
  'brevo.contact_exists': 'Brevo hat bereits einen Kontakt mit dieser Adresse.',
  'brevo.contact_busy': 'Brevo speichert diesen Kontakt noch; wir versuchen es erneut.',
  'brevo.invalid_email': 'Brevo nimmt diese E-Mail-Adresse nicht an. Bitte berichtigen Sie sie beim Kontakt.',
  'brevo.plan_limit': 'Das Limit des Brevo-Tarifs ist erreicht. Ändern Sie den Tarif oder entfernen Sie Kontakte.',
  'brevo.rejected': 'Brevo hat diesen Datensatz abgelehnt.',
  'brevo.not_found': 'Brevo kennt das Angefragte nicht (mehr).',
  'brevo.method_not_allowed': 'Brevo erlaubt das für diesen Datensatz nicht.',
  'brevo.import_running': 'Brevo arbeitet am Import; das kann bis zu 30 Minuten dauern. Es geht von selbst weiter.',
  'brevo.rate_limited': 'Das Aufruflimit von Brevo ist ausgeschöpft; wir machen weiter, sobald es wieder geht.',
  'brevo.unavailable': 'Brevo ist derzeit nicht erreichbar. Wir versuchen es von selbst erneut.',
  'brevo.unexpected_response': 'Brevo hat eine unverständliche Antwort gesendet. Wir versuchen es von selbst erneut.',
  'mailchimp.key_malformed':
    'Das ist kein API-Schlüssel von Mailchimp. Er hat 32 Zeichen, einen Bindestrich und das Rechenzentrum, zum Beispiel „…-us21“.',
  'mailchimp.key_invalid':
    'Mailchimp nimmt diesen API-Schlüssel nicht an. Vielleicht wurde er widerrufen; erzeugen Sie bei Mailchimp einen neuen und tragen Sie ihn ein.',
  'mailchimp.wrong_data_center':
    'Das Ende des API-Schlüssels nennt das falsche Rechenzentrum. Kopieren Sie den Schlüssel neu, einschließlich der Endung („-us…“).',
  'mailchimp.account_disabled': 'Mailchimp hat dieses Konto deaktiviert. Bitte wenden Sie sich an Mailchimp.',
  'mailchimp.forbidden':
    'Der Benutzer dieses API-Schlüssels darf das bei Mailchimp nicht. Nehmen Sie den Schlüssel eines Benutzers mit der Rolle Manager oder höher.',
  'mailchimp.no_room_for_audience':
    'Ihr Mailchimp-Tarif hat keinen Platz für eine weitere Mailing-Liste. Wählen Sie eine vorhandene, oder wechseln Sie den Tarif.',
  'mailchimp.audience_refused':
    'Mailchimp hat die Mailing-Liste nicht angelegt. Prüfen Sie dort Anschrift und Kontaktdaten des Kontos.',
  'mailchimp.audience_gone':
    'Die Mailing-Liste gibt es bei Mailchimp nicht mehr. Wählen Sie in der Einrichtung eine andere.',
  'mailchimp.field_refused':
    'Mailchimp hat ein Feld nicht angelegt. Löschen Sie dort nicht benötigte Felder, oder ordnen Sie ein anderes zu.',
  'mailchimp.tag_gone': 'Das Tag gibt es bei Mailchimp nicht mehr.',
  'mailchimp.tag_refused':
    'Mailchimp hat dieses Tag abgelehnt. Vielleicht ist sein Name zu lang oder anderweitig vergeben.',
  'mailchimp.plan_limit':
    'Ihr Mailchimp-Tarif hat keinen Platz für weitere Kontakte. Wechseln Sie den Tarif, oder entfernen Sie dort Kontakte.',
  'mailchimp.compliance':
    'Mailchimp sperrt diese Adresse, weil die Person sich abgemeldet oder eine Mail als Spam gemeldet hat. Nur die Person selbst kann zurückkehren.',
  'mailchimp.permanently_deleted':
    'Die Adresse wurde bei Mailchimp endgültig gelöscht. Nur die Person selbst kann zurückkehren.',
  'mailchimp.invalid_email': 'Mailchimp nimmt diese E-Mail-Adresse nicht an. Berichtigen Sie sie in onOffice.',
  'mailchimp.signup_limit':
    'Die Adresse wurde zuletzt in sehr viele Listen eingetragen; Mailchimp nimmt sie vorerst nicht an.',
  'mailchimp.merge_fields_invalid':
    'Mailchimp nimmt den Wert eines Feldes nicht an. Prüfen Sie die Pflichtfelder der Mailing-Liste.',
  'mailchimp.member_exists': 'Die Adresse ist schon Mitglied der Mailing-Liste.',
  'mailchimp.rejected': 'Mailchimp hat diesen Kontakt abgelehnt.',
  'mailchimp.not_found': 'Was gesucht wurde, gibt es bei Mailchimp nicht mehr.',
  'mailchimp.method_not_allowed': 'Mailchimp lässt das beim jetzigen Zustand des Mitglieds nicht zu.',
  'mailchimp.https_required':
    'Mailchimp nimmt nur verschlüsselte Verbindungen an. Prüfen Sie die Adresse in der Konfiguration des Servers.',
  'mailchimp.rate_limited':
    'Warten auf Mailchimp: Im Moment nimmt es keine Aufrufe mehr an. Es geht von selbst weiter.',
  'mailchimp.unavailable': 'Warten auf Mailchimp: Es ist im Moment nicht erreichbar. Es geht von selbst weiter.',
  'mailchimp.unexpected_response':
    'Mailchimp hat eine Antwort gegeben, die wir nicht verstehen. Versuchen Sie es später erneut.',
} as const;

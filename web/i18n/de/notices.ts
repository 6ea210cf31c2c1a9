import { vendorErrors } from './vendor-errors.ts';

/** Sätze zu dem, was der Server und die fremden Systeme melden, nach Code. */
export const notices = {
  errors: {
    ...vendorErrors,
    'session.wrong_credentials': 'Name oder Passwort ist falsch.',
    'session.required': 'Sie sind nicht angemeldet, oder Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.',
    'session.forbidden': 'Ihr Zugang darf das nicht. Wenden Sie sich an einen Administrator.',
    'session.foreign_request':
      'Diese Anfrage kam nicht von dieser Seite und wurde abgelehnt. Laden Sie die Seite neu und versuchen Sie es erneut.',
    'session.rate_limited': 'Zu viele Versuche. Bitte warten Sie eine Minute und versuchen Sie es erneut.',
    'marketplace.signature_invalid':
      'Diesen Aufruf hat onOffice nicht signiert, oder er wurde unterwegs verändert. Schließen Sie das Fenster, und öffnen Sie es erneut aus onOffice.',
    'marketplace.call_outdated':
      'Dieser Aufruf aus onOffice ist zu alt. Schließen Sie das Fenster, und öffnen Sie es erneut aus onOffice.',
    'marketplace.call_used':
      'Dieser Aufruf aus onOffice wurde schon verwendet. Schließen Sie das Fenster, und öffnen Sie es erneut aus onOffice.',
    'marketplace.call_incomplete':
      'In dem Aufruf aus onOffice fehlt eine Angabe: {{field}}. Melden Sie es dem Betreiber dieses Dienstes.',
    'marketplace.not_activated':
      'Der Dienst ist für diesen onOffice-Kunden nicht aktiviert. Ein Administrator aktiviert ihn im onOffice-Marketplace.',
    'marketplace.activation_superseded':
      'Inzwischen wurde eine neuere Aktivierung abgeschlossen. Hier ist nichts mehr zu tun.',
    'marketplace.key_wrong':
      'onOffice nimmt diesen API-Schlüssel nicht an. Kopieren Sie ihn noch einmal vollständig aus dem Feld darüber.',
    'connection.keys_from_activation':
      'Die Zugangsdaten von onOffice stammen aus der Aktivierung im Marketplace und werden hier nicht eingegeben.',
    'operator.link_invalid':
      'Dieser Link gilt nicht mehr. Er funktioniert nur einmal; solange es keinen Zugang gibt, gibt der Server beim Start einen neuen aus.',
    'connection.not_found': 'Diese Verbindung gibt es nicht mehr.',
    'connection.audience_in_use':
      'Eine andere Verbindung nutzt diese Mailing-Liste schon. Bitte wählen Sie eine andere.',
    'connection.same_account':
      'Diese Schlüssel gehören zu einem anderen Konto als dem verbundenen. Geben Sie Schlüssel desselben Kontos ein, oder legen Sie eine neue Verbindung an.',
    'connection.provider_fixed':
      'Diese Verbindung gehört zu {{provider}}. Legen Sie für einen anderen Newsletter-Anbieter eine zweite Verbindung an.',
    'connection.not_ready':
      'Diese Verbindung ist noch nicht fertig eingerichtet. Bitte schließen Sie die Einrichtung ab.',
    'connection.twin':
      'Womöglich arbeitet eine andere Kopie dieser Installation oder ein anderes Programm mit der Mailing-Liste. Übernehmen Sie sie zuerst.',
    'connection.not_stopped_as_twin':
      'Es ist nicht bekannt, dass sonst jemand mit der Mailing-Liste arbeitet: Es gibt nichts zu übernehmen.',
    'provider.not_available':
      'Dieser Newsletter-Anbieter kann noch nicht verbunden werden. Bitte wählen Sie einen anderen.',
    'tenant.not_found': 'Diesen Kunden gibt es nicht.',
    'backup.already_running': 'Es wird schon eine Sicherung geschrieben. Versuchen Sie es danach noch einmal.',
    'person.not_found': 'Keine der beiden Seiten kennt diese Person, und nichts ist aufgezeichnet.',
    'campaign.not_found': 'Eine Kampagne mit dieser Nummer ist nicht bekannt.',
    'contact.not_found': 'Diesen Kontakt gibt es nicht. Vielleicht wurde er noch nicht gelesen.',
    'opt_in.person_missing': 'Bitte geben Sie an, wer die Einwilligung gegeben hat.',
    'opt_in.evidence_missing':
      'Bitte geben Sie an, wie die Einwilligung gegeben wurde: Damit können Sie sie nachweisen.',
    'opt_in.in_future': 'Die Einwilligung kann nicht in der Zukunft gegeben worden sein.',
    'opt_in.before_opt_out':
      'Die Person hat sich spätestens am {{optOutAt}} abgemeldet, also nach dieser Einwilligung. Nur eine neuere zählt.',
    'opt_in.no_address':
      'Der Kontakt hat keine brauchbare E-Mail-Adresse. Bitte tragen Sie zuerst in onOffice eine ein.',
    'connection.paused': 'Die Verbindung ist angehalten. Setzen Sie sie erst fort.',
    'going_back.restore': 'Eine Sicherung wurde zurückgespielt.',
    'going_back.long_pause': 'Der Connector lief mehr als einen Tag nicht.',
    'going_back.older_database': 'Eine frühere Datenbank wurde an die Stelle der benutzten gesetzt.',
    'going_back.taken_over': 'Diese Kopie der Daten hat die Mailing-Liste übernommen.',
    'twin.other_installation': 'Die Datenbank gehört zu einer anderen Installation.',
    'twin.copied': 'Die Datenbank liegt anderswo als zuvor: Sie wurde kopiert oder verschoben.',
    'twin.foreign_hook':
      'Eine andere Installation oder der Newsletter-Connector von onOffice betreut diese Mailing-Liste.',
    'twin.unknown_mark': 'Eine andere Kopie dieser Installation arbeitet mit der Mailing-Liste oder hat es getan.',
    'connection.disconnected':
      'Diese Verbindung ist getrennt. Verbinden Sie die Mailing-Liste wieder, um weiterzumachen.',
    'connection.leave_not_possible':
      'Zurzeit kann niemand aus der Mailing-Liste genommen werden: Die Verbindung braucht erst Ihre Aufmerksamkeit. Sie können trennen und die Mailing-Liste lassen, wie sie ist.',
    'settings.audience_was_connected':
      'Diese Mailing-Liste war schon verbunden, und die Aufzeichnungen gehören zu jener Verbindung. Entfernen Sie diese unfertige, und wählen Sie die Mailing-Liste im ersten Schritt einer neuen Einrichtung.',
    'erasure.raise_on_its_way':
      'Eine Anmeldung dieser Person ist gerade zum Anbieter unterwegs. Bitte versuchen Sie es in ein paar Minuten erneut.',
    'erasure.refused':
      'Der Anbieter hat die Abmeldung der Person abgelehnt, daher wurde nichts gelöscht. Versuchen Sie es erneut, oder kümmern Sie sich dort darum.',
    'tenant.name_differs':
      'Der Name stimmt nicht überein. Es wurde nichts gelöscht; geben Sie ihn genau so ein: {{name}}.',
    'operator.not_found': 'Diesen Zugang gibt es nicht mehr.',
    'operator.name_taken': 'Diesen Namen hat schon jemand. Bitte wählen Sie einen anderen.',
    'operator.last_administrator': 'Mindestens ein Zugang muss Administrator sein. Ernennen Sie zuerst jemand anderen.',
    'operator.own_account': 'Den eigenen Zugang können Sie nicht entfernen. Bitten Sie einen anderen Administrator.',
    'operator.wrong_password': 'Das bisherige Passwort ist falsch.',
    'settings.out_of_range':
      'Diese Zahl passt nicht ({{field}}): Sie darf von {{least, number}} bis {{most, number}} gehen.',
    'run.not_found': 'Diese Synchronisation gibt es nicht mehr.',
    'run.already_running': 'Es läuft schon eine Synchronisation.',
    'run.not_waiting': 'Diese Synchronisation wartet nicht (mehr) auf eine Freigabe.',
    'run.preview_outdated': 'Seit dieser Vorschau hat sich zu viel geändert. Bitte lassen Sie sie neu erstellen.',
    'tag.not_asked': 'Zu diesem Tag wird keine Antwort mehr erwartet.',
    'tag.answer_impossible': 'Diese Antwort passt nicht zu der Frage. Bitte wählen Sie eine der angebotenen.',
    'settings.field_unknown': 'Das gewählte Feld gibt es beim Anbieter nicht mehr. Bitte wählen Sie ein anderes.',
    'settings.field_used_twice':
      'Zwei Felder des Kontakts zeigen auf dasselbe Feld beim Anbieter. Bitte wählen Sie verschiedene.',
    'settings.audience_unknown':
      'Die gewählte Mailing-Liste gibt es beim Anbieter nicht mehr. Bitte wählen Sie eine andere.',
    'settings.audience_fixed':
      'Die Mailing-Liste einer Verbindung lässt sich nicht mehr ändern. Legen Sie für eine andere Liste eine neue Verbindung an.',
    'settings.activity_not_told': 'Eine der gewählten Aktivitäten meldet dieser Anbieter nicht.',
    'settings.consent_not_permitted':
      'Ihr onOffice lässt diesen Wert für den Newsletter-Status nicht zu. Bitte wählen Sie den anderen.',
    'input.too_large': 'Das ist zu viel auf einmal für den Server.',
    'input.invalid': 'Diese Eingabe kann nicht verwendet werden: {{field}}.',
    internal: 'Bei uns ist etwas schiefgegangen. Es wurde nichts geändert; bitte versuchen Sie es erneut.',
    not_found: 'Unter dieser Adresse gibt es nichts.',
    network: 'Der Connector ist nicht erreichbar. Prüfen Sie Ihre Netzwerkverbindung und versuchen Sie es erneut.',
    foreign_hook:
      'Eine andere Installation oder der onOffice-eigene Newsletter-Connector betreut diese Mailing-Liste schon. Schalten Sie ihn dort zuerst aus, damit nicht zwei Programme gegeneinander arbeiten; oder übernehmen Sie die Mailing-Liste.',
    'webhook.unreachable':
      'Der Anbieter erreicht die Adresse dieses Servers nicht. Änderungen dort werden bei der nächsten Synchronisation gelesen. Prüfen Sie die öffentliche Adresse in der Konfiguration des Servers.',
    'webhook.local_address':
      'Dieser Server läuft unter einer Adresse, die nur dieser Rechner kennt; der Anbieter kann deshalb keine Änderungen melden. Sie werden bei der nächsten Synchronisation gelesen.',
    'webhook.missing':
      'Unser Webhook ist beim Anbieter nicht mehr vorhanden. Was dort geschieht, wird erst beim nächsten Lesen bemerkt.',
    'webhook.wrong_url':
      'Unser Webhook beim Anbieter zeigt auf eine andere Adresse ({{host}}). Läuft dort eine zweite Kopie dieser Installation, halten Sie sie an; sonst lassen Sie den Webhook reparieren.',
    'webhook.events_missing': 'Der Anbieter meldet nicht alles, was er melden soll; es fehlen',
    'webhook.sources_missing':
      'Der Webhook ist beim Anbieter für das ausgeschaltet, was Personen oder Administratoren tun; Abmeldungen werden nicht gemeldet.',
    'webhook.listens_to_programs':
      'Der Webhook meldet auch, was Programme über die API des Anbieters tun. Das sieht aus, als hätten es Personen getan.',
    'webhook.doubled': 'Der Webhook ist {{count, number}}-mal vorhanden; alles wird mehrfach gemeldet.',
    'webhook.foreign':
      'Eine andere Installation oder der onOffice-eigene Newsletter-Connector hat hier ebenfalls einen Webhook ({{host}}). Schalten Sie ihn dort aus, damit nicht zwei Programme gegeneinander arbeiten.',
  },
  journal: {
    'journal.run_started': 'Synchronisation gestartet',
    'journal.run_finished': 'Synchronisation abgeschlossen',
    'journal.run_failed': 'Synchronisation fehlgeschlagen',
    'journal.run_cancelled': 'Synchronisation abgebrochen',
    'journal.approved': 'Synchronisation freigegeben',
    'journal.connection_created': 'Verbindung angelegt',
    'journal.disconnected': 'Verbindung getrennt',
    'journal.disconnected_hook_left':
      'Verbindung getrennt; unser Webhook ließ sich beim Anbieter nicht entfernen. Bitte löschen Sie ihn dort.',
    'journal.leaving':
      'Die Verbindung wird getrennt; Mitglieder, die aus der Mailing-Liste genommen werden: {{count, number}}',
    'journal.left':
      'Aus der Mailing-Liste genommene Mitglieder: {{count, number}}; vom Anbieter abgelehnt: {{refused, number}}',
    'journal.connected_again': 'Wieder verbunden; was bekannt war, gilt weiter',
    'journal.person_erased': 'Daten einer Person auf Wunsch gelöscht',
    'journal.settings_saved': 'Einstellungen gespeichert',
    'journal.webhook_created': 'Webhook beim Anbieter angelegt',
    'journal.webhook_repaired': 'Webhook beim Anbieter repariert',
    'journal.keys_renewed': 'Zugangsdaten ersetzt',
    'journal.refused': 'Eine Änderung wurde abgelehnt',
    'journal.opt_out_refused':
      'Abmeldungen, die die andere Seite abgelehnt hat: {{count, number}}. Die nächste Synchronisation versucht sie erneut.',
    'journal.changes_carried_out': 'Änderungen übertragen',
    'journal.recovered': 'Ohne Webhook, durch Nachfragen beim Anbieter gefundene Änderungen: {{count, number}}',
    'journal.nightly_started': 'Nächtlicher Abgleich beider Seiten gestartet',
    'journal.held_by_brake':
      'Ungewöhnlich viele Änderungen auf einmal: {{count, number}} wurden angehalten. Sehen Sie nach, was auf Ihre Antwort wartet.',
    'journal.tried_again': 'Noch einmal versucht, Kontakte: {{count, number}}',
    'journal.held_decided':
      'Angehaltene Änderungen beantwortet: {{count, number}} × „$t(operations.{{kind}}.label)“, $t(held.answered.{{decision}})',
    'journal.paused': 'Synchronisation im Hintergrund angehalten; Abmeldungen laufen weiter',
    'journal.unpaused': 'Synchronisation im Hintergrund läuft weiter',
    'journal.events_not_understood':
      'Nicht verstandene Webhooks: {{count, number}}. Was sie meldeten, wird durch Nachfragen gefunden.',
    'journal.events_failed':
      'Webhooks konnten nicht angewendet werden. Sie bleiben gespeichert; in fünf Minuten folgt ein neuer Versuch.',
    'journal.activities_failed':
      'Die Aktivitäten konnten nicht aktualisiert werden. In fünf Minuten folgt ein neuer Versuch.',
    'journal.activities_refused':
      'onOffice nimmt keine Aktivitäten an. Sie warten, und jede Stunde folgt ein neuer Versuch.',
    'journal.poll_failed': 'Änderungen konnten nicht gelesen werden. In fünf Minuten folgt ein neuer Versuch.',
    'journal.resumed': 'Die Verbindung läuft weiter',
    'journal.tag_refused': 'onOffice hat das Newsletter-Tag „{{tag}}“ abgelehnt. Legen Sie es dort selbst an.',
    'journal.tag_renamed_at_provider': 'Tag „{{from}}“ beim Anbieter in „{{to}}“ umbenannt, wie in onOffice',
    'journal.tag_renamed_in_crm': 'Tag „{{from}}“ in onOffice in „{{to}}“ umbenannt, wie beim Anbieter',
    'journal.tag_rename_refused_by_crm':
      'onOffice hat nicht erlaubt, das Tag „{{from}}“ in „{{to}}“ umzubenennen. Es behält zwei Namen und bleibt ein Tag; benennen Sie es dort selbst um.',
    'journal.tag_rename_refused_by_provider':
      'Der Anbieter hat abgelehnt, das Tag „{{from}}“ in „{{to}}“ umzubenennen. Es behält zwei Namen und bleibt ein Tag.',
    'journal.tag_name_taken':
      'Das Tag „{{tag}}“ konnte nicht in „{{wanted}}“ umbenannt werden: Ein anderes Tag heißt schon so. Es behält zwei Namen, bis Sie eines davon umbenennen.',
    'journal.tag_deleted_in_crm':
      'Das Tag „{{tag}}“ wurde in onOffice gelöscht. Beim Anbieter bleibt es, bis Sie entschieden haben, was daraus wird.',
    'journal.tag_deleted_at_provider':
      'Das Tag „{{tag}}“ wurde beim Anbieter gelöscht. In onOffice bleibt es, bis Sie entschieden haben, was daraus wird.',
    'journal.tag_to_be_deleted': 'Tag „{{tag}}“ soll auch auf der anderen Seite gelöscht werden',
    'journal.tag_to_be_created': 'Tag „{{tag}}“ soll wieder angelegt werden',
    'journal.tag_kept': 'Tag „{{tag}}“ bleibt, wie es ist',
    'journal.tag_answer_refused':
      'Was zum Tag „{{tag}}“ entschieden wurde, ließ sich nicht ausführen: Die andere Seite hat es abgelehnt. Bitte entscheiden Sie erneut.',
    'journal.went_back':
      'Die gespeicherten Daten sind auf einem früheren Stand. Alles wird neu gelesen, und nichts wird geschrieben, bevor Sie es freigegeben haben',
    'journal.taken_over': 'Diese Installation hat die Mailing-Liste übernommen',
    'journal.twin': 'Angehalten, bis ein Administrator die Mailing-Liste übernimmt',
    'journal.bridge_broken': 'Die Zahlen beider Seiten gehen nicht auf. Die nächste Synchronisation zählt neu.',
    'journal.connection_attention': 'Die Verbindung braucht Ihre Aufmerksamkeit',
    'journal.consent_record_head':
      'Einwilligungsnachweis geprüft: {{records, number}} Einträge, lückenlos; er endet mit {{head}}',
    'journal.consent_record_broken':
      'Der Einwilligungsnachweis wurde verändert: Eintrag {{number}} passt nicht. Führen Sie „newsletter-connector consent verify“ aus.',
  },
  journalCounts: {
    added: 'aufgenommen: {{count, number}}',
    updated: 'aktualisiert: {{count, number}}',
    optOuts: 'Abmeldungen: {{count, number}}',
    created: 'angelegt: {{count, number}}',
    takenOut: 'herausgenommen: {{count, number}}',
    refused: 'abgelehnt: {{count, number}}',
    heldBack: 'zurückgehalten: {{count, number}}',
  },
  webhookTopics: {
    subscribed: 'Anmeldungen',
    unsubscribed: 'Abmeldungen',
    complained: 'Spam-Beschwerden',
    bounced: 'unzustellbare Adressen',
    removed: 'gelöschte Kontakte',
    edited: 'Änderungen an Kontakten',
    'address-changed': 'neue E-Mail-Adressen',
    campaign: 'versendete Kampagnen',
    delivered: 'Zustellungen',
    opened: 'Öffnungen',
    clicked: 'Klicks',
    'soft-bounce': 'vorübergehende Zustellfehler',
  },
  vendorWords: 'Meldung im Wortlaut: „{{words}}“',
  noticeUnknown: 'Unerwartete Meldung ({{code}}).',
} as const;

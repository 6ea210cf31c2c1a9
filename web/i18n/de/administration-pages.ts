/** Texte für das, was Administratoren tun: das Ende einer Verbindung. */
export const administrationPages = {
  disconnect: {
    title: 'Verbindung trennen',
    text: 'Der Webhook beim Anbieter wird entfernt, die Schlüssel werden vergessen, und es wird nichts mehr übertragen. Alle Nachweise über Einwilligungen bleiben, ebenso der letzte bekannte Stand beider Seiten: Verbinden Sie dieselbe Mailing-Liste später wieder, macht der Connector damit weiter.',
    button: 'Verbindung trennen …',
    question: '{{name}} trennen?',
    warning: 'Abmeldungen beim Anbieter erreichen onOffice danach nicht mehr von selbst.',
    audience: 'Was geschieht mit der Mailing-Liste?',
    keep: 'Sie bleibt, wie sie ist',
    keepHint: 'Alle Angemeldeten bleiben angemeldet und können vom Anbieter aus Newsletter bekommen.',
    takeOut: 'Herausnehmen, wen der Connector hineingebracht hat',
    takeOutHint:
      '{{put, number}} von {{active, number}} aktiven Mitgliedern; wer anders hineinkam, bleibt. Eine neue Verbindung macht es rückgängig. Wer sich abgemeldet hat, bleibt abgemeldet.',
    takeOutNotNow: 'Zurzeit nicht möglich: Die Verbindung braucht erst Ihre Aufmerksamkeit.',
    confirm: 'Jetzt trennen',
    removed: 'Die Verbindung ist entfernt.',
    disconnected: 'Die Verbindung ist getrennt.',
    leaving: 'Die Mitglieder werden herausgenommen; danach endet die Verbindung.',
    leavingTitle: 'Diese Verbindung wird getrennt',
    leavingText:
      'Wen der Connector in die Mailing-Liste gebracht hat, wird herausgenommen. Sie können dieses Fenster schließen. Abmeldungen erreichen onOffice weiterhin.',
    leavingProgress: '{{done, number}} von {{total, number}} herausgenommen',
    endNow: 'Sofort beenden',
    endNowQuestion: 'Beenden, ohne die übrigen herauszunehmen?',
    endNowText: 'Wer noch nicht herausgenommen ist, bleibt in der Mailing-Liste.',
    endedTitle: 'Diese Verbindung ist getrennt',
    endedText:
      'Es wird nichts mehr übertragen, und Abmeldungen beim Anbieter erreichen onOffice nicht mehr. Sie sehen hier, wie beide Seiten zuletzt bekannt waren; Nachweise über Einwilligungen sind weiter einsehbar.',
    again: 'Wieder verbinden',
    againHint:
      'Wählen Sie wieder die Mailing-Liste „{{name}}“, dann macht der Connector mit dem weiter, was er weiß. Zuerst sehen Sie eine Vorschau.',
  },
  privacy: {
    title: 'Datenschutz',
    hint: 'Für Anfragen dieser Person, in allen Verbindungen dieses onOffice-Kunden.',
    export: 'Alle gespeicherten Daten ausgeben',
    exportHint: 'Eine Datei (JSON) mit allem, was über die Person gespeichert ist: für ein Auskunftsersuchen.',
    erase: 'Löschen …',
    eraseHint:
      'Nimmt die Person aus der Mailing-Liste und löscht alles, was hier gespeichert ist. Ein Prüfwert bleibt, damit die Adresse nie wieder angemeldet wird.',
    question: 'Alles über {{who}} löschen?',
    effect:
      'Die Person gilt ab jetzt als abgemeldet. Was hier gespeichert ist, wird sofort gelöscht; vom Einwilligungsnachweis bleiben nur Prüfwerte. Das lässt sich nicht rückgängig machen.',
    crmFirst:
      'Solange der Kontakt in onOffice steht, wird er mit der nächsten Synchronisation wieder gelesen. Löschen Sie ihn dort, wenn auch das verlangt ist.',
    atProvider: 'Und bei {{provider}}?',
    suppress: 'Als abgemeldet stehen lassen (empfohlen)',
    suppressHint: 'Der Anbieter behält seinen Eintrag und schickt nichts mehr dorthin.',
    delete: 'Endgültig löschen',
    deleteCostMailchimp:
      'Der Preis: Die Adresse kann weder vom Connector noch durch einen Import je wieder aufgenommen werden; nur die Person selbst kommt über ein Mailchimp-Formular zurück. Ihre Kampagnendaten werden anonym.',
    deleteCostBrevo:
      'Der Preis: Verlauf und Sperre gehen im ganzen Brevo-Konto verloren, auf allen Listen. Der Connector nimmt die Adresse nicht wieder auf, doch bei Brevo hindert nichts mehr andere daran.',
    confirm: 'Jetzt löschen',
    done: 'Gelöscht',
    doneText: 'Von dieser Person sind hier nur noch Prüfwerte übrig.',
    outcome: '{{account}} ({{provider}}): {{outcome}}',
    outcomes: {
      unsubscribed: 'abgemeldet',
      deleted: 'endgültig gelöscht',
      absent: 'nichts herauszunehmen',
      unreached: 'nicht erreichbar; bitte kümmern Sie sich dort darum',
    },
    back: 'Zu den Kontakten',
    tenantTitle: 'Alle Daten löschen',
    tenantText:
      'Löscht alles, was über diesen onOffice-Kunden gespeichert ist: alle Verbindungen, Kontakte, Mitglieder, Protokolle und den ganzen Einwilligungsnachweis. Kontakte und Mailing-Listen selbst bleiben, wie sie sind.',
    tenantButton: 'Alle Daten löschen …',
    tenantQuestion: 'Alles über {{name}} löschen?',
    tenantOptOuts: 'Sichern Sie zuerst die Abmeldungen: Danach weiß hier niemand mehr, wer sich abgemeldet hat.',
    tenantDownload: 'Abmeldungen als Datei (CSV)',
    tenantName: 'Geben Sie zur Bestätigung den Namen ein: {{name}}',
    tenantConfirm: 'Alles löschen',
    tenantDone: 'Alle Daten von {{name}} sind gelöscht.',
    tenantHooksLeft:
      'Webhooks, die sich beim Anbieter nicht entfernen ließen: {{hooks, number}}. Bitte löschen Sie sie dort.',
  },
} as const;

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
} as const;

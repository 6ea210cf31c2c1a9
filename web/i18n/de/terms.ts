/** Wörter für alles, was der Kern benennt. */
export const terms = {
  reasons: {
    not_readable: {
      label: 'Nicht mehr lesbar',
      sentence:
        'Der API-Benutzer des Connectors kann diesen Kontakt nicht mehr lesen, oder er wurde in onOffice gelöscht.',
      remedy: 'Geben Sie dem API-Benutzer in onOffice Leserechte für den Kontakt.',
    },
    archived_contact: {
      label: 'Archivierter Kontakt',
      sentence: 'Der Kontakt ist in onOffice archiviert.',
      remedy: 'Setzen Sie den Kontakt wieder auf aktiv, wenn er den Newsletter bekommen soll.',
    },
    private: {
      label: 'Privater Kontakt',
      sentence: 'Der Kontakt ist in onOffice als privat markiert; private Kontakte werden nie übertragen.',
      remedy: 'Entfernen Sie die Markierung „Privat“, wenn der Kontakt den Newsletter bekommen soll.',
    },
    no_email: {
      label: 'Keine E-Mail-Adresse',
      sentence: 'Der Kontakt hat keine Haupt-E-Mail-Adresse.',
      remedy: 'Tragen Sie in onOffice eine E-Mail-Adresse beim Kontakt ein.',
    },
    invalid_email: {
      label: 'Ungültige E-Mail-Adresse',
      sentence: 'Die Haupt-E-Mail-Adresse kann nicht stimmen, oder der Newsletter-Anbieter nimmt sie nicht an.',
      remedy: 'Berichtigen Sie die Adresse beim Kontakt in onOffice.',
    },
    duplicate_email: {
      label: 'Adresse doppelt vergeben',
      sentence: 'Ein anderer Kontakt mit Newsletter = Ja hat dieselbe Adresse und bekommt den Newsletter darüber.',
      remedy: 'Nichts zu tun. Sollen beide persönlich angesprochen werden, braucht jeder eine eigene Adresse.',
    },
    conflicting_flags: {
      label: 'Widersprüchlicher Newsletter-Status',
      sentence:
        'Kontakte mit derselben Adresse widersprechen sich: bei einem steht Newsletter = Ja, bei einem anderen Nein.',
      remedy: 'Setzen Sie den Newsletter-Status aller Kontakte mit dieser Adresse auf denselben Wert.',
    },
    compliance: {
      label: 'Rechtlich gesperrt',
      sentence:
        'Der Newsletter-Anbieter sperrt die Adresse, weil die Person sich abgemeldet oder eine Mail als Spam gemeldet hat.',
      remedy: 'Nur die Person selbst kann zurückkehren, über das Anmeldeformular des Anbieters.',
    },
    opted_out: {
      label: 'Abgemeldet',
      sentence: 'Die Person hat sich vom Newsletter abgemeldet; eine neuere Einwilligung liegt nicht vor.',
      remedy: 'Nur eine neue Einwilligung bringt die Person zurück, zum Beispiel über das Anmeldeformular.',
    },
    bounced: {
      label: 'Unzustellbar',
      sentence: 'Mails an diese Adresse kamen dauerhaft zurück (Hard Bounce).',
      remedy: 'Erfragen Sie die aktuelle Adresse der Person und tragen Sie sie in onOffice ein.',
    },
    permanently_deleted: {
      label: 'Endgültig gelöscht',
      sentence:
        'Die Adresse wurde beim Newsletter-Anbieter endgültig gelöscht und kann von uns nicht hinzugefügt werden.',
      remedy: 'Nur die Person selbst kann zurückkehren, über das Anmeldeformular des Anbieters.',
    },
    awaiting_confirmation: {
      label: 'Bestätigung steht aus',
      sentence: 'Die Person hat den Link in der Bestätigungsmail noch nicht angeklickt.',
      remedy: 'Nichts zu tun. Sobald die Person bestätigt, bekommt sie den Newsletter.',
    },
    plan_limit: {
      label: 'Tarif ausgeschöpft',
      sentence: 'Ihr Tarif beim Newsletter-Anbieter hat keinen Platz für weitere Kontakte.',
      remedy: 'Wechseln Sie den Tarif, oder entfernen Sie beim Anbieter Kontakte, die Sie nicht mehr brauchen.',
    },
    rejected_by_provider: {
      label: 'Vom Anbieter abgelehnt',
      sentence: 'Der Newsletter-Anbieter hat diesen Kontakt abgelehnt; seine Begründung steht daneben.',
      remedy: 'Berichtigen Sie beim Kontakt, was der Anbieter nennt. Die nächste Synchronisation versucht es erneut.',
    },
    held_by_brake: {
      label: 'Von der Sicherheitsbremse angehalten',
      sentence: 'Ungewöhnlich viele Änderungen kamen auf einmal; sie warten auf Ihre Freigabe.',
      remedy: 'Sehen Sie sich die Vorschau an und geben Sie die Änderungen frei, oder verwerfen Sie sie.',
    },
    waiting: {
      label: 'In der Warteschlange',
      sentence: 'Der Kontakt wird gleich übertragen, oder der Anbieter verarbeitet ihn noch.',
      remedy: 'Nichts zu tun; sehen Sie in einigen Minuten wieder nach.',
    },
    removed_at_provider: {
      label: 'Beim Anbieter entfernt',
      sentence:
        'Das Mitglied wurde beim Newsletter-Anbieter archiviert oder entfernt; wir fügen es nicht von selbst wieder ein.',
      remedy: 'Soll die Person den Newsletter bekommen, stellen Sie das Mitglied beim Anbieter wieder her.',
    },
  },
  memberReasons: {
    member_of_private_contact: {
      label: 'Kontakt ist privat',
      sentence: 'Das Mitglied gehört zu einem Kontakt, der in onOffice als privat markiert ist.',
      remedy: 'Entfernen Sie die Markierung „Privat“, oder nehmen Sie das Mitglied beim Anbieter heraus.',
    },
    member_of_archived_contact: {
      label: 'Kontakt ist archiviert',
      sentence: 'Das Mitglied gehört zu einem Kontakt, der in onOffice archiviert ist.',
      remedy: 'Setzen Sie den Kontakt wieder auf aktiv, oder nehmen Sie das Mitglied beim Anbieter heraus.',
    },
    member_of_unreadable_contact: {
      label: 'Kontakt nicht lesbar',
      sentence: 'Das Mitglied gehört zu einem Kontakt, den der API-Benutzer des Connectors nicht lesen kann.',
      remedy: 'Geben Sie dem API-Benutzer in onOffice Leserechte für den Kontakt.',
    },
    member_of_pending_contact: {
      label: 'Newsletter = Bestätigung ausstehend',
      sentence: 'Beim Kontakt steht, dass die Bestätigung für den Newsletter noch aussteht.',
      remedy: 'Setzen Sie den Newsletter-Status auf Ja, sobald die Einwilligung vorliegt.',
    },
    member_of_undeliverable_contact: {
      label: 'Newsletter = unzustellbar',
      sentence: 'Beim Kontakt steht, dass Mails nicht zugestellt werden können.',
      remedy: 'Setzen Sie den Newsletter-Status auf Ja, wenn die Adresse wieder funktioniert.',
    },
    second_address: {
      label: 'Zweite Adresse',
      sentence:
        'Das Mitglied ist eine weitere Adresse eines Kontakts, der den Newsletter schon unter einer anderen Adresse bekommt.',
      remedy: 'Nichts zu tun, außer eine der beiden soll die Mailing-Liste verlassen.',
    },
    leaving: {
      label: 'Scheidet aus',
      sentence: 'Das Mitglied wird gleich aus der Mailing-Liste genommen.',
      remedy: 'Nichts zu tun, außer auf der Übersicht wartet eine Frage dazu auf Ihre Antwort.',
    },
    arriving: {
      label: 'Kommt hinzu',
      sentence: 'Das Mitglied hat sich gerade angemeldet und wird gleich in onOffice eingetragen.',
      remedy: 'Nichts zu tun; sehen Sie in einigen Minuten wieder nach.',
    },
    resubscribed_elsewhere: {
      label: 'Durch ein anderes Programm wieder angemeldet',
      sentence: 'Die Person hatte sich abgemeldet, und ein anderes Programm hat sie wieder angemeldet.',
      remedy: 'Prüfen Sie, ob es eine neue Einwilligung gibt. Wenn nicht, melden Sie das Mitglied beim Anbieter ab.',
    },
    unknown_member: {
      label: 'Nicht in onOffice',
      sentence: 'onOffice hat keinen Kontakt zu diesem Mitglied.',
      remedy: 'Eine Synchronisation legt den Kontakt in onOffice an.',
    },
  },
  operations: {
    'write-consent': {
      label: 'Newsletter-Status in onOffice',
      hint: 'onOffice erfährt, was aus der Einwilligung wurde',
    },
    'unsubscribe-member': {
      label: 'Beim Anbieter abmelden',
      hint: 'in onOffice steht Nein, beim Anbieter noch angemeldet',
    },
    'move-member': {
      label: 'Auf eine neue Adresse umstellen',
      hint: 'in onOffice geändert; Einwilligung und Tags ziehen mit',
    },
    'remove-member': {
      label: 'Aus der Mailing-Liste nehmen',
      hint: 'archiviert, nicht gelöscht; lässt sich rückgängig machen',
    },
    'change-contact-address': {
      label: 'Neue Adresse in onOffice',
      hint: 'beim Anbieter geändert; die alte bleibt als weitere Adresse',
    },
    'update-member': { label: 'Namen beim Anbieter aktualisieren', hint: 'onOffice ist führend' },
    'tag-contact': { label: 'Tags in onOffice setzen', hint: 'Tags, die beim Anbieter gefunden wurden' },
    'tag-member': { label: 'Tags beim Anbieter setzen', hint: 'Newsletter-Tags des Kontakts' },
    'create-contact': { label: 'In onOffice anlegen', hint: 'Mitglieder, die onOffice nicht kennt' },
    'raise-member': {
      label: 'Wieder anmelden',
      hint: 'archivierte Mitglieder mit Newsletter = Ja, die sich nie abgemeldet haben',
    },
    'add-member': { label: 'In die Mailing-Liste aufnehmen', hint: 'Kontakte mit Newsletter = Ja' },
  },
  phases: {
    'reading-contacts': 'Kontakte aus onOffice lesen',
    'reading-members': 'Mitglieder beim Anbieter lesen',
    planning: 'Beide Seiten vergleichen',
    'awaiting-approval': 'Auf Ihre Freigabe warten',
    refreshing: 'Noch einmal nach Änderungen sehen',
    executing: 'Änderungen übertragen',
    importing: 'Auf den Import beim Anbieter warten',
    checking: 'Ergebnis prüfen',
    counting: 'Beide Seiten zählen',
  },
  runStates: {
    running: 'läuft',
    waiting: 'wartet',
    'awaiting-approval': 'wartet auf Freigabe',
    succeeded: 'abgeschlossen',
    failed: 'fehlgeschlagen',
    cancelled: 'abgebrochen',
  },
  connectionStates: {
    draft: 'Einrichtung unvollständig',
    ready: 'bereit zur ersten Synchronisation',
    active: 'aktiv',
    attention: 'braucht Ihre Aufmerksamkeit',
    leaving: 'wird getrennt',
    disconnected: 'getrennt',
  },
  healthStates: { ok: 'in Ordnung', waiting: 'wartet', failing: 'gestört', unknown: 'noch nicht geprüft' },
  personFields: {
    salutation: 'Anrede',
    letterSalutation: 'Briefanrede',
    firstName: 'Vorname',
    lastName: 'Nachname',
  },
  activities: {
    subscribed: { label: 'Anmeldung', hint: 'wird immer festgehalten' },
    unsubscribed: { label: 'Abmeldung', hint: 'wird immer festgehalten' },
    delivered: { label: 'Newsletter zugestellt', hint: 'als E-Mail-Aktivität mit dem Namen der Kampagne' },
    opened: { label: 'Newsletter geöffnet', hint: 'Öffnungen durch Mailprogramme selbst zählen nicht' },
    clicked: { label: 'Link angeklickt', hint: 'mit dem Link' },
    'hard-bounce': { label: 'Unzustellbar (Hard Bounce)', hint: 'die Adresse funktioniert nicht mehr' },
    'soft-bounce': { label: 'Vorläufig nicht zugestellt (Soft Bounce)', hint: 'etwa weil das Postfach voll ist' },
    complaint: { label: 'Als Spam gemeldet', hint: 'die Person ist damit zugleich abgemeldet' },
  },
  providers: { mailchimp: 'Mailchimp', brevo: 'Brevo' },
  plans: { monthly: 'Monatlich', pay_as_you_go: 'Pay As You Go', forever_free: 'Free' },
  roles: { administrator: 'Administrator', editor: 'Bearbeiter', reader: 'Leser' },
} as const;

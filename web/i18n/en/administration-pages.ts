/** Texts of what administrators do: the end of a connection. */
export const administrationPages = {
  disconnect: {
    title: 'Disconnect',
    text: 'The webhook at the provider is removed, the keys are forgotten, and nothing is transferred any more. All records of consent stay, and so does what was last known of both sides: if you connect the same audience again, the connector goes on from it.',
    button: 'Disconnect …',
    question: 'Disconnect {{name}}?',
    warning: 'From then on, opt-outs at the provider no longer reach onOffice by themselves.',
    audience: 'What happens to the audience?',
    keep: 'Leave it as it is',
    keepHint: 'Everybody who is subscribed stays so and can get newsletters from the provider.',
    takeOut: 'Take out whom the connector put there',
    takeOutHint:
      '{{put, number}} of {{active, number}} active members; whoever came otherwise stays. It can be undone by connecting again. Whoever opted out stays opted out.',
    takeOutNotNow: 'Not possible at the moment: the connection needs your attention first.',
    confirm: 'Disconnect now',
    removed: 'The connection is removed.',
    disconnected: 'The connection is ended.',
    leaving: 'The members are being taken out; then the connection ends.',
    leavingTitle: 'This connection is ending',
    leavingText:
      'Whom the connector put into the audience is being taken out. You may close this window. Opt-outs still reach onOffice.',
    leavingProgress: '{{done, number}} of {{total, number}} taken out',
    endNow: 'End at once',
    endNowQuestion: 'End without taking out the others?',
    endNowText: 'Whoever has not been taken out yet stays in the audience.',
    endedTitle: 'This connection has ended',
    endedText:
      'Nothing is transferred any more, and opt-outs at the provider no longer reach onOffice. What is shown here is how both sides were last known; records of consent can still be looked at.',
    again: 'Connect again',
    againHint:
      'Choose the audience “{{name}}” again, and the connector goes on from what it knows. You see a preview first.',
  },
  privacy: {
    title: 'Data protection',
    hint: 'For requests of this person, in all connections of this onOffice customer.',
    export: 'Export everything held',
    exportHint: 'A file (JSON) with everything that is stored about the person: for a request for access.',
    erase: 'Erase …',
    eraseHint:
      'Takes the person out of the audience and deletes everything that is stored here. A hash stays, so that the address is never subscribed again.',
    question: 'Erase everything about {{who}}?',
    effect:
      'The person counts as opted out from now on. What is stored here is deleted at once; of the consent record only hashes stay. This cannot be undone.',
    crmFirst:
      'As long as the contact is in onOffice, it is read again with the next synchronisation. Delete it there if that is requested, too.',
    atProvider: 'And at {{provider}}?',
    suppress: 'Leave as unsubscribed (recommended)',
    suppressHint: 'The provider keeps its record and will not send to it.',
    delete: 'Delete for good',
    deleteCostMailchimp:
      'Costs: the address can never be added again by the connector or an import; only the person can come back, through a Mailchimp form. Its campaign history becomes anonymous.',
    deleteCostBrevo:
      'Costs: history and block are lost in the whole Brevo account, on all lists. The connector will not add the address again, but nothing at Brevo keeps others from doing so.',
    confirm: 'Erase now',
    done: 'Erased',
    doneText: 'Nothing but hashes is left of this person here.',
    outcome: '{{account}} ({{provider}}): {{outcome}}',
    outcomes: {
      unsubscribed: 'unsubscribed',
      deleted: 'deleted for good',
      absent: 'nothing to take out',
      unreached: 'could not be asked; please see to it there',
    },
    back: 'To the contacts',
    tenantTitle: 'Delete all data',
    tenantText:
      'Deletes everything that is stored about this onOffice customer: all connections, contacts, members, journals and the whole consent record. Contacts and audiences themselves stay as they are.',
    tenantButton: 'Delete all data …',
    tenantQuestion: 'Delete everything about {{name}}?',
    tenantOptOuts: 'Keep the opt-outs first: afterwards nobody here remembers who opted out.',
    tenantDownload: 'Opt-outs as a file (CSV)',
    tenantName: 'To confirm, enter the name: {{name}}',
    tenantConfirm: 'Delete everything',
    tenantDone: 'All data of {{name}} are deleted.',
    tenantHooksLeft: 'Webhooks that could not be removed at the provider: {{hooks, number}}. Please delete them there.',
  },
} as const;

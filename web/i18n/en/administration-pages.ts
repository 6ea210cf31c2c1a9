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
} as const;

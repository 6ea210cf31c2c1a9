import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { runningServer } from '../api-client.ts';
import { type Command, CommandError } from '../command.ts';
import { onlyConnection } from '../only-connection.ts';

const OUTCOMES = {
  unsubscribed: 'unsubscribed',
  deleted: 'deleted for good',
  absent: 'has nothing to take out',
  unreached: 'could not be asked: see to it there',
} as const;

/** Access and erasure requests of one person (R14). */
export const person: Command = {
  usage: 'export|erase <address or record number> [--delete-at-provider] [--yes] [--connection ID]',
  doc: [
    'Answers what a person asks about his data, for all connections of the onOffice customer.',
    'export: everything that is held on him, as JSON on standard output.',
    'erase: takes him out of the audience and of everything that is stored; a hash stays, so that he is never subscribed',
    'anew. What onOffice itself holds is deleted there, and before: as long as it is there, it is read again.',
    '--delete-at-provider: his record at the provider goes for good. At Mailchimp nobody but he himself can then come back',
    'to the list; at Brevo the block goes too, and nothing there keeps others from adding him again.',
    '--yes: erase without it only says what would be done.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        connection: { type: 'string' },
        'delete-at-provider': { type: 'boolean' },
        yes: { type: 'boolean' },
      },
    });
    const [what, who, ...rest] = positionals;
    if ((what !== 'export' && what !== 'erase') || who === undefined || rest.length > 0) {
      throw new CommandError('person takes export or erase, and one e-mail address or record number.');
    }
    const call = runningServer(readConfig(environment).dataFolder);
    const params = { connectionId: values.connection ?? (await onlyConnection(call)), person: who };
    const atProvider = values['delete-at-provider'] === true ? 'delete' : 'suppress';
    if (what === 'export' || values.yes !== true) {
      const data = await call('GET /api/connections/:connectionId/people/:person/data', { params });
      if (what === 'export') console.log(JSON.stringify(data, null, 2));
      else console.log(wouldErase(data.addresses, data.contactNumbers).join('\n'));
      return 0;
    }
    const { outcomes } = await call('POST /api/connections/:connectionId/people/:person/erasure', {
      params,
      body: { atProvider },
    });
    console.log('Erased. What stays is a hash that keeps the person from being subscribed anew.');
    for (const { provider, accountName, outcome } of outcomes)
      console.log(`  ${provider} ${accountName}: ${OUTCOMES[outcome]}`);
    return 0;
  },
};

function wouldErase(addresses: readonly string[], contactNumbers: readonly string[]): string[] {
  return [
    `Addresses: ${addresses.join(', ') || 'none'}`,
    `Contacts in onOffice: ${contactNumbers.join(', ') || 'none'}`,
    'Nothing was done. Say --yes to erase them from this installation.',
  ];
}

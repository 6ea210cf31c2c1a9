import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { runningServer } from '../api-client.ts';
import { type Command, CommandError, providerName } from '../command.ts';
import { connectAccount } from '../connect-account.ts';

/** Connects an onOffice customer with an account of a provider. */
export const connect: Command = {
  usage: '[--provider mailchimp|brevo] [--audience ID]',
  doc: [
    'Connects an onOffice customer with a Mailchimp or Brevo account; nothing is transferred before the first sync.',
    'Keys come from the environment, so that they stay out of the shell history:',
    'ONOFFICE_TOKEN, ONOFFICE_SECRET and MAILCHIMP_API_KEY or BREVO_API_KEY.',
  ].join('\n'),
  async run(words, environment) {
    const { values } = parseArgs({
      args: [...words],
      options: { audience: { type: 'string' }, provider: { type: 'string', default: 'mailchimp' } },
    });
    const provider = providerName(values.provider);
    const call = runningServer(readConfig(environment).dataFolder);
    const key = (name: string) => {
      const value = environment[name];
      if (!value) throw new CommandError(`${name} is not set.`);
      return value;
    };
    const id = await connectAccount(
      call,
      {
        token: key('ONOFFICE_TOKEN'),
        secret: key('ONOFFICE_SECRET'),
        provider,
        apiKey: key(provider === 'brevo' ? 'BREVO_API_KEY' : 'MAILCHIMP_API_KEY'),
      },
      values.audience,
    );
    console.log(`Connected: ${id}\nSee what a first sync would do: newsletter-connector sync --preview`);
    return 0;
  },
};

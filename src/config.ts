import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** Every setting of the environment: name, what it does, how it is checked, and its default. */
export const SETTINGS = {
  PORT: { doc: 'TCP port of the page, the API and the webhooks.', schema: port.default(8080) },
  HOST: { doc: 'Address to listen on. `0.0.0.0` for all.', schema: z.string().min(1).default('127.0.0.1') },
  PUBLIC_URL: {
    doc: 'Address under which browsers and Mailchimp reach this server, without a slash at its end.',
    schema: url.optional(),
  },
  TRUST_PROXY: {
    doc: "Number of reverse proxies in front of this server, whose word about the caller's address is believed; the nearest must be on this machine or in a private network.",
    schema: z.coerce.number().int().min(0).max(16).default(0),
  },
  DATA_FOLDER: {
    doc: 'Folder of the embedded database and of the keys made at first start.',
    schema: z.string().min(1).default('data'),
  },
  DATABASE_URL: {
    doc: 'PostgreSQL 15 or newer, instead of the embedded database.',
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  },
  MASTER_KEY: {
    doc: 'Key that seals secrets in the database: 32 bytes as 64 hex digits. Without it one is made in the data folder.',
    schema: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits')
      .optional(),
  },
  INSTALLATION_ID: {
    doc: 'Names the installation in the path of its webhooks: 16 hex digits, the same for all hosts of one installation. Without it one is made in the data folder.',
    schema: z
      .string()
      .regex(/^[0-9a-f]{16}$/i, 'must be 16 hex digits')
      .transform((digits) => digits.toLowerCase())
      .optional(),
  },
  ROLES: {
    doc: 'What this process does: `web`, `worker` or both, separated by a comma.',
    schema: z
      .string()
      .default('web,worker')
      .transform((text) => text.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(['web', 'worker'])).min(1)),
  },
  LANGUAGE: {
    doc: 'Language of what is created at the provider and of composed letter salutations.',
    schema: z.enum(['de', 'en', 'es', 'it', 'fr']).default('de'),
  },
  LOG_LEVEL: {
    doc: 'Least severe log lines that are written.',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
  ONOFFICE_PROVIDER_SECRET: {
    doc: "The provider's secret of onOffice's Marketplace, which signs its calls. Without it this server is no Marketplace service.",
    schema: z.string().min(8).optional(),
  },
  ONOFFICE_ORIGINS: {
    doc: 'Where onOffice enterprise itself runs, separated by a comma: only these may show the activation and the pop-up in a frame.',
    schema: z
      .string()
      .default('https://smart.onoffice.de,https://beta.smart.onoffice.de')
      .transform((text) => text.split(',').map((origin) => origin.trim()))
      .pipe(
        z.array(
          z
            .url({ protocol: /^https?$/ })
            .refine((origin) => new URL(origin).origin === origin, 'must be origins such as https://smart.onoffice.de'),
        ),
      ),
  },
  PRIVACY_URL: {
    doc: 'Your privacy policy: who activates the service in onOffice has to accept it.',
    schema: url.optional(),
  },
  ONOFFICE_URL: { doc: 'Other address of the onOffice API (practice mode).', schema: url.optional() },
  MAILCHIMP_URL: { doc: 'Other address of the Mailchimp API (practice mode).', schema: url.optional() },
  BREVO_URL: { doc: 'Other address of the Brevo API (practice mode).', schema: url.optional() },
  ONOFFICE_REQUESTS_PER_SECOND: {
    doc: 'Requests per second that we send to one onOffice customer.',
    schema: z.coerce.number().positive().max(1_000_000).default(2),
  },
} as const;

type SettingName = keyof typeof SETTINGS;

/** The checked settings. */
export type Config = {
  port: number;
  host: string;
  publicUrl: string | undefined;
  trustProxy: number;
  dataFolder: string;
  databaseUrl: string | undefined;
  masterKey: string | undefined;
  installationId: string | undefined;
  roles: readonly ('web' | 'worker')[];
  language: 'de' | 'en' | 'es' | 'it' | 'fr';
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  onOfficeProviderSecret: string | undefined;
  onOfficeOrigins: readonly string[];
  privacyUrl: string | undefined;
  onOfficeUrl: string | undefined;
  mailchimpUrl: string | undefined;
  brevoUrl: string | undefined;
  onOfficeRequestsPerSecond: number;
};

/** The environment does not fit; the message names every setting that is wrong and what it takes (F8). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Checks the environment. Empty values count as not set.
 *
 * @throws ConfigError with all problems at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  function read<N extends SettingName>(name: N): z.output<(typeof SETTINGS)[N]['schema']> {
    const text = environment[name]?.trim();
    const result = SETTINGS[name].schema.safeParse(text === '' ? undefined : text);
    if (!result.success) {
      problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(', ')}. ${SETTINGS[name].doc}`);
    }
    return result.data as z.output<(typeof SETTINGS)[N]['schema']>;
  }
  const config: Config = {
    port: read('PORT'),
    host: read('HOST'),
    publicUrl: read('PUBLIC_URL'),
    trustProxy: read('TRUST_PROXY'),
    dataFolder: read('DATA_FOLDER'),
    databaseUrl: read('DATABASE_URL'),
    masterKey: read('MASTER_KEY'),
    installationId: read('INSTALLATION_ID'),
    roles: read('ROLES'),
    language: read('LANGUAGE'),
    logLevel: read('LOG_LEVEL'),
    onOfficeProviderSecret: read('ONOFFICE_PROVIDER_SECRET'),
    onOfficeOrigins: read('ONOFFICE_ORIGINS'),
    privacyUrl: read('PRIVACY_URL'),
    onOfficeUrl: read('ONOFFICE_URL'),
    mailchimpUrl: read('MAILCHIMP_URL'),
    brevoUrl: read('BREVO_URL'),
    onOfficeRequestsPerSecond: read('ONOFFICE_REQUESTS_PER_SECOND'),
  };
  if (problems.length > 0) {
    throw new ConfigError(`The settings do not fit:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  return config;
}

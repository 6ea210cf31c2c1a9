import type { ActivityKind, MailActivityKind } from './activity.ts';
import type { ActivityGroup } from './activity-groups.ts';
import type { TurnCause } from './consent-turn.ts';
import { cutText } from './cut-text.ts';
import { eventKey } from './event-key.ts';
import type { ProviderName } from './mailing-provider.ts';
import type { LetterLanguage } from './salutation.ts';

/** What a note is written from. `detail`: the link of a click, or who brought a sign-up or an opt-out about. */
export type NoteParts = {
  kind: ActivityKind;
  campaignName: string;
  detail: string;
  /** false: the CRM has no type made for this kind, which the note says */
  isFitting: boolean;
  /** see `activityReference` */
  reference: string;
};

type Texts = Readonly<Record<MailActivityKind, string>> & {
  subscribed: string;
  unsubscribed: string;
  by: Readonly<Record<TurnCause['by'], string>>;
  campaign: string;
  noType: string;
};

const TEXTS: Readonly<Record<LetterLanguage, Texts>> = {
  de: {
    subscribed: 'Newsletter abonniert ({by})',
    unsubscribed: 'Newsletter abbestellt ({by})',
    delivered: 'Newsletter „{name}“ zugestellt',
    opened: 'Newsletter „{name}“ geöffnet',
    clicked: 'Link im Newsletter „{name}“ angeklickt',
    'hard-bounce': 'Newsletter „{name}“ nicht zustellbar: Die Adresse gibt es nicht (Hard Bounce)',
    'soft-bounce': 'Newsletter „{name}“ vorübergehend nicht zustellbar (Soft Bounce)',
    complaint: 'Newsletter „{name}“ als Spam gemeldet',
    by: {
      person: 'durch die Person selbst',
      administrator: 'durch einen Verwalter bei {provider}',
      provider: 'bei {provider}',
      'crm-user': 'in onOffice',
      operator: 'im Newsletter-Connector eingetragen',
    },
    campaign: 'Anlass: Newsletter „{name}“',
    noType: 'onOffice hat dafür keinen eigenen Aktivitätstyp.',
  },
  en: {
    subscribed: 'Newsletter subscribed ({by})',
    unsubscribed: 'Newsletter unsubscribed ({by})',
    delivered: 'Newsletter “{name}” delivered',
    opened: 'Newsletter “{name}” opened',
    clicked: 'Link in newsletter “{name}” clicked',
    'hard-bounce': 'Newsletter “{name}” not deliverable: the address does not exist (hard bounce)',
    'soft-bounce': 'Newsletter “{name}” not deliverable for the time being (soft bounce)',
    complaint: 'Newsletter “{name}” reported as spam',
    by: {
      person: 'by the person',
      administrator: 'by an administrator at {provider}',
      provider: 'at {provider}',
      'crm-user': 'in onOffice',
      operator: 'entered in the Newsletter Connector',
    },
    campaign: 'Occasion: newsletter “{name}”',
    noType: 'onOffice has no activity type of its own for this.',
  },
  es: {
    subscribed: 'Newsletter: alta ({by})',
    unsubscribed: 'Newsletter: baja ({by})',
    delivered: 'Newsletter «{name}» entregada',
    opened: 'Newsletter «{name}» abierta',
    clicked: 'Clic en un enlace de la newsletter «{name}»',
    'hard-bounce': 'Newsletter «{name}» no entregada: la dirección no existe (hard bounce)',
    'soft-bounce': 'Newsletter «{name}» no entregada por el momento (soft bounce)',
    complaint: 'Newsletter «{name}» marcada como spam',
    by: {
      person: 'por la propia persona',
      administrator: 'por un administrador en {provider}',
      provider: 'en {provider}',
      'crm-user': 'en onOffice',
      operator: 'registrada en el Newsletter Connector',
    },
    campaign: 'Motivo: newsletter «{name}»',
    noType: 'onOffice no tiene un tipo de actividad propio para esto.',
  },
  it: {
    subscribed: 'Newsletter: iscrizione ({by})',
    unsubscribed: 'Newsletter: disiscrizione ({by})',
    delivered: 'Newsletter «{name}» consegnata',
    opened: 'Newsletter «{name}» aperta',
    clicked: 'Clic su un link della newsletter «{name}»',
    'hard-bounce': 'Newsletter «{name}» non recapitabile: l’indirizzo non esiste (hard bounce)',
    'soft-bounce': 'Newsletter «{name}» momentaneamente non recapitabile (soft bounce)',
    complaint: 'Newsletter «{name}» segnalata come spam',
    by: {
      person: 'dalla persona stessa',
      administrator: 'da un amministratore in {provider}',
      provider: 'in {provider}',
      'crm-user': 'in onOffice',
      operator: 'inserita nel Newsletter Connector',
    },
    campaign: 'Occasione: newsletter «{name}»',
    noType: 'onOffice non ha un tipo di attività apposito.',
  },
  fr: {
    subscribed: 'Newsletter : inscription ({by})',
    unsubscribed: 'Newsletter : désinscription ({by})',
    delivered: 'Newsletter « {name} » distribuée',
    opened: 'Newsletter « {name} » ouverte',
    clicked: 'Clic sur un lien de la newsletter « {name} »',
    'hard-bounce': 'Newsletter « {name} » non distribuable : l’adresse n’existe pas (hard bounce)',
    'soft-bounce': 'Newsletter « {name} » momentanément non distribuable (soft bounce)',
    complaint: 'Newsletter « {name} » signalée comme spam',
    by: {
      person: 'par la personne elle-même',
      administrator: 'par un administrateur chez {provider}',
      provider: 'chez {provider}',
      'crm-user': 'dans onOffice',
      operator: 'saisie dans le Newsletter Connector',
    },
    campaign: 'À l’occasion de la newsletter « {name} »',
    noType: 'onOffice n’a pas de type d’activité prévu pour cela.',
  },
};

const PROVIDER_NAMES: Readonly<Record<ProviderName, string>> = { mailchimp: 'Mailchimp', brevo: 'Brevo' };

/** Links may carry whole sessions; what an agent needs is at their beginning. */
const LINK_BYTES = 500;

/** The text of an activity (M26), in the customer's language; its last line is what a lost entry is looked for by. */
export function activityNote(
  { kind, campaignName, detail, isFitting, reference }: NoteParts,
  language: LetterLanguage,
  provider: ProviderName,
): string {
  const texts = TEXTS[language];
  const filled = (text: string) =>
    text.replaceAll('{provider}', PROVIDER_NAMES[provider]).replaceAll('{name}', () => campaignName);
  const isTurn = kind === 'subscribed' || kind === 'unsubscribed';
  const first = isTurn
    ? texts[kind].replaceAll('{by}', filled(texts.by[isTurnBy(detail, texts.by) ? detail : 'provider']))
    : filled(texts[kind]);
  return [
    first,
    ...(isTurn && campaignName !== '' ? [filled(texts.campaign)] : []),
    ...(kind === 'clicked' && detail !== '' ? [cutText(detail, LINK_BYTES)] : []),
    ...(isFitting ? [] : [texts.noType]),
    `[${reference}]`,
  ].join('\n');
}

/**
 * What an entry is recognised by when its answer was lost: the same for all contacts whose entry says the same. A contact gets one
 * entry of a campaign and kind, but may sign up and leave as often as he likes, and be taken out by an agent in the very second in
 * which he leaves.
 */
export function activityReference(
  connectionId: string,
  { kind, campaignId, happenedAt, detail }: Pick<ActivityGroup, 'kind' | 'campaignId' | 'happenedAt' | 'detail'>,
): string {
  const isTurn = kind === 'subscribed' || kind === 'unsubscribed';
  return `NC-${eventKey([connectionId, kind, campaignId, ...(isTurn ? [happenedAt, detail] : [])]).slice(0, 10)}`;
}

function isTurnBy(detail: string, by: Texts['by']): detail is TurnCause['by'] {
  return Object.hasOwn(by, detail);
}

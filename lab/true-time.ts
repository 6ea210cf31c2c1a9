import type { LabWorld } from './lab-world.ts';

/** The simulators' records of what became of people's consent, each change with the instant on our clock instead of theirs. */
export function consentHistories({
  crm,
  mailchimp,
  brevo,
  skewMs,
}: Pick<LabWorld, 'crm' | 'mailchimp' | 'brevo' | 'skewMs'>) {
  const onOurClock = <T extends { at: number }>(changes: readonly T[], skew: number): readonly T[] =>
    skew === 0 ? changes : changes.map((change) => ({ ...change, at: change.at - skew }));
  return {
    mailchimp: onOurClock(mailchimp.store.consentHistory, skewMs.mailchimp),
    brevo: onOurClock(brevo.store.consentHistory, skewMs.brevo),
    ofContact: (id: number) => onOurClock(crm.store.newsletterHistory(id), skewMs.onoffice),
  };
}

import { expect, test } from 'vitest';
import { toSecond } from './activity-groups.ts';
import { activityNote, activityReference } from './activity-note.ts';

const parts = { kind: 'delivered', campaignName: 'Januar', detail: '', isFitting: true, reference: 'NC-1' } as const;

test('M26: a note names the campaign, for a click the link, and ends with what it is looked for by', () => {
  expect(activityNote(parts, 'de', 'brevo')).toBe('Newsletter „Januar“ zugestellt\n[NC-1]');
  expect(activityNote({ ...parts, kind: 'clicked', detail: 'https://a.example/?$&' }, 'en', 'brevo')).toBe(
    'Link in newsletter “Januar” clicked\nhttps://a.example/?$&\n[NC-1]',
  );
});

test('M25: a note names who brought a sign-up or an opt-out about, and the campaign that occasioned it', () => {
  const left = { ...parts, kind: 'unsubscribed', detail: 'administrator' } as const;
  expect(activityNote(left, 'de', 'mailchimp')).toBe(
    'Newsletter abbestellt (durch einen Verwalter bei Mailchimp)\nAnlass: Newsletter „Januar“\n[NC-1]',
  );
  expect(activityNote({ ...left, campaignName: '', detail: 'toString' }, 'en', 'brevo')).toBe(
    'Newsletter unsubscribed (at Brevo)\n[NC-1]',
  );
});

test('a note says when the CRM has no type of its own for what happened', () => {
  expect(activityNote({ ...parts, kind: 'opened', isFitting: false }, 'fr', 'brevo').split('\n')).toHaveLength(3);
});

test('a campaign’s name is taken as it is', () => {
  expect(activityNote({ ...parts, campaignName: '$& {provider} {by}' }, 'de', 'brevo')).toContain(
    '„$& {provider} {by}“',
  );
});

test('two kinds of one campaign are told apart, the same one is recognised', () => {
  const opened = { kind: 'opened', campaignId: 'c1', happenedAt: '2026-03-01T08:08:00.000Z', detail: '' } as const;
  const reference = activityReference('connection', opened);
  expect(activityReference('connection', { ...opened, happenedAt: '2026-03-02T09:00:00.000Z' })).toBe(reference);
  expect(activityReference('connection', { ...opened, kind: 'clicked' })).not.toBe(reference);
  expect(reference).toMatch(/^NC-.{10}$/);
});

test('F5, M25: two opt-outs of one minute are told apart by their second, and by who brought them about', () => {
  const optOut = (at: string, detail: string) =>
    activityReference('connection', { kind: 'unsubscribed', campaignId: '', happenedAt: toSecond(at), detail });
  const left = optOut('2026-03-01T08:06:47Z', 'person');
  expect(optOut('2026-03-01T08:06:47.312Z', 'person')).toBe(left);
  expect(optOut('2026-03-01T08:06:52Z', 'person')).not.toBe(left);
  expect(optOut('2026-03-01T08:06:47Z', 'crm-user')).not.toBe(left);
});

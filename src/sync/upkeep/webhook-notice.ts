import type { WebhookFinding } from '../../core/webhook-finding.ts';
import type { StoredNotice } from '../../db/sync-runs.ts';

/** Gravest first: who else works there, then what does not arrive, then what arrives too often. */
const ORDER: readonly WebhookFinding['kind'][] = [
  'foreign',
  'missing',
  'wrong-url',
  'listens-to-programs',
  'sources-missing',
  'events-missing',
  'doubled',
];

/** What a check found, in words that pages can say, gravest first. `topics` are said by their own words. */
export function webhookNotices(findings: readonly WebhookFinding[]): StoredNotice[] {
  return findings.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind)).map(noticeOf);
}

function noticeOf(finding: WebhookFinding): StoredNotice {
  switch (finding.kind) {
    case 'missing':
      return { code: 'webhook.missing', params: {} };
    case 'wrong-url':
      return { code: 'webhook.wrong_url', params: { host: finding.host } };
    case 'events-missing':
      return { code: 'webhook.events_missing', params: { topics: finding.topics.join() } };
    case 'sources-missing':
      return { code: 'webhook.sources_missing', params: {} };
    case 'listens-to-programs':
      return { code: 'webhook.listens_to_programs', params: {} };
    case 'doubled':
      return { code: 'webhook.doubled', params: { count: finding.count } };
    case 'foreign':
      return { code: 'webhook.foreign', params: { host: finding.host } };
  }
}

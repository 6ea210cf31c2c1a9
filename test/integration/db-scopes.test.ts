import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ACTIVITY_KINDS, type ActivityCatalog } from '../../src/core/activity.ts';
import type { EmailAddress } from '../../src/core/email-address.ts';
import type { Member } from '../../src/core/member.ts';
import type { TagBinding } from '../../src/core/tag-binding.ts';
import { askedAddresses } from '../../src/db/asked-addresses.ts';
import { connections, LaneLostError } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { createStore, type Store, type Tables } from '../../src/db/store.ts';
import { lanesWithWork } from '../../src/db/sync-runs.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { BACKENDS, draftConnection, type OpenDatabase, openMigrated } from '../support/backends.ts';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const READ = { at: NOW, from: 0 };
const AT = new Date(NOW).toISOString();
const box = createSecretBox(Buffer.alloc(32, 7));

const address = (name: string) => `${name}@example.org` as EmailAddress;
const ADA = address('ada');
const GRACE = address('grace');
const BOTH = [ADA, GRACE];

/** Tables of no tenant: the ways in, and the tenants themselves. */
const WITHOUT_TENANT = ['installation', 'schema_migrations', 'sessions', 'setup_links', 'tenants', 'used_calls'];

/** Tables of a tenant that hold nothing of a connection. */
const OF_TENANT = ['activations', 'consent_heads', 'erasures', 'operators'];

function contact(id: string, email: EmailAddress, mark: string) {
  return {
    contact: {
      id,
      email,
      consent: 'yes',
      fields: { salutation: '', letterSalutation: '', firstName: mark, lastName: '' },
      tagKeys: ['owner'],
      isPrivate: false,
      isArchived: false,
      modifiedAt: '2026-03-01 08:00:00',
    },
    emailKey: email,
  } as const;
}

function member(email: EmailAddress, mark: string): Member {
  return {
    email,
    status: 'subscribed',
    fields: { salutation: '', letterSalutation: '', firstName: mark, lastName: '' },
    tags: [{ id: '7', name: 'Owner' }],
    hasMoreTags: true,
    ids: { unique_email_id: 'u1' },
    stableId: 'c1',
    changedAt: AT,
    optInAt: AT,
    optInIp: '192.0.2.1',
  };
}

function base(mark: string) {
  const fields = { salutation: '', letterSalutation: '', firstName: mark, lastName: '' };
  return { consent: 'yes', status: 'subscribed', fields, tags: ['owner'] } as const;
}

function binding(mark: string): TagBinding {
  return {
    slot: 'owner',
    state: 'apart',
    crmKey: 'owner',
    providerId: undefined,
    crmName: mark,
    providerName: mark,
    name: mark,
    question: 'deleted-at-provider',
    answer: undefined,
  };
}

const notice = (words: string) => ({ code: 'mailchimp.unavailable', params: { words } });

const FIGURES = { recipients: 2, delivered: 2, opened: 1, clicked: 1, bounced: 0 };

const NO_TYPES = Object.fromEntries(
  ACTIVITY_KINDS.map((kind) => [kind, { kind: '', type: '', isFitting: false }]),
) as ActivityCatalog['defaults'];

const DUE = { now: NOW, upTo: Number.MAX_SAFE_INTEGER, choice: 'all' } as const;

const ids = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Every function of a connection's tables, called on the same ids and addresses that the other connection has, too. */
function everyCall(runId: string, mark: string): Record<string, (tables: Tables) => Promise<unknown>> {
  const plan = (tables: Tables) => tables.plan(runId);
  const bridge = { contactsWithYes: 1, reasons: [], explainedMembers: 1, memberReasons: [], activeMembers: 1 };
  return {
    'contacts.observe': (t) => t.contacts.observe(runId, [contact('1', ADA, mark), contact('2', GRACE, mark)], READ),
    'contacts.unsetNo': (t) => t.contacts.unsetNo(new Map([['1', 3]])),
    'consent.setToNoElsewhere': (t) => t.consent.setToNoElsewhere(['1', '2']).then((found) => [...found]),
    'contacts.noReadAt': (t) => t.contacts.noReadAt([ADA, GRACE]).then((read) => [...read]),
    'members.observe': (t) => t.members.observe(runId, [member(ADA, mark), member(GRACE, mark)]),
    'aliases.keep': (t) => t.aliases.keep([{ from: ADA, to: GRACE }]),
    'links.save': (t) =>
      t.links.save([{ contactId: '1', emailKey: ADA, base: base(mark) }]).then(({ changed }) => [...changed]),
    'refusals.save': (t) =>
      t.refusals.save([
        { emailKey: ADA, reason: 'rejected_by_provider', words: mark, isPermanent: true },
        { emailKey: GRACE, reason: 'plan_limit', words: mark, isPermanent: false },
      ]),
    'connection.saveProviderTags': (t) => t.connection.saveProviderTags([{ id: '7', name: mark }]),
    'connection.setTagsAligned': (t) => t.connection.setTagsAligned(NOW),
    'tagBindings.save': (t) => t.tagBindings.save([binding(mark)], NOW),
    'refusedTags.save': (t) => t.refusedTags.save(mark, 'owner'),
    'journal.write': (t) => t.journal.write('journal.run_failed', { cause: mark }, NOW, true),
    'health.set': (t) => t.health.set('provider', 'waiting', NOW, notice(mark)),
    'events.save': (t) => t.events.save([{ contentType: 'text/plain', body: mark, receivedAt: NOW - 1 }]),
    'bridges.save': (t) => t.bridges.save(runId, bridge, NOW),
    'consent.append': (t) =>
      t.consent.append(
        [
          {
            connectionId: 'any',
            contactId: '1',
            email: ADA,
            effect: 'opt-out',
            learnedOrder: undefined,
            from: 'subscribed',
            to: 'unsubscribed',
            source: 'person',
            verdict: 'allowed',
            happenedAt: undefined,
            evidence: {},
            wrote: mark,
          },
        ],
        NOW,
      ),
    'plan.add': (t) =>
      plan(t).add([
        { kind: 'unsubscribe-member', email: ADA, contactId: '1', from: 'subscribed' },
        { kind: 'update-member', email: ADA, contactId: '1', before: { firstName: '' }, after: { firstName: mark } },
        { kind: 'tag-member', email: GRACE, contactId: '2', add: [], remove: [mark] },
        { kind: 'create-contact', email: GRACE, fields: base(mark).fields, tags: [] },
        { kind: 'add-member', email: GRACE, contactId: '2', fields: base(mark).fields, tags: [] },
      ]),
    'connection.saveSetUp': (t) =>
      t.connection.saveSetUp({
        audienceId: mark,
        audienceName: mark,
        settings: draftConnection('').settings,
        mapping: { firstName: mark },
        hookMark: mark,
        acceptedHooks: [mark],
      }),
    'connection.saveHookMarks': (t) => t.connection.saveHookMarks([mark]),
    'connection.hooksChecked': (t) => t.connection.hooksChecked(NOW),
    'connection.saveSettings': (t) => t.connection.saveSettings(draftConnection('').settings),
    'connection.saveCrmAccount': (t) => t.connection.saveCrmAccount(mark),
    'connection.saveAccount': (t) => t.connection.saveAccount({ name: mark, plan: mark, isPaidPlan: true }),
    'connection.saveCrmFacts': (t) => t.connection.saveCrmFacts({ ...draftConnection('').crmFacts, tags: [] }),
    'connection.takeLane': (t) => t.connection.takeLane(),
    'connection.setPaused': (t) => t.connection.setPaused(NOW),
    'cursors.begin': (t) =>
      t.cursors.begin(
        { crm: mark, provider: mark, at: NOW },
        { crmPollAt: NOW, providerPollAt: NOW, nightlyAt: NOW, hookCheckAt: NOW, tagsAt: NOW },
      ),
    'due.mark': (t) =>
      t.due.mark(
        [
          { emailKey: ADA, cause: 'crm', isUrgent: true },
          { emailKey: GRACE, cause: 'crm' },
        ],
        NOW,
      ),
    'eventKeys.add': (t) => t.eventKeys.add(['key'], NOW),
    'held.hold': (t) =>
      t.held.hold([{ operation: { kind: 'remove-member', email: ADA, contactId: mark }, question: 'brake' }], NOW),
    'delays.add': (t) =>
      t.delays.add([{ direction: 'to-crm', foundBy: 'event', happenedAt: null, noticedAt: AT }], NOW),
    'activities.note': (t) =>
      t.activities.note(
        BOTH.map((emailKey) => ({
          kind: 'delivered',
          campaignId: 'c1',
          emailKey,
          contactId: '1',
          happenedAt: AT,
          detail: mark,
        })),
        NOW,
      ),
    'campaigns.see': (t) =>
      t.campaigns.see([{ id: 'c1', name: mark, sentAt: AT, isOurs: true, figures: FIGURES }], () => NOW),
    'activityBatches.open': async (t) =>
      typeof (await t.activityBatches.open({ happenedAt: AT, reference: mark }, NOW)),
    'activityWork.begin': (t) => t.activityWork.begin(NOW),
    'activityWork.saveCatalog': (t) =>
      t.activityWork.saveCatalog({ kinds: [{ key: mark, label: mark, types: [] }], defaults: NO_TYPES }, NOW),
    'contactReasons.set': (t) => t.contactReasons.set(BOTH, [{ contactId: '2', reason: 'waiting', words: mark }]),
    'memberReasons.set': (t) => t.memberReasons.set(BOTH, [{ emailKey: GRACE, reason: 'arriving' }]),
    // From here on: what reads.
    'activities.due': async (t) =>
      (await t.activities.due(NOW, 9)).map(({ id, ...activity }) => ({ ...activity, id: id > 0 })),
    'activities.ofBatch': (t) => t.activities.ofBatch(1),
    'activityBatches.toCheck': async (t) =>
      (await t.activityBatches.toCheck(NOW, 9)).map(({ id, ...batch }) => ({ ...batch, id: id > 0 })),
    'tenantTurns.newestSince': (t) => t.tenantTurns.newestSince(['1'], 0).then((found) => [...found]),
    'activities.toldTurns': (t) =>
      t.activities.toldTurns(['1', '2']).then((found) => [...found].map(([turn, times]) => [turn, [...times]])),
    'activities.countOfCampaigns': (t) => t.activities.countOfCampaigns(['c1']),
    'activities.countReasons': (t) => t.activities.countReasons(['c1']),
    'activities.ofPerson': (t) => t.activities.ofPerson({ emails: BOTH, contactIds: ['1'] }, 9),
    'campaigns.page': (t) => t.campaigns.page(undefined, 9),
    'campaigns.sentAt': (t) => t.campaigns.sentAt(['c1']).then((found) => [...found]),
    'campaigns.toLookAt': (t) => t.campaigns.toLookAt(NOW),
    'members.addressesAfter': (t) => t.members.addressesAfter('', 9),
    'activityWork.get': (t) => t.activityWork.get(),
    'activityWork.catalog': (t) => t.activityWork.catalog(),
    'bridges.count': (t) => t.bridges.count(),
    'bridges.newest': (t) => t.bridges.newest(),
    'connection.hooks': (t) => t.connection.hooks(),
    'connection.isCatchingUp': (t) => t.connection.isCatchingUp(),
    'connection.wentBackOrder': (t) => t.connection.wentBackOrder(),
    'connection.crmFacts': (t) => t.connection.crmFacts(),
    'consent.lastLeavingIsOurs': (t) => t.consent.lastLeavingIsOurs(ADA),
    'consent.newestOptOutAt': (t) => t.consent.newestOptOutAt({ emails: [ADA], contactIds: ['1'] }),
    'consent.ofPerson': (t) => t.consent.ofPerson({ emails: [ADA], contactIds: ['1'] }, 9),
    'contacts.unseen': (t) => t.contacts.unseen('another run'),
    'contacts.outsideAudience': (t) => t.contacts.outsideAudience(runId, '', 99),
    'contacts.countOutsideAudience': (t) => t.contacts.countOutsideAudience(runId),
    'contacts.count': (t) => t.contacts.count(),
    'contacts.learnedSoFar': (t) => t.contacts.learnedSoFar(),
    'contacts.newestModification': (t) => t.contacts.newestModification(),
    'contacts.addresses': (t) => t.contacts.addresses(['1', '2']),
    'contacts.addressOf': (t) => t.contacts.addressOf('1'),
    'contacts.asRead': (t) => t.contacts.asRead('1'),
    'contacts.byIds': (t) => t.contacts.byIds(['1', '2']).then((found) => [...found]),
    'contactReasons.count': (t) => t.contactReasons.count(),
    'contactReasons.addressesOf': (t) => t.contactReasons.addressesOf({ reasons: ['waiting'], after: '', limit: 9 }),
    'contactReasons.undelivered': (t) =>
      t.contactReasons.undelivered({ search: 'of', reason: 'waiting', after: '', limit: 9 }),
    'contacts.samples': (t) => t.contacts.samples(),
    'health.all': (t) => t.health.all(),
    'journal.page': (t) => t.journal.page(undefined),
    'journal.alarms': (t) => t.journal.alarms(0),
    'links.countManaged': (t) => t.links.countManaged(),
    'aliases.resolve': (t) => t.aliases.resolve([{ email: ADA, ids: { unique_email_id: 'u1' } }]),
    'members.movedAmong': (t) => t.members.movedAmong([{ email: 'neu@example.org' as EmailAddress, stableId: 'c1' }]),
    'members.leftAmong': (t) => t.members.leftAmong(BOTH).then((found) => [...found]),
    'members.notLeftAmong': (t) => t.members.notLeftAmong(BOTH).then((found) => [...found]),
    'members.subscribedSince': (t) => t.members.subscribedSince(BOTH).then((found) => [...found]),
    'members.awayAmong': (t) => t.members.awayAmong(new Map(BOTH.map((email) => [email, undefined]))),
    'members.newestChange': (t) => t.members.newestChange(),
    'members.withMoreTagsAmong': (t) => t.members.withMoreTagsAmong(BOTH),
    'contacts.tagKeys': (t) => t.contacts.tagKeys(BOTH),
    'members.withMoreTags': (t) => t.members.withMoreTags(9),
    'members.unseen': (t) => t.members.unseen('another run', 9),
    'members.leftUnheard': (t) => t.members.leftUnheard(runId),
    'members.counts': (t) => t.members.counts(),
    'memberReasons.count': (t) => t.memberReasons.count(),
    'memberReasons.page': (t) => t.memberReasons.page({ search: 'example', reason: 'arriving', after: '', limit: 9 }),
    'members.page': (t) => t.members.page('', 9),
    'past.ofAddress': (t) => t.past.ofAddress(ADA, 9),
    'people.nextAddresses': (t) => t.people.nextAddresses('', 9),
    'people.outOverFlags': (t) => t.people.outOverFlags(BOTH).then((found) => [...found]),
    'people.load': (t) => t.people.load(BOTH, { isPage: true }),
    'plan.byAddresses': (t) => plan(t).byAddresses(BOTH),
    'plan.next': (t) => plan(t).next(9),
    'plan.nextKind': (t) => plan(t).nextKind(),
    'plan.unsubscribesAfter': (t) => plan(t).unsubscribesAfter(0, 9),
    'plan.counts': (t) => plan(t).counts(),
    'plan.brakedDetails': (t) => plan(t).brakedDetails(),
    'plan.samples': (t) => plan(t).samples('update-member', 9),
    'plan.page': (t) => plan(t).page(0, 9),
    'search.byContact': (t) => t.search.byContact('1'),
    'search.page': (t) => t.search.page({ after: { emailKey: '', sortKey: '' }, prefix: '', limit: 9 }),
    'connection.providerTags': (t) => t.connection.providerTags(),
    'connection.tagsAlignedAt': (t) => t.connection.tagsAlignedAt(),
    'refusedTags.all': (t) => t.refusedTags.all(),
    'tagBindings.all': (t) => t.tagBindings.all(),
    'tagBindings.asked': (t) =>
      t.tagBindings.asked().then((asked) => asked.map(({ id, ...tag }) => ({ ...tag, id: id > 0 }))),
    'runs.get': (t) => t.runs.get(runId),
    'runs.open': (t) => t.runs.open(),
    'runs.allOpen': (t) => t.runs.allOpen(),
    'runs.lastFinished': (t) => t.runs.lastFinished(),
    'runs.anySucceeded': (t) => t.runs.anySucceeded(),
    'put.count': (t) => t.put.count(),
    'put.next': (t) => t.put.next('', 9),
    'recent.countsSince': (t) => t.recent.countsSince(0),
    'cursors.get': (t) => t.cursors.get(),
    // Those of connections that work; these are drafts.
    'due.markElsewhere': (t) => t.due.markElsewhere(BOTH, NOW),
    'due.mostRecentMark': async (t) => typeof (await t.due.mostRecentMark()),
    'due.all': (t) => t.due.all('', 9),
    'due.isAny': (t) => t.due.isAny(DUE.now, DUE.choice),
    'due.page': (t) => t.due.page({ ...DUE, after: '', limit: 9 }),
    'due.ofAddresses': (t) => t.due.ofAddresses(BOTH),
    'plan.addresses': (t) => plan(t).addresses('', 9),
    'plan.unapproved': (t) => plan(t).unapproved('remove-member', 0, 9),
    'contacts.changedAmong': (t) => t.contacts.changedAmong([contact('1', ADA, 'of nobody')]),
    'contacts.readableAmong': (t) => t.contacts.readableAmong(['1', '2']),
    'members.changedAmong': (t) => t.members.changedAmong([member(ADA, 'of nobody')]),
    'members.statuses': (t) => t.members.statuses(BOTH).then((found) => [...found]),
    'consent.lastLeftAt': (t) => t.consent.lastLeftAt(ADA),
    'consent.newestOfProvider': (t) => t.consent.newestOfProvider(BOTH).then((found) => [...found]),
    'due.count': (t) => t.due.count(),
    'events.waiting': (t) => t.events.waiting(NOW + 1, 9),
    'events.waitingWith': (t) => t.events.waitingWith(['type', 'event'], NOW + 1, 0, 9),
    'events.attempts': (t) => t.events.attempts(),
    'events.unreadSince': (t) => t.events.unreadSince(),
    'events.counts': (t) => t.events.counts(),
    'eventKeys.known': (t) => t.eventKeys.known(['key']),
    'held.ofAddresses': (t) => t.held.ofAddresses(BOTH),
    'held.asked': (t) => t.held.asked({ question: 'brake', kind: 'remove-member', upTo: NOW }, 0, 9),
    'held.counts': (t) => t.held.counts(),
    'ended.page': (t) =>
      t.ended.page({ search: undefined, kind: undefined, state: undefined, after: undefined, limit: 9 }),
    'pulse.read': (t) => t.pulse.read(),
    'delays.figures': (t) => t.delays.figures(0),
    'delays.days': (t) => t.delays.days(0),
    // From here on: what changes and deletes.
    'activities.send': (t) =>
      t.activities.send(
        1,
        ids(99).map((id) => ({ id, contactId: '2' })),
      ),
    'activities.again': (t) => t.activities.again(ids(99), NOW, { isChecked: true, groupLimit: 7, isFailure: true }),
    'activities.end': (t) =>
      t.activities.end(
        ids(99).map((id) => ({ id, state: 'refused', reason: mark })),
        NOW,
      ),
    'activities.dropDelivered': (t) => t.activities.dropDelivered('c1', BOTH),
    'campaigns.askForHistory': (t) => t.campaigns.askForHistory('c1', NOW),
    'campaigns.look': (t) => t.campaigns.look('c1', { part: 'actions', offset: 7, beganAt: AT }),
    'campaigns.saveFigures': (t) => t.campaigns.saveFigures('c1', { ...FIGURES, opened: 5 }),
    'campaigns.looked': (t) => t.campaigns.looked('c1', AT, NOW),
    'activityWork.planLooking': (t) => t.activityWork.planLooking(),
    'activityWork.listed': (t) => t.activityWork.listed(AT),
    'activityWork.beginSweep': (t) => t.activityWork.beginSweep(AT, NOW),
    'activityWork.sweepOn': (t) => t.activityWork.sweepOn({ since: AT, after: mark }, NOW),
    'activityWork.endSweep': (t) => t.activityWork.endSweep(),
    'activityBatches.checkAt': (t) => Promise.all(ids(20).map((id) => t.activityBatches.checkAt(id, NOW))),
    'activityBatches.close': (t) => Promise.all(ids(20).map((id) => t.activityBatches.close(id))),
    'activityWork.wake': (t) => t.activityWork.wake('write', NOW - 1),
    'activityWork.plan': (t) => t.activityWork.plan('write', NOW),
    'activityWork.failed': (t) => t.activityWork.failed('write', NOW),
    'activityWork.planWriting': (t) => t.activityWork.planWriting(),
    'contacts.markNew': (t) => t.contacts.markNew(['1', '2']),
    'contacts.endNewness': (t) => t.contacts.endNewness(['1']).then((ended) => [...ended]),
    'connection.caughtUp': (t) => t.connection.caughtUp(),
    'connection.setState': (t) => t.connection.setState('active'),
    'connection.needAttention': (t) => t.connection.needAttention(),
    'connection.attentionIsOver': (t) => t.connection.attentionIsOver(),
    'connection.goBack': (t) => t.connection.goBack('restore', NOW),
    'connection.stopAsTwin': (t) => t.connection.stopAsTwin('copied', NOW),
    'connection.takeOver': (t) => t.connection.takeOver([mark]),
    'connection.assertLane': (t) => t.connection.assertLane(-1).catch((error) => error.name),
    'departures.take': (t) => t.departures.take([ADA, GRACE].map((emailKey) => ({ emailKey, at: '', upTo: 0 }))),
    'departures.forget': (t) => t.departures.forget(Date.parse('2030-01-01')),
    'contacts.forgetHeldBefore': (t) => t.contacts.forgetHeldBefore(BOTH),
    'contacts.setConsent': (t) => t.contacts.setConsent(['1'], 'no'),
    'contacts.askYes': (t) => t.contacts.askYes(['1'], 'absent'),
    'contacts.setTagKeys': (t) => t.contacts.setTagKeys([{ contactId: '1', tagKeys: [mark] }]),
    'contactReasons.setWithoutAddress': (t) => t.contactReasons.setWithoutAddress(),
    'contacts.markUnreadable': (t) => t.contacts.markUnreadable(['1', '2']),
    'events.answeredByFullSync': (t) => t.events.answeredByFullSync(AT, NOW),
    'members.join': (t) => t.members.join(ADA, '2', 'second_address'),
    'members.learnIds': (t) => t.members.learnIds([member(ADA, mark)]),
    'members.setOutside': (t) => t.members.setOutside(runId, [GRACE]),
    'openPlans.raising': (t) => t.openPlans.raising(askedAddresses([ADA, GRACE], false)).then((found) => [...found]),
    'openPlans.unsubscribing': (t) => t.openPlans.unsubscribing(BOTH).then((found) => [...found]),
    'openPlans.renameTags': (t) => t.openPlans.renameTags([{ from: mark, to: 'Landlord' }]),
    'tagBindings.answer': (t) => Promise.all(ids(20).map((id) => t.tagBindings.answer(id, 'keep'))),
    'tagBindings.askAgain': (t) => t.tagBindings.askAgain('owner'),
    'members.setStatus': (t) => t.members.setStatus([ADA], 'unsubscribed'),
    'members.setFields': (t) => t.members.setFields(ADA, { lastName: mark }),
    'members.changeTags': (t) =>
      t.members.changeTags([{ emailKey: ADA, add: [{ id: '8', name: mark }], remove: [{ id: '7', name: 'Owner' }] }]),
    'cursors.crmRead': (t) => t.cursors.crmRead(mark, NOW, { usual: 2, told: 1 }),
    'cursors.providerRead': (t) => t.cursors.providerRead(mark, NOW, NOW + 1, 3),
    'cursors.planNext': (t) => t.cursors.planNext('nightly', NOW),
    'due.calm': (t) => t.due.calm(BOTH, DUE.upTo),
    'due.postponeAll': (t) => t.due.postponeAll(NOW + 1, NOW),
    'due.letWait': (t) => t.due.letWait(BOTH.map((emailKey) => ({ emailKey, until: NOW, waits: { setToNone: 1 } }))),
    'due.waitNoMore': (t) => t.due.waitNoMore(BOTH),
    'due.waiting': (t) => t.due.waiting(),
    'contacts.markSeen': (t) => t.contacts.markSeen(runId, ['1', '2']),
    'cursors.failed': (t) => t.cursors.failed('nightly', NOW),
    'due.postpone': (t) => t.due.postpone(BOTH, NOW),
    'due.settle': (t) => t.due.settle(BOTH, DUE.upTo),
    'eventKeys.forgetBefore': (t) => t.eventKeys.forgetBefore(NOW + 1),
    'events.postpone': (t) => t.events.postpone(ids(99), NOW),
    'events.applied': (t) => t.events.applied(ids(99), NOW),
    'events.forgetBefore': (t) => t.events.forgetBefore(NOW + 1),
    'held.setState': (t) => t.held.setState(ids(99), 'dropped'),
    'held.settleApproved': (t) => t.held.settleApproved('remove-member', BOTH),
    'held.release': (t) => t.held.release(ids(99)),
    'plan.stampEnds': (t) => plan(t).stampEnds(NOW),
    'plan.drop': (t) => plan(t).drop('update-member'),
    'plan.forget': (t) => plan(t).forget([ADA]),
    'plan.mark': (t) =>
      plan(t).mark(
        Array.from({ length: 99 }, (_, index) => index),
        'sent',
        NOW,
      ),
    'creations.claim': (t) =>
      t.creations
        .claim(
          runId,
          Array.from({ length: 99 }, (_, index) => index),
          { now: NOW, since: NOW },
        )
        .then((ids) => ids.length > 0),
    'creations.release': (t) => t.creations.release(runId, []),
    'creations.unanswered': (t) => t.creations.unanswered(BOTH, 0).then((found) => [...found]),
    'plan.earliestSent': (t) => plan(t).earliestSent(),
    'plan.markQueued': (t) =>
      plan(t).markQueued(Array.from({ length: 99 }, (_, index) => ({ id: index, processId: mark }))),
    'plan.openProcesses': (t) => plan(t).openProcesses(),
    'plan.queuedInDoubt': (t) => plan(t).queuedInDoubt(0, 99),
    'plan.queuedEnds': (t) => plan(t).queuedEnds(99),
    'plan.missing': (t) => plan(t).missing(0, 99),
    'plan.countMissing': (t) => plan(t).countMissing(),
    'plan.plannedAdds': (t) => plan(t).plannedAdds(0, 99),
    'plan.countPlannedAdds': (t) => plan(t).countPlannedAdds(),
    'plan.markWithWords': (t) =>
      plan(t).markWithWords(Array.from({ length: 99 }, (_, index) => ({ id: index, state: 'done', words: mark }))),
    'plan.arrivals': (t) => plan(t).arrivals(),
    'refusals.forgetFor': (t) => t.refusals.forgetFor(BOTH, ['plan_limit']),
    'refusals.forgetTemporary': (t) => t.refusals.forgetTemporary(),
    'refusals.forget': (t) => t.refusals.forget(BOTH),
    'refusedTags.forget': (t) => t.refusedTags.forget('owner'),
    'runs.progress': (t) => t.runs.progress(runId, { cursor: { mark }, done: 7, total: 8 }),
    'runs.enterPhase': (t) => t.runs.enterPhase(runId, 'planning', NOW, { mark }),
    'runs.remember': (t) => t.runs.remember(runId, { contactsAsOf: mark, membersAsOf: mark }),
    'runs.countRequests': (t) => t.runs.countRequests(runId, 3, 4),
    'runs.setPlanned': (t) => t.runs.setPlanned(runId, { unchanged: 5, brake: [] }),
    'runs.wait': (t) => t.runs.wait(runId, notice(mark), NOW),
    'runs.ask': (t) => t.runs.ask(runId, 'brake'),
    'runs.approve': (t) => t.runs.approve(runId, NOW),
    'runs.finish': (t) => t.runs.finish(runId, 'succeeded', NOW, notice(mark)),
    'members.move': (t) => t.members.move([{ from: ADA, to: GRACE }], 'provider'),
    'members.forgetMoves': (t) => t.members.forgetMoves(BOTH),
    'links.metInside': (t) =>
      t.links.metInside([{ contactId: '3', emailKey: ADA, base: base(mark) }]).then((met) => [...met]),
    'links.begin': (t) =>
      t.links.begin([{ contactId: '3', emailKey: ADA, base: base(mark) }]).then((begun) => [...begun]),
    'links.move': (t) => t.links.move([{ from: ADA, to: GRACE }]),
    'links.endFormer': (t) => t.links.endFormer(BOTH, []),
    'links.endLeavers': (t) => t.links.endLeavers(BOTH),
    'links.endLeaversMet': (t) => t.links.endLeaversMet(BOTH),
    'links.endOthers': (t) => t.links.endOthers(BOTH, []),
    'links.forget': (t) => t.links.forget(BOTH),
    'members.remove': (t) => t.members.remove(BOTH),
    'runs.startRound': (t) =>
      t.runs.startRound({
        id: randomUUID(),
        kind: 'changes',
        cursor: {},
        readUpTo: { contactsAsOf: '', membersAsOf: '' },
        now: NOW,
      }),
    'runs.forgetRound': (t) => t.runs.forgetRound(runId),
    'runs.start': (t) => t.runs.start({ id: randomUUID(), isFirst: false, asksFirst: true, now: NOW }),
    'runs.startLeave': (t) => t.runs.startLeave({ id: randomUUID(), total: 3, now: NOW }),
    'links.takenOut': (t) => t.links.takenOut([{ emailKey: ADA, status: 'archived' }]),
    'links.metOutside': (t) =>
      t.links.metOutside([{ contactId: '1', email: ADA }], { consent: 'none', status: 'absent' }),
    'ending.beginLeaving': (t) => t.ending.beginLeaving(NOW),
    'ending.disconnect': (t) => t.ending.disconnect(NOW),
    'connection.remove': (t) => t.connection.remove(),
  };
}

describe.each(BACKENDS)('rows on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  afterEach(async () => {
    await sql`delete from connections`.execute(database.db);
    await sql`delete from journal`.execute(database.db);
  });
  afterAll(() => opened.close());

  async function newTenant(): Promise<string> {
    const id = randomUUID();
    await connections(database.db).addTenant(id, 'Test', NOW);
    return id;
  }

  async function newStore(tenantId: string): Promise<Store> {
    const row = draftConnection(tenantId);
    await connections(database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
    return createStore(database, { tenantId, connectionId: row.id }, consentHash(box, tenantId));
  }

  let columns: Awaited<ReturnType<typeof columnsOf>> | undefined;
  const columnsOf = async () => {
    const { rows } = await sql<{ table: string; columns: string[] }>`
      select table_name as "table", json_agg(column_name) as columns from information_schema.columns
      where table_schema = 'public' group by table_name order by table_name`.execute(database.db);
    return rows;
  };

  /** Everything that is stored for a connection, with its tenant's consent record where that is its own, as text. */
  async function storedFor({ tenantId, connectionId }: Store['scope'], withConsent: boolean): Promise<string[]> {
    columns ??= await columnsOf();
    const parts = columns.flatMap(({ table, columns }) => {
      const rows = (owner: ReturnType<typeof sql>) => [
        sql`select ${table}::text || ' ' || to_jsonb(t)::text as row from ${sql.table(table)} as t where ${owner}`,
      ];
      if (table === 'connections') return rows(sql`id = ${connectionId}`);
      if (table === 'consent_records') return withConsent ? rows(sql`tenant_id = ${tenantId}`) : [];
      return columns.includes('connection_id') ? rows(sql`connection_id = ${connectionId}`) : [];
    });
    const { rows } = await sql<{ row: string }>`${sql.join(parts, sql` union all `)} order by 1`.execute(database.db);
    return rows.map(({ row }) => row);
  }

  test('every table but those of the operators belongs to a tenant', async () => {
    const without = (await columnsOf()).filter(({ columns }) => !columns.includes('tenant_id'));
    expect(without.map(({ table }) => table)).toEqual(WITHOUT_TENANT);
    const { rows } = await sql`select table_name from information_schema.columns
      where table_schema = 'public' and column_name = 'tenant_id' and is_nullable = 'YES'`.execute(database.db);
    // Whoever looks after the whole installation is of none.
    expect(rows).toEqual([{ table_name: 'operators' }]);
  });

  test('every function of the data access is among those that are tried here', async () => {
    const { tables } = await newStore(await newTenant());
    const names = Object.entries(tables).flatMap(([part, functions]) =>
      Object.keys(typeof functions === 'function' ? functions('run') : functions).map((name) => `${part}.${name}`),
    );
    expect(Object.keys(everyCall('run', 'mark')).sort()).toEqual(names.sort());
  });

  test.each([
    ['of two tenants', false],
    ['of one tenant', true],
  ])(
    'two connections %s with the same contacts and addresses never touch or see each other',
    async (_, isOneTenant) => {
      const tenantId = await newTenant();
      const ours = await newStore(tenantId);
      const theirs = await newStore(isOneTenant ? tenantId : await newTenant());
      const runs = { ours: randomUUID(), theirs: randomUUID() };
      await theirs.tables.runs.start({ id: runs.theirs, isFirst: true, asksFirst: false, now: NOW });
      await ours.tables.runs.start({ id: runs.ours, isFirst: true, asksFirst: false, now: NOW });
      for (const [name, call] of Object.entries(everyCall(runs.theirs, 'of theirs'))) {
        if (name === 'bridges.count') break;
        await theirs.transact(call);
      }
      const before = await storedFor(theirs.scope, !isOneTenant);
      const tables = new Set(before.map((row) => row.split(' ')[0]));
      expect([...tables].sort()).toEqual(
        (await columnsOf())
          .filter(({ table }) => ![...WITHOUT_TENANT, ...OF_TENANT, 'secrets'].includes(table))
          .map(({ table }) => table)
          .filter((table) => !isOneTenant || table !== 'consent_records'),
      );

      for (const runId of [runs.theirs, runs.ours]) {
        for (const [name, call] of Object.entries(everyCall(runId, 'of ours'))) {
          if (name === 'connection.remove' && runId === runs.theirs) continue;
          const answer = await ours.transact(call);
          if (!isOneTenant || !name.startsWith('consent.')) {
            expect(JSON.stringify(answer ?? null), name).not.toContain('of theirs');
          }
          expect(await storedFor(theirs.scope, !isOneTenant), name).toEqual(before);
        }
      }
      // The journal alone outlives a connection.
      expect((await storedFor(ours.scope, false)).filter((row) => !row.startsWith('journal '))).toEqual([]);
    },
  );

  test('F5, R15: one connection of a tenant alone may create a contact, until it is known what became of it', async () => {
    const tenantId = await newTenant();
    const planned = async (of: string) => {
      const store = await newStore(of);
      const runId = randomUUID();
      await store.tables.runs.start({ id: runId, isFirst: true, asksFirst: false, now: NOW });
      await store.tables.plan(runId).add([{ kind: 'create-contact', email: ADA, fields: base('').fields, tags: [] }]);
      const [row] = await store.tables.plan(runId).byAddresses([ADA]);
      const ids = [row?.id ?? 0];
      const claim = (now: number) =>
        store.transact((tables) => tables.creations.claim(runId, ids, { now, since: now - 1_000 }));
      return { store, plan: store.tables.plan(runId), ids, claim };
    };
    const [one, other] = [await planned(tenantId), await planned(tenantId)];
    expect(await one.claim(NOW)).toEqual(one.ids);
    // Nothing was asked for yet: whoever died on the way there begins again.
    expect(await one.claim(NOW + 1)).toEqual(one.ids);
    expect(await other.claim(NOW + 2)).toEqual([]);
    expect(await (await planned(await newTenant())).claim(NOW + 2)).toHaveLength(1);
    await one.plan.mark(one.ids, 'sent', NOW + 3);
    for (const { claim } of [one, other]) expect(await claim(NOW + 4)).toEqual([]);
    await one.plan.mark(one.ids, 'dropped', NOW + 5);
    expect(await other.claim(NOW + 6)).toEqual([]);
    expect([...(await other.store.tables.creations.unanswered([ADA], NOW))]).toEqual([[ADA, NOW + 3]]);
    expect(await other.claim(NOW + 1_003)).toEqual(other.ids);
    await other.plan.mark(other.ids, 'done', NOW + 1_004);
    expect((await other.store.tables.creations.unanswered([ADA], NOW + 100)).size).toBe(0);
  });

  test('a page of contacts or members with characters that no database holds is stored without them', async () => {
    const { tables } = await newStore(await newTenant());
    const strange = 'A\0d\ud83da\udc00 \\u0000 😀';
    const held = 'Ad\ufffda\ufffd \\u0000 😀';
    await tables.contacts.observe('run', [contact('1', ADA, strange), contact('2', GRACE, 'Grace')], READ);
    await tables.members.observe('run', [member(ADA, strange)]);
    await tables.refusedTags.save(strange, strange);
    await tables.journal.write('journal.run_failed', { cause: strange }, NOW);
    const [person] = await tables.people.load([ADA]);
    expect(person?.contacts[0]?.fields.firstName).toBe(held);
    expect(person?.member?.fields.firstName).toBe(held);
    expect(await tables.contacts.count()).toBe(2);
    expect(await tables.refusedTags.all()).toEqual([{ name: held, folded: held }]);
    expect((await tables.journal.page(undefined))[0]?.params).toEqual({ cause: held });
    await tables.contacts.observe('run', [contact('1', ADA, strange)], READ);
    expect(await tables.contacts.samples()).toEqual({ firstName: held });
  });

  test('a webhook with a NUL is stored without it (F1)', async () => {
    const { tables, scope } = await newStore(await newTenant());
    await tables.events.save([{ contentType: 'text/plain', body: 'type=unsubscribe\0&data=ä\ud83d', receivedAt: NOW }]);
    const { rows } = await sql`select body from provider_events
      where connection_id = ${scope.connectionId}`.execute(database.db);
    expect(rows).toEqual([{ body: 'type=unsubscribe&data=ä\ufffd' }]);
  });

  test('who comes twice in one page is stored once, as read last', async () => {
    const { tables } = await newStore(await newTenant());
    await tables.contacts.observe('run', [contact('1', GRACE, 'first'), contact('1', ADA, 'second')], READ);
    await tables.members.observe('run', [member(ADA, 'first'), member(ADA, 'second')]);
    await tables.links.save([
      { contactId: '1', emailKey: GRACE, base: base('first') },
      { contactId: '1', emailKey: ADA, base: base('second') },
    ]);
    await tables.refusals.save([
      { emailKey: ADA, reason: 'plan_limit', words: 'first', isPermanent: false },
      { emailKey: ADA, reason: 'compliance', words: 'second', isPermanent: true },
    ]);
    const [person] = await tables.people.load([ADA]);
    expect(person).toMatchObject({
      contacts: [{ fields: { firstName: 'second' }, base: { fields: { firstName: 'second' } } }],
      member: { fields: { firstName: 'second' } },
      refusal: { words: 'second' },
    });
  });

  test('of two lanes that agree on the same about somebody, one is told that it has turned (M25)', async () => {
    const { tables } = await newStore(await newTenant());
    const save = () => tables.links.save([{ contactId: '1', emailKey: ADA, base: base('agreed') }]);
    const told = await Promise.all([save(), save()]);
    expect(told.flatMap(({ changed }) => [...changed])).toEqual(['1']);
  });

  test('one run at a time is open, and what is over is changed by nobody', async () => {
    const { tables } = await newStore(await newTenant());
    const first = { id: randomUUID(), isFirst: true, asksFirst: false, now: NOW };
    const starts = await Promise.all([
      tables.runs.start(first),
      tables.runs.start({ ...first, id: randomUUID() }),
      tables.runs.start({ ...first, id: randomUUID() }),
    ]);
    expect(starts.filter(Boolean)).toHaveLength(1);
    const run = await tables.runs.open();
    if (!run) throw new Error('one of them is open');
    expect(run).toMatchObject({ startedAt: AT, isFirst: true, phase: 'reading-contacts', notBefore: null });
    expect(await tables.runs.finish(run.id, 'cancelled', NOW)).toBe(true);
    expect(await tables.runs.finish(run.id, 'succeeded', NOW)).toBe(false);
    expect(await tables.runs.approve(run.id, NOW)).toBe(false);
    await tables.runs.wait(run.id, notice('late'), NOW);
    await tables.runs.progress(run.id, { cursor: {}, done: 1, total: 1 });
    await tables.runs.enterPhase(run.id, 'executing', NOW);
    await tables.runs.ask(run.id, 'brake');
    expect(await tables.runs.get(run.id)).toMatchObject({ state: 'cancelled', done: 0, phase: 'reading-contacts' });
  });

  test('the work that is due is what is open, waits for nobody and whose time has come', async () => {
    const tenantId = await newTenant();
    const due = async (now: number) => (await lanesWithWork(database.db, now)).map(({ connectionId }) => connectionId);
    const [running, asking, waiting, finished] = await Promise.all(Array.from({ length: 4 }, () => newStore(tenantId)));
    for (const store of [running, asking, waiting, finished]) {
      await store?.tables.runs.start({ id: store.scope.connectionId, isFirst: true, asksFirst: false, now: NOW });
    }
    await asking?.tables.runs.ask(asking.scope.connectionId, 'brake');
    await waiting?.tables.runs.wait(waiting.scope.connectionId, notice('later'), NOW + 1_000);
    await finished?.tables.runs.finish(finished.scope.connectionId, 'succeeded', NOW);
    expect(await due(NOW + 999)).toEqual([running?.scope.connectionId]);
    expect((await due(NOW + 1_000)).sort()).toEqual([running?.scope.connectionId, waiting?.scope.connectionId].sort());
  });

  test('a worker whose lane was taken commits nothing more (F9)', async () => {
    const tenantId = await newTenant();
    const { scope, tables } = await newStore(tenantId);
    const worker = async () =>
      createStore(database, scope, consentHash(box, tenantId), await tables.connection.takeLane());
    const old = await worker();
    await old.assertOwned();
    const write = (store: Store) => store.transact((own) => own.refusedTags.save('Owner', 'owner'));
    const newer = await worker();
    await expect(write(old)).rejects.toThrow(LaneLostError);
    await expect(old.assertOwned()).rejects.toThrow(LaneLostError);
    expect(await tables.refusedTags.all()).toEqual([]);
    await write(newer);
    await newer.assertOwned();
    expect(await tables.refusedTags.all()).toHaveLength(1);
    await tables.connection.remove();
    await expect(write(newer)).rejects.toThrow(LaneLostError);
    await expect(tables.connection.takeLane()).rejects.toThrow(LaneLostError);
  });
});

describe('locks on postgres', () => {
  let opened: OpenDatabase;
  let database: Database;
  let stores: Store[] = [];
  beforeAll(async () => {
    opened = await openMigrated('postgres');
    database = opened.database;
    const tenantId = randomUUID();
    await connections(database.db).addTenant(tenantId, 'Test', NOW);
    stores = await Promise.all(
      [1, 2].map(async () => {
        const row = draftConnection(tenantId);
        await connections(database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
        const scope = { tenantId, connectionId: row.id };
        const open = createStore(database, scope, consentHash(box, tenantId));
        return createStore(database, scope, consentHash(box, tenantId), await open.tables.connection.takeLane());
      }),
    );
  });
  afterAll(() => opened.close());

  test('a webhook is stored while a worker of the same connection is in a transaction (F1)', async () => {
    const [store] = stores;
    await store?.transact(async () => {
      await store.tables.events.save([{ contentType: 'text/plain', body: 'while open', receivedAt: NOW }]);
    });
    const { rows } = await sql`select body from provider_events`.execute(database.db);
    expect(rows).toEqual([{ body: 'while open' }]);
  });

  test('two connections of a tenant that store rows and then book consent do not lock each other up', async () => {
    const append = everyCall('run', 'mark')['consent.append'];
    let stored = 0;
    const bothStored = Promise.withResolvers<void>();
    await Promise.all(
      stores.map((store) =>
        store.transact(async (tables) => {
          await tables.contacts.observe('run', [contact('1', ADA, 'mark')], READ);
          stored += 1;
          if (stored === stores.length) bothStored.resolve();
          await bothStored.promise;
          await append?.(tables);
        }),
      ),
    );
    const { rows } = await sql<{ count: number }>`select count(*) from consent_records`.execute(database.db);
    expect(rows[0]?.count).toBe(2);
  });
});

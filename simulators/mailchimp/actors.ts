import type { Audience, Cause, Member, MergeValue } from './entities.ts';
import { complainByPerson, unsubscribeByPerson } from './leaving.ts';
import {
  addMember,
  changeAddress,
  deleteTag,
  ensureTag,
  findTag,
  fireProfile,
  forgetMember,
  putTag,
  renameTag,
  setMergeFields,
  setStatus,
  takeTag,
} from './membership.ts';
import { readMergeFields } from './merge-rules.ts';
import { causedBy, now, type World } from './world.ts';

/** Merge fields by tag, as people type them. */
export type TypedFields = Record<string, unknown>;

/** What subscribers do. Audiences go by id or name, members by address. Unknown ones throw. */
export type PersonActor = {
  /** signs up through the hosted form; `pending` if the audience has double opt-in */
  subscribe(listId: string, form: { email: string; mergeFields?: TypedFields }): Member;
  /** clicks "unsubscribe" in a mail */
  unsubscribe(listId: string, email: string, more?: { campaignId?: string }): void;
  changeAddress(listId: string, from: string, to: string): void;
  /** edits his own profile */
  editProfile(listId: string, email: string, mergeFields: TypedFields): void;
  /** reports spam */
  complain(listId: string, email: string, more?: { campaignId?: string }): void;
  /** clicks the link of a confirmation mail */
  confirm(listId: string, email: string): void;
};

/** What the agency does in Mailchimp's own pages. */
export type AdminActor = {
  addMember(
    listId: string,
    member: { email: string; mergeFields?: TypedFields; tags?: string[]; status?: 'subscribed' | 'transactional' },
  ): Member;
  /** adds many at once; fires one `subscribe` each unless told to be silent */
  importMembers(listId: string, emails: readonly string[], more?: { silent?: boolean }): void;
  subscribe(listId: string, email: string): void;
  unsubscribe(listId: string, email: string): void;
  archive(listId: string, email: string): void;
  /** archives all contacts; no webhooks unless the switch `archiveAllEvents` says so */
  archiveAll(listId: string): number;
  deletePermanently(listId: string, email: string): void;
  changeAddress(listId: string, from: string, to: string): void;
  editProfile(listId: string, email: string, mergeFields: TypedFields): void;
  /** gives a member exactly these tags; fires no event, moves `last_changed` */
  setTags(listId: string, email: string, names: readonly string[]): void;
  renameTag(listId: string, from: string, to: string): void;
  deleteTag(listId: string, name: string): void;
};

/** Builds the people who use Mailchimp without the API. */
export function createActors(world: World): { person: PersonActor; admin: AdminActor } {
  const { store } = world;
  const known = (listId: string, email: string): { list: Audience; member: Member } => {
    const list = store.list(listId);
    const member = list.members.find(email);
    if (!member) throw new Error(`${email} is not on the audience ${list.name}`);
    return { list, member };
  };
  const edit = (listId: string, email: string, mergeFields: TypedFields, cause: Cause): void => {
    const { list, member } = known(listId, email);
    if (setMergeFields(list, member, readTyped(list, mergeFields), cause.at)) fireProfile(world, list, member, cause);
  };
  const move = (listId: string, from: string, to: string, cause: Cause): void => {
    const { list, member } = known(listId, from);
    if (list.members.find(to)) throw new Error(`${to} is on the audience ${list.name} already`);
    changeAddress(world, list, member, to, cause);
  };
  const tagged = (list: Audience, name: string) => {
    const tag = findTag(list, name);
    if (!tag) throw new Error(`the audience ${list.name} has no tag ${name}`);
    return tag;
  };

  const person: PersonActor = {
    subscribe: (listId, { email, mergeFields = {} }) => {
      const list = store.list(listId);
      const cause = causedBy(world, 'person');
      const status = list.doubleOptin ? 'pending' : 'subscribed';
      const values = readTyped(list, mergeFields);
      const member = list.members.find(email);
      if (!member) return addMember(world, list, { emailAddress: email, status, mergeFields: values }, cause);
      const edited = setMergeFields(list, member, values, cause.at);
      const raised = member.status !== 'subscribed' && setStatus(world, list, member, status, cause);
      if (raised) {
        member.timestampSignup = cause.at;
        member.ipSignup = cause.ip ?? '';
      } else if (edited) fireProfile(world, list, member, cause);
      return member;
    },
    unsubscribe: (listId, email, more = {}) => {
      const { list, member } = known(listId, email);
      unsubscribeByPerson(world, list, member, more);
    },
    changeAddress: (listId, from, to) => move(listId, from, to, causedBy(world, 'person')),
    editProfile: (listId, email, mergeFields) => edit(listId, email, mergeFields, causedBy(world, 'person')),
    complain: (listId, email, more = {}) => {
      const { list, member } = known(listId, email);
      complainByPerson(world, list, member, more);
    },
    confirm: (listId, email) => {
      const { list, member } = known(listId, email);
      if (member.status !== 'pending') return;
      const cause = causedBy(world, 'person');
      setStatus(world, list, member, 'subscribed', cause);
    },
  };

  const admin: AdminActor = {
    addMember: (listId, { email, mergeFields = {}, tags = [], status = 'subscribed' }) => {
      const list = store.list(listId);
      const cause = causedBy(world, 'admin');
      const values = readTyped(list, mergeFields);
      const existing = list.members.find(email);
      const member = existing ?? addMember(world, list, { emailAddress: email, status, mergeFields: values }, cause);
      if (existing) {
        setMergeFields(list, existing, values, cause.at);
        setStatus(world, list, existing, status, cause);
      }
      for (const name of tags) putTag(ensureTag(world, list, name, cause.at), member, cause.at);
      return member;
    },
    importMembers: (listId, emails, more = {}) => {
      const list = store.list(listId);
      const cause = causedBy(world, 'admin', more);
      for (const email of emails)
        if (!list.members.find(email))
          addMember(world, list, { emailAddress: email, status: 'subscribed', source: 'Import' }, cause);
    },
    subscribe: (listId, email) => {
      const { list, member } = known(listId, email);
      setStatus(world, list, member, 'subscribed', causedBy(world, 'admin'));
    },
    unsubscribe: (listId, email) => {
      const { list, member } = known(listId, email);
      setStatus(world, list, member, 'unsubscribed', causedBy(world, 'admin'));
    },
    archive: (listId, email) => {
      const { list, member } = known(listId, email);
      setStatus(world, list, member, 'archived', causedBy(world, 'admin'));
    },
    archiveAll: (listId) => {
      const list = store.list(listId);
      const cause = causedBy(world, 'admin', { silent: !world.switches.archiveAllEvents });
      const archived = [...list.members.all()].filter((member) => setStatus(world, list, member, 'archived', cause));
      return archived.length;
    },
    deletePermanently: (listId, email) => {
      const { list, member } = known(listId, email);
      forgetMember(world, list, member, causedBy(world, 'admin'));
    },
    changeAddress: (listId, from, to) => move(listId, from, to, causedBy(world, 'admin')),
    editProfile: (listId, email, mergeFields) => edit(listId, email, mergeFields, causedBy(world, 'admin')),
    setTags: (listId, email, names) => {
      const { list, member } = known(listId, email);
      const at = now(world);
      const tags = names.map((name) => ensureTag(world, list, name, at));
      for (const tag of tags) putTag(tag, member, at);
      for (const id of [...member.tags.keys()]) {
        const tag = list.tags.get(id);
        if (tag && !tags.includes(tag)) takeTag(tag, member, at);
      }
      list.members.touch(member, at);
    },
    renameTag: (listId, from, to) => {
      const list = store.list(listId);
      const tag = tagged(list, from);
      const taken = findTag(list, to);
      if (taken && taken !== tag) throw new Error(`the audience ${list.name} has a tag ${to} already`);
      renameTag(list, tag, to, now(world));
    },
    deleteTag: (listId, name) => {
      const list = store.list(listId);
      deleteTag(list, tagged(list, name));
    },
  };
  return { person, admin };
}

function readTyped(list: Audience, fields: TypedFields): Record<number, MergeValue> {
  const { values, errors } = readMergeFields(list, fields, {}, true);
  const [first] = errors;
  if (first) throw new Error(`${first.field}: ${first.message}`);
  return values;
}

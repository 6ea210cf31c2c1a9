/** Words for what the core names: reasons, operations, phases, states, fields. */
export const terms = {
  reasons: {
    not_readable: {
      label: 'No longer readable',
      sentence: 'The connector’s API user can no longer read this contact, or it was deleted in onOffice.',
      remedy: 'Give the API user read rights to the contact in onOffice.',
    },
    archived_contact: {
      label: 'Archived contact',
      sentence: 'The contact is archived in onOffice.',
      remedy: 'Make the contact active again if it is to receive the newsletter.',
    },
    private: {
      label: 'Private contact',
      sentence: 'The contact is marked as private in onOffice; private contacts are never transferred.',
      remedy: 'Remove the mark “Private” on the contact if it is to receive the newsletter.',
    },
    no_email: {
      label: 'No e-mail address',
      sentence: 'The contact has no main e-mail address.',
      remedy: 'Enter an e-mail address on the contact in onOffice.',
    },
    invalid_email: {
      label: 'Invalid e-mail address',
      sentence: 'The main e-mail address cannot be right, or the newsletter provider does not accept it.',
      remedy: 'Correct the address on the contact in onOffice.',
    },
    duplicate_email: {
      label: 'Address used twice',
      sentence: 'Another contact with Newsletter = Yes has the same address and receives the newsletter under it.',
      remedy: 'Nothing to do. To address both by name, give each contact an address of its own.',
    },
    conflicting_flags: {
      label: 'Conflicting Newsletter fields',
      sentence: 'Contacts with the same address disagree: one says Newsletter = Yes, another says No.',
      remedy: 'Set the Newsletter field of all contacts with this address to the same value.',
    },
    compliance: {
      label: 'Blocked for legal reasons',
      sentence: 'The newsletter provider blocks the address because the person left or complained.',
      remedy: 'Only the person can come back, through the provider’s sign-up form.',
    },
    opted_out: {
      label: 'Opted out',
      sentence: 'The person opted out of the newsletter, and no newer consent is on record.',
      remedy: 'Only a new consent brings the person back, for example through the sign-up form.',
    },
    bounced: {
      label: 'Undeliverable',
      sentence: 'Mails to this address came back for good (hard bounce).',
      remedy: 'Find out the person’s present address and enter it in onOffice.',
    },
    permanently_deleted: {
      label: 'Permanently deleted',
      sentence: 'The address was permanently deleted at the newsletter provider and cannot be added by us.',
      remedy: 'Only the person can come back, through the provider’s sign-up form.',
    },
    awaiting_confirmation: {
      label: 'Confirmation pending',
      sentence: 'The person has not yet clicked the link in the confirmation mail.',
      remedy: 'Nothing to do. As soon as the person confirms, he or she receives the newsletter.',
    },
    plan_limit: {
      label: 'Plan is full',
      sentence: 'Your plan at the newsletter provider has no room for more contacts.',
      remedy: 'Change the plan at the provider, or remove contacts there that you no longer need.',
    },
    rejected_by_provider: {
      label: 'Refused by the provider',
      sentence: 'The newsletter provider refused this contact; its own words are shown beside it.',
      remedy: 'Correct on the contact what the provider names. The next synchronisation tries again.',
    },
    held_by_brake: {
      label: 'Held by the safety brake',
      sentence: 'Unusually many changes came at once; they wait for your approval.',
      remedy: 'Look at the preview and approve or reject the changes.',
    },
    waiting: {
      label: 'In the queue',
      sentence: 'The contact is about to be transferred, or the provider has not finished processing it.',
      remedy: 'Nothing to do; look again in a few minutes.',
    },
    removed_at_provider: {
      label: 'Removed at the provider',
      sentence: 'The member was archived or removed at the newsletter provider, so we do not put it back.',
      remedy: 'If the person is to receive the newsletter, restore the member at the provider.',
    },
  },
  memberReasons: {
    member_of_private_contact: {
      label: 'Contact is private',
      sentence: 'The member belongs to a contact that is marked as private in onOffice.',
      remedy: 'Remove the mark “Private”, or take the member out at the provider.',
    },
    member_of_archived_contact: {
      label: 'Contact is archived',
      sentence: 'The member belongs to a contact that is archived in onOffice.',
      remedy: 'Make the contact active again, or take the member out at the provider.',
    },
    member_of_unreadable_contact: {
      label: 'Contact not readable',
      sentence: 'The member belongs to a contact that the connector’s API user cannot read.',
      remedy: 'Give the API user read rights to the contact in onOffice.',
    },
    member_of_pending_contact: {
      label: 'Newsletter = pending',
      sentence: 'The contact’s Newsletter field says that the confirmation is still pending.',
      remedy: 'Set the Newsletter field to Yes once the consent is there.',
    },
    member_of_undeliverable_contact: {
      label: 'Newsletter = undeliverable',
      sentence: 'The contact’s Newsletter field says that mails cannot be delivered.',
      remedy: 'Set the Newsletter field to Yes if the address works again.',
    },
    second_address: {
      label: 'Second address',
      sentence: 'The member is a further address of a contact whose other address already receives the newsletter.',
      remedy: 'Nothing to do, unless one of the two is to leave the audience.',
    },
    leaving: {
      label: 'Leaving',
      sentence: 'The member is about to be taken out of the audience.',
      remedy: 'Nothing to do; look again in a few minutes.',
    },
    arriving: {
      label: 'Arriving',
      sentence: 'The member signed up just now and is about to be entered in onOffice.',
      remedy: 'Nothing to do; look again in a few minutes.',
    },
    resubscribed_elsewhere: {
      label: 'Resubscribed by another program',
      sentence: 'The person had opted out, and another program set the member to subscribed again.',
      remedy: 'Check whether there is a new consent. If not, unsubscribe the member at the provider.',
    },
    unknown_member: {
      label: 'Not in onOffice',
      sentence: 'onOffice has no contact for this member.',
      remedy: 'A synchronisation creates the contact in onOffice.',
    },
  },
  operations: {
    'write-consent': { label: 'Newsletter field in onOffice', hint: 'onOffice learns what became of the consent' },
    'unsubscribe-member': { label: 'Unsubscribe at the provider', hint: 'onOffice says No, the provider still sends' },
    'move-member': { label: 'Move to a new address', hint: 'changed in onOffice; consent and tags go along' },
    'remove-member': { label: 'Take out of the audience', hint: 'archived, not deleted; can be undone' },
    'change-contact-address': {
      label: 'New address in onOffice',
      hint: 'changed at the provider; the old one stays as a further address',
    },
    'update-member': { label: 'Update names at the provider', hint: 'onOffice leads' },
    'tag-contact': { label: 'Set tags in onOffice', hint: 'tags found at the provider' },
    'tag-member': { label: 'Set tags at the provider', hint: 'newsletter tags of the contact' },
    'create-contact': { label: 'Create in onOffice', hint: 'members that onOffice does not know' },
    'raise-member': { label: 'Subscribe again', hint: 'archived members whose contact says Yes and who never left' },
    'add-member': { label: 'Add to the audience', hint: 'contacts with Newsletter = Yes' },
  },
  phases: {
    'reading-contacts': 'Reading contacts from onOffice',
    'reading-members': 'Reading members from the provider',
    planning: 'Comparing both sides',
    'awaiting-approval': 'Waiting for your approval',
    refreshing: 'Looking once more for changes',
    executing: 'Transferring changes',
    importing: 'Waiting for the provider’s import',
    checking: 'Checking the result',
    counting: 'Counting both sides',
  },
  runStates: {
    running: 'running',
    waiting: 'waiting',
    'awaiting-approval': 'waiting for approval',
    succeeded: 'finished',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  connectionStates: {
    draft: 'set-up not finished',
    ready: 'ready for the first synchronisation',
    active: 'active',
    attention: 'needs your attention',
    leaving: 'ending',
    disconnected: 'ended',
  },
  healthStates: { ok: 'working', waiting: 'waiting', failing: 'not working', unknown: 'not checked yet' },
  personFields: {
    salutation: 'Salutation',
    letterSalutation: 'Letter salutation',
    firstName: 'First name',
    lastName: 'Last name',
  },
  activities: {
    subscribed: { label: 'Subscribed', hint: 'always recorded' },
    unsubscribed: { label: 'Unsubscribed', hint: 'always recorded' },
    delivered: { label: 'Newsletter delivered', hint: 'as an e-mail activity with the campaign’s name' },
    opened: { label: 'Newsletter opened', hint: 'openings by mail programs themselves do not count' },
    clicked: { label: 'Link clicked', hint: 'with the link' },
    'hard-bounce': { label: 'Undeliverable (hard bounce)', hint: 'the address no longer works' },
  },
  providers: { mailchimp: 'Mailchimp', brevo: 'Brevo' },
  /** by the provider's word for it */
  plans: { monthly: 'Monthly', pay_as_you_go: 'Pay As You Go', forever_free: 'Free' },
  roles: { administrator: 'Administrator', editor: 'Editor', reader: 'Reader' },
} as const;

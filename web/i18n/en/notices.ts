import { vendorErrors } from './vendor-errors.ts';

/** Sentences for what the server and the outside systems report, by code. */
export const notices = {
  errors: {
    ...vendorErrors,
    'session.wrong_credentials': 'Name or password is wrong.',
    'session.required': 'You are not logged in, or your session has ended. Please log in again.',
    'session.forbidden': 'Your account may not do this. Ask an administrator.',
    'session.foreign_request':
      'This request did not come from this page and was refused. Reload the page and try again.',
    'session.rate_limited': 'Too many attempts. Please wait a minute and try again.',
    'marketplace.signature_invalid':
      'onOffice did not sign this call, or it was changed on its way. Close the window and open it from onOffice again.',
    'marketplace.call_outdated':
      'This call from onOffice is too old. Close the window and open it from onOffice again.',
    'marketplace.call_used':
      'This call from onOffice has been used already. Close the window and open it from onOffice again.',
    'marketplace.call_incomplete':
      'onOffice called without saying what is needed: {{field}}. Report it to whoever runs this service.',
    'marketplace.not_activated':
      'The service is not activated for this onOffice customer. An administrator activates it in the onOffice Marketplace.',
    'marketplace.activation_superseded': 'A newer activation has been finished meanwhile. Nothing has to be done here.',
    'marketplace.key_wrong':
      'onOffice does not accept this API key. Copy it once more from the field above, all of it.',
    'connection.keys_from_activation':
      'The keys of onOffice come from the activation in the Marketplace and are not entered here.',
    'operator.link_invalid':
      'This link is not valid any more. It works once only; the server prints a new one at its start as long as no account exists.',
    'connection.not_found': 'This connection does not exist any more.',
    'connection.audience_in_use': 'Another connection already uses this audience. Please choose a different one.',
    'connection.same_account':
      'These keys belong to another account than the one that is connected. Enter keys of the same account, or create a new connection.',
    'connection.provider_fixed':
      'This connection belongs to {{provider}}. Make a second connection for another provider.',
    'connection.not_ready': 'The set-up of this connection is not finished. Please complete it first.',
    'connection.twin':
      'Another copy of this installation, or another program, may be working on the audience. Take it over first.',
    'connection.not_stopped_as_twin': 'Nobody else is known to work on the audience: there is nothing to take over.',
    'provider.not_available': 'This provider cannot be connected yet. Please choose another one.',
    'tenant.not_found': 'There is no such customer.',
    'backup.already_running': 'A backup is being written already. Try again when it has ended.',
    'person.not_found': 'Neither side has such a person, and nothing is on record.',
    'campaign.not_found': 'No campaign with this id is known.',
    'contact.not_found': 'There is no such contact. It may not have been read yet.',
    'opt_in.person_missing': 'Please enter who gave the consent.',
    'opt_in.evidence_missing': 'Please enter how the consent was given: it is what you can prove it by.',
    'opt_in.in_future': 'The consent cannot have been given in the future.',
    'opt_in.before_opt_out':
      'The person opted out on {{optOutAt}} at the latest, which is later than this consent. Only a newer consent counts.',
    'opt_in.no_address': 'The contact has no usable e-mail address. Please enter one in onOffice first.',
    'connection.paused': 'The connection is paused. Let it go on first.',
    'going_back.restore': 'A backup was restored.',
    'going_back.long_pause': 'The connector was not running for more than a day.',
    'going_back.older_database': 'An earlier database was put in place of the one that was in use.',
    'going_back.taken_over': 'This copy of the data has taken the audience over.',
    'twin.other_installation': 'The database belongs to another installation.',
    'twin.copied': 'The database lies elsewhere than before: it was copied or moved.',
    'twin.foreign_hook': 'Another installation, or onOffice’s own newsletter connector, looks after this audience.',
    'twin.unknown_mark': 'Another copy of this installation is working on the audience, or was.',
    'connection.disconnected': 'This connection has ended. Connect the audience again to go on.',
    'connection.leave_not_possible':
      'Nobody can be taken out of the audience at the moment: the connection needs your attention first. You can disconnect and leave the audience as it is.',
    'settings.audience_was_connected':
      'This audience was connected before, and its records belong to that connection. Remove this unfinished one and choose the audience in the first step of a new set-up.',
    'erasure.raise_on_its_way':
      'A subscription of this person is on its way to the provider. Please try again in a few minutes.',
    'erasure.refused':
      'The provider refused to unsubscribe the person, so nothing was erased. Please try again, or see to it there.',
    'tenant.name_differs': 'The name does not match. Nothing was deleted; enter it exactly: {{name}}.',
    'operator.not_found': 'This account does not exist any more.',
    'operator.name_taken': 'Somebody has this name already. Choose another one.',
    'operator.last_administrator': 'At least one account has to administer. Make somebody else an administrator first.',
    'operator.own_account': 'You cannot remove your own account. Ask another administrator.',
    'operator.wrong_password': 'The current password is wrong.',
    'settings.out_of_range':
      'This number does not fit ({{field}}): it may be from {{least, number}} to {{most, number}}.',
    'run.not_found': 'This synchronisation does not exist any more.',
    'run.already_running': 'A synchronisation is already running.',
    'run.not_waiting': 'This synchronisation is not waiting for an approval (any more).',
    'run.preview_outdated': 'Too much has changed since this preview. Please have it made anew.',
    'tag.not_asked': 'This tag does not wait for an answer any more.',
    'tag.answer_impossible': 'This question does not take this answer. Please choose one of those that are offered.',
    'settings.field_unknown': 'The provider does not have the chosen field any more. Please choose another one.',
    'settings.field_used_twice':
      'Two fields of the contact point to the same provider field. Please choose different ones.',
    'settings.audience_unknown': 'The provider does not have the chosen audience any more. Please choose another one.',
    'settings.audience_fixed':
      'The audience of a connection cannot be changed any more. Create a new connection for another audience.',
    'settings.activity_not_told': 'This provider does not report one of the chosen activities.',
    'settings.consent_not_permitted':
      'Your onOffice does not permit this value of the Newsletter field. Please choose the other one.',
    'input.too_large': 'That is too much at once for the server.',
    'input.invalid': 'This entry cannot be used: {{field}}.',
    internal: 'Something went wrong on our side. Nothing was changed; please try again.',
    not_found: 'There is nothing at this address.',
    network: 'The connector cannot be reached. Check your network connection and try again.',
    foreign_hook:
      'Another installation, or onOffice’s own newsletter connector, already looks after this audience. Switch it off there first, so that two programs do not work against each other; or take the audience over.',
    'webhook.unreachable':
      'The provider cannot reach this server’s address. Changes there are read by the next synchronisation. Check the public address in the server’s configuration.',
    'webhook.local_address':
      'This server runs under an address of this computer only, so the provider cannot report changes. They are read by the next synchronisation.',
    'webhook.missing':
      'Our webhook is not there at the provider any more. What happens there is noticed only when it is read.',
    'webhook.wrong_url':
      'Our webhook at the provider points to another address ({{host}}). If a second copy of this installation runs there, stop it; otherwise have the webhook repaired.',
    'webhook.events_missing': 'The provider does not report everything that it should; what is missing',
    'webhook.sources_missing':
      'The webhook at the provider is switched off for what people or administrators do, so opt-outs are not reported.',
    'webhook.listens_to_programs':
      'The webhook also reports what programs do through the provider’s API. That looks as if people had done it.',
    'webhook.doubled': 'The webhook is there {{count, number}} times, so that everything is reported more than once.',
    'webhook.foreign':
      'Another installation, or onOffice’s own newsletter connector, has a webhook here too ({{host}}). Switch it off there, so that two programs do not work against each other.',
  },
  journal: {
    'journal.run_started': 'Synchronisation started',
    'journal.run_finished': 'Synchronisation finished',
    'journal.run_failed': 'Synchronisation failed',
    'journal.run_cancelled': 'Synchronisation cancelled',
    'journal.approved': 'Synchronisation approved',
    'journal.connection_created': 'Connection created',
    'journal.disconnected': 'Connection ended',
    'journal.disconnected_hook_left':
      'Connection ended; our webhook could not be removed at the provider. Please delete it there.',
    'journal.leaving': 'The connection is ending; members to be taken out of the audience: {{count, number}}',
    'journal.left':
      'Members taken out of the audience: {{count, number}}; refused by the provider: {{refused, number}}',
    'journal.connected_again': 'Connected again; what was known stays',
    'journal.person_erased': 'A person’s data were erased on request',
    'journal.settings_saved': 'Settings saved',
    'journal.webhook_created': 'Webhook created at the provider',
    'journal.webhook_repaired': 'Webhook repaired at the provider',
    'journal.keys_renewed': 'Access data replaced',
    'journal.refused': 'A change was refused',
    'journal.opt_out_refused':
      'Opt-outs that the other side refused: {{count, number}}. The next synchronisation tries them again.',
    'journal.changes_carried_out': 'Changes carried out',
    'journal.recovered': 'Changes found without a webhook, by asking the provider: {{count, number}}',
    'journal.nightly_started': 'Nightly comparison of both sides started',
    'journal.held_by_brake':
      'Unusually many changes at once: {{count, number}} were held. Look at what waits for your answer.',
    'journal.tried_again': 'Tried again, contacts: {{count, number}}',
    'journal.held_decided':
      'Held changes answered: {{count, number}} × “$t(operations.{{kind}}.label)”, $t(held.answered.{{decision}})',
    'journal.paused': 'Background synchronisation paused; opt-outs go on',
    'journal.unpaused': 'Background synchronisation goes on',
    'journal.events_not_understood':
      'Webhooks that were not understood: {{count, number}}. What they told is found by asking.',
    'journal.events_failed': 'Webhooks could not be applied. They are kept and tried again in five minutes.',
    'journal.activities_failed': 'Activities could not be brought up to date. It is tried again in five minutes.',
    'journal.activities_refused': 'onOffice does not accept activities. They wait and are tried again every hour.',
    'journal.poll_failed': 'Reading changes failed. It is tried again in five minutes.',
    'journal.resumed': 'The connection goes on',
    'journal.tag_refused': 'onOffice refused the newsletter tag “{{tag}}”. Create it there yourself.',
    'journal.tag_renamed_at_provider': 'Tag “{{from}}” renamed to “{{to}}” at the provider, as in onOffice',
    'journal.tag_renamed_in_crm': 'Tag “{{from}}” renamed to “{{to}}” in onOffice, as at the provider',
    'journal.tag_rename_refused_by_crm':
      'onOffice did not permit renaming the tag “{{from}}” to “{{to}}”. It keeps two names and stays one tag; rename it there yourself.',
    'journal.tag_rename_refused_by_provider':
      'The provider refused to rename the tag “{{from}}” to “{{to}}”. It keeps two names and stays one tag.',
    'journal.tag_name_taken':
      'The tag “{{tag}}” could not be renamed to “{{wanted}}”: another tag has that name. It keeps two names until you rename one of them.',
    'journal.tag_deleted_in_crm':
      'The tag “{{tag}}” was deleted in onOffice. It stays at the provider until you have said what shall become of it.',
    'journal.tag_deleted_at_provider':
      'The tag “{{tag}}” was deleted at the provider. It stays in onOffice until you have said what shall become of it.',
    'journal.tag_to_be_deleted': 'Tag “{{tag}}” is to be deleted on the other side too',
    'journal.tag_to_be_created': 'Tag “{{tag}}” is to be created again',
    'journal.tag_kept': 'Tag “{{tag}}” stays as it is',
    'journal.tag_answer_refused':
      'What was decided about the tag “{{tag}}” could not be carried out: the other side refused it. Please decide again.',
    'journal.went_back':
      'The stored data went back in time. Everything is read anew, and nothing is written before you have approved it',
    'journal.taken_over': 'The audience was taken over by this installation',
    'journal.twin': 'Stopped until an administrator takes the audience over',
    'journal.bridge_broken': 'The numbers of both sides do not add up. The next synchronisation counts anew.',
    'journal.connection_attention': 'The connection needs your attention',
    'journal.consent_record_head':
      'Consent record checked: {{records, number}} entries, all whole; it ends with {{head}}',
    'journal.consent_record_broken':
      'The consent record has been tampered with: entry {{number}} does not fit. Run “newsletter-connector consent verify”.',
  },
  /** counts that a journal entry carries, by the name of its parameter */
  journalCounts: {
    added: 'added: {{count, number}}',
    updated: 'updated: {{count, number}}',
    optOuts: 'opt-outs: {{count, number}}',
    created: 'created: {{count, number}}',
    takenOut: 'taken out: {{count, number}}',
    refused: 'refused: {{count, number}}',
    heldBack: 'held back: {{count, number}}',
  },
  /** what a webhook reports, as a list behind a sentence */
  webhookTopics: {
    subscribed: 'sign-ups',
    unsubscribed: 'opt-outs',
    complained: 'spam complaints',
    bounced: 'dead addresses',
    removed: 'deleted contacts',
    edited: 'changes of contacts',
    'address-changed': 'new e-mail addresses',
    campaign: 'campaigns that were sent',
    delivered: 'deliveries',
    opened: 'openings',
    clicked: 'clicks',
    'soft-bounce': 'temporary delivery failures',
  },
  vendorWords: 'Message in its own words: “{{words}}”',
  noticeUnknown: 'Unexpected message ({{code}}).',
} as const;

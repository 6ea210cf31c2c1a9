/**
 * English sentences by code, for callers of the API without the page's dictionaries. Each says what is wrong and what to do.
 * `{name}` is filled from the error's parameters.
 */
const TEXTS: Readonly<Record<string, string>> = {
  internal: 'Something went wrong on our side. Nothing was changed; please try again.',
  not_found: 'There is nothing under this address.',
  'input.invalid': 'This entry cannot be used: {field}.',
  'input.too_large': 'The request is too large.',
  'session.required': 'You are not logged in, or your session has ended. Please log in.',
  'session.forbidden': 'Your account may not do this. Ask an administrator.',
  'session.foreign_request':
    'The request does not come from the page: the header "x-requested-with: newsletter-connector" is missing.',
  'session.wrong_credentials': 'Name or password is wrong.',
  'session.rate_limited': 'Too many attempts. Please wait a minute and try again.',
  'marketplace.signature_invalid':
    'onOffice did not sign this call, or it was changed on its way. Close the window and open it from onOffice again.',
  'marketplace.call_outdated': 'This call from onOffice is too old. Close the window and open it from onOffice again.',
  'marketplace.call_used':
    'This call from onOffice has been used already. Close the window and open it from onOffice again.',
  'marketplace.call_incomplete':
    'onOffice called without saying what is needed: {field}. Report it to whoever runs this service.',
  'marketplace.not_activated':
    'The service is not activated for this onOffice customer. An administrator activates it in the onOffice Marketplace.',
  'marketplace.activation_superseded': 'A newer activation has been finished meanwhile. Nothing has to be done here.',
  'marketplace.key_wrong': 'onOffice does not accept this API key. Copy it once more from the field above, all of it.',
  'connection.keys_from_activation':
    'The keys of onOffice come from the activation in the Marketplace and are not entered here.',
  'operator.link_invalid':
    'This link is not valid any more. The server prints a new one at its start as long as no account exists.',
  'connection.not_found': 'This connection does not exist (any more).',
  'connection.audience_in_use': 'Another connection already uses this audience. Choose a different one.',
  'connection.same_account':
    'These keys belong to another account than the one that is connected. Enter keys of the same account, or make a new connection.',
  'connection.provider_fixed':
    'This connection belongs to {provider}. Make a second connection for another newsletter tool.',
  'connection.not_ready':
    'The connection is not ready: complete its set-up, or renew its keys where it needs attention.',
  'connection.paused': 'The connection is paused: let it go on first.',
  'provider.not_available': 'This program cannot connect this newsletter tool yet. Choose another one.',
  'tenant.not_found': 'There is no such tenant. "consent verify" without --tenant shows them all.',
  'backup.already_running': 'A backup is being written already. Try again when it has ended.',
  'person.not_found': 'Neither side has such a person, and nothing is on record.',
  'campaign.not_found': 'No campaign with this id is known.',
  'contact.not_found': 'There is no such contact. It may not have been read yet.',
  'opt_in.person_missing': 'Enter who gave the consent.',
  'opt_in.evidence_missing': 'Enter how the consent was given: it is what you can prove it by.',
  'opt_in.in_future': 'The consent cannot have been given in the future.',
  'opt_in.before_opt_out':
    'The person opted out on {optOutAt} at the latest, which is later than this consent. Only a newer consent counts.',
  'opt_in.no_address': 'The contact has no usable e-mail address. Enter one in onOffice first.',
  'connection.twin':
    'Another copy of this installation, or another program, may be working on the audience. Take it over first.',
  'connection.not_stopped_as_twin': 'Nobody else is known to work on the audience: there is nothing to take over.',
  'going_back.restore': 'A backup was restored.',
  'going_back.long_pause': 'The database was last in use more than a day ago.',
  'going_back.older_database': 'The database is older than its data folder: an earlier one was put in its place.',
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
  'tenant.name_differs': 'The name does not match. Nothing was deleted; enter it exactly: {name}.',
  'operator.not_found': 'This account does not exist (any more).',
  'operator.name_taken': 'Somebody has this name already. Choose another one.',
  'operator.last_administrator': 'At least one account has to administer. Make somebody else an administrator first.',
  'operator.own_account': 'You cannot remove your own account. Ask another administrator.',
  'operator.wrong_password': 'The current password is wrong.',
  'settings.out_of_range': 'This number does not fit ({field}): it may be from {least} to {most}.',
  'run.not_found': 'This synchronisation does not exist.',
  'run.already_running': 'A synchronisation is already running.',
  'run.not_waiting': 'This synchronisation is not waiting for an approval (any more).',
  'tag.not_asked': 'Nobody is asked about this tag (any more).',
  'tag.answer_impossible': 'This question does not take this answer. Choose one of those that are offered.',
  'settings.audience_unknown': 'The chosen audience does not exist at the provider (any more). Choose another one.',
  'settings.audience_fixed':
    'The audience cannot be changed once the first synchronisation was started. Make a new connection for the other audience.',
  'settings.field_unknown': 'The provider does not have the chosen field. Choose another one.',
  'settings.field_used_twice': 'Two fields of the contact point to the same provider field. Choose different ones.',
  'settings.activity_not_told': 'This newsletter tool does not tell one of the chosen activities.',
  'settings.consent_not_permitted':
    'The customer’s onOffice does not permit this value of the Newsletter field. Choose the other one.',
  foreign_hook:
    'Another installation, or onOffice’s own newsletter connector, looks after this audience. Switch it off there first.',
  'webhook.unreachable':
    'The provider cannot reach this server’s address. Check the public address in the server’s configuration.',
  'webhook.local_address':
    'This server runs under an address of this computer only, so the provider cannot report changes.',
  'onoffice.credentials_invalid':
    'onOffice does not accept the token and secret. Check both; the secret is shown only once, when the API user is made.',
  'onoffice.credentials_swapped': 'Token and secret are swapped: the token has 32 characters, the secret 64.',
  'onoffice.user_inactive': 'The API user is not active in onOffice. Activate it, or use another one.',
  'onoffice.claim_outdated':
    'The permission under which the connector works in onOffice has expired. An administrator opens the Newsletter Connector once in onOffice; then everything goes on by itself.',
  'onoffice.no_read_right': 'The API user may not read contacts. Give it the right in onOffice.',
  'onoffice.no_write_right': 'The API user may not change contacts. Give it the right in onOffice.',
  'onoffice.tag_creation_refused': 'The API user may not create newsletter tags. Give it the right in onOffice.',
  'onoffice.tag_change_refused':
    'The API user may not rename or delete newsletter tags. Give it the right in onOffice.',
  'onoffice.call_not_allowed': 'onOffice does not allow the API user this call. Check its rights.',
  'onoffice.clock_skew': 'The clock of this server differs from onOffice’s. Set it, best by time synchronisation.',
  'onoffice.ip_blocked': 'onOffice blocks the address of this server. Allow it for the API user.',
  'onoffice.field_inactive':
    'A field that the connector needs is not active in onOffice: {words}. Activate it in the field administration.',
  'onoffice.field_missing':
    'A field that the connector needs is missing in onOffice: {words}. Activate it in the field administration.',
  'onoffice.value_not_permitted': 'onOffice does not permit a value: {words}.',
  'onoffice.rate_limited': 'onOffice asks us to wait. It goes on by itself; see the status page.',
  'onoffice.unavailable': 'onOffice does not answer at the moment. Please try again later; see the status page.',
  'onoffice.unexpected_response':
    'onOffice answered something unexpected. Please try again later; see the status page.',
  'brevo.key_missing': 'No Brevo API key was sent.',
  'brevo.key_invalid':
    'Brevo does not accept this API key; it may be wrong, expired or switched off. Create a new one under Settings → SMTP & API → API Keys.',
  'brevo.ip_blocked':
    "Brevo blocks this server's IP address. Allow it in Brevo under Settings → Security → Authorised IPs; the key itself is fine.",
  'brevo.no_permission': 'This key may not do that. Give it all rights to account, contacts, webhooks and processes.',
  'brevo.account_under_validation': 'Brevo is still validating this account. Please try again later.',
  'brevo.audience_refused': 'Brevo refused to create the list. Please choose an existing one.',
  'brevo.audience_gone': 'The list does not exist in Brevo any more. Please choose another one in the settings.',
  'brevo.field_refused': 'Brevo refused to create a contact attribute. Please create it there or map another one.',
  'brevo.webhook_limit': 'Brevo allows 40 webhooks. Please delete one that is not needed.',
  'brevo.contact_exists': 'Brevo already has a contact with this address.',
  'brevo.contact_busy': 'Brevo is still saving this contact; we try again.',
  'brevo.invalid_email': 'Brevo does not accept this e-mail address. Please correct it on the contact.',
  'brevo.plan_limit': 'The limit of the Brevo plan is reached. Change the plan or remove contacts.',
  'brevo.rejected': 'Brevo refused this record.',
  'brevo.not_found': 'Brevo does not know what was asked for (any more).',
  'brevo.method_not_allowed': 'Brevo does not allow this for this record.',
  'brevo.import_running': 'Brevo is working on the import; this can take up to 30 minutes. It goes on by itself.',
  'brevo.rate_limited': "Brevo's limit of calls is used up; we go on as soon as it allows.",
  'brevo.unavailable': 'Brevo cannot be reached at the moment. We try again by ourselves.',
  'brevo.unexpected_response': 'Brevo sent an answer that we do not understand. We try again by ourselves.',
  'mailchimp.key_malformed':
    'This is no Mailchimp API key: it ends with the data centre, for example “-us21”. Copy the whole key.',
  'mailchimp.key_invalid': 'Mailchimp does not accept the API key. It is wrong or was revoked; make a new one.',
  'mailchimp.wrong_data_center':
    'The API key’s ending names another data centre than the account’s. Copy the whole key again.',
  'mailchimp.account_disabled':
    'The Mailchimp account or the user of this key is disabled. Clear this up with Mailchimp.',
  'mailchimp.forbidden': 'The API key may not do this. Use a key of a user with the role Manager or higher.',
  'mailchimp.no_room_for_audience':
    'The Mailchimp plan has no room for another audience. Choose an existing one, or change the plan.',
  'mailchimp.audience_refused':
    'Mailchimp refused the new audience: {words}. Complete the contact details of the account.',
  'mailchimp.audience_gone': 'The audience does not exist at Mailchimp any more.',
  'mailchimp.field_refused': 'Mailchimp refused a new field of the audience: {words}.',
  'mailchimp.rate_limited': 'Mailchimp asks us to wait. It goes on by itself; see the status page.',
  'mailchimp.unavailable': 'Mailchimp does not answer at the moment. Please try again later; see the status page.',
  'mailchimp.unexpected_response':
    'Mailchimp answered something unexpected. Please try again later; see the status page.',
  'onoffice.activity_kind_unknown': 'onOffice does not know a kind of activity that is to be written: {words}.',
  'onoffice.activation_expired': 'The activation in the onOffice Marketplace took too long. Start it again.',
  'onoffice.record_refused': 'onOffice refused the record: {words}.',
  'onoffice.email_refused': 'onOffice refused the e-mail address: {words}.',
  'onoffice.record_missing': 'The record does not exist in onOffice (any more).',
  'onoffice.sort_refused': 'onOffice refused to sort the contacts. Please report this.',
  'onoffice.too_many_actions': 'onOffice refused a request as too large. It is sent again in smaller parts.',
  'onoffice.request_invalid': 'onOffice did not understand a request: {words}. Please report this.',
  'onoffice.action_failed': 'onOffice reported an error: {words}.',
  'mailchimp.tag_gone': 'The tag does not exist at Mailchimp any more.',
  'mailchimp.tag_refused': 'Mailchimp refused the tag: {words}.',
  'mailchimp.plan_limit':
    'The Mailchimp plan has no room for more contacts. Change the plan, or remove contacts there.',
  'mailchimp.compliance':
    'Mailchimp blocks this address because the person left or complained. Only the person can come back.',
  'mailchimp.permanently_deleted': 'The address was permanently deleted at Mailchimp. Only the person can come back.',
  'mailchimp.invalid_email': 'Mailchimp does not accept the e-mail address: {words}.',
  'mailchimp.signup_limit':
    'Mailchimp refuses the address for now because it was signed up to many lists. It is tried again later.',
  'mailchimp.merge_fields_invalid': 'Mailchimp refused a field of the contact: {words}.',
  'mailchimp.member_exists': 'The address is a member of the audience already.',
  'mailchimp.rejected': 'Mailchimp refused the request: {words}.',
  'mailchimp.not_found': 'Mailchimp does not know what was asked for (any more).',
  'mailchimp.method_not_allowed': 'Mailchimp does not allow this call. Please report this.',
  'mailchimp.https_required':
    'Mailchimp is reached over HTTPS only. Correct its address in the server’s configuration.',
};

/** The English sentence of a code; a code without one is named as it is. */
export function errorText(code: string, params: Readonly<Record<string, string | number>>): string {
  const text = TEXTS[code] ?? `The request failed (${code}).`;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '?'));
}

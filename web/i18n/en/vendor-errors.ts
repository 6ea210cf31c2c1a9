/** Sentences for the codes of the adapters: what happened at the outside system, and what to do. */
export const vendorErrors = {
  'onoffice.credentials_invalid':
    'onOffice does not accept this token and secret. Copy both again from the API user in onOffice; they may have been replaced.',
  'onoffice.credentials_swapped': 'Token and secret seem to be swapped. Please exchange the two entries.',
  'onoffice.user_inactive': 'The API user is inactive in onOffice. Activate it, or use the token of another API user.',
  'onoffice.claim_outdated':
    'The permission under which the connector works in onOffice has expired. An administrator opens the Newsletter Connector once from the menu of onOffice; then everything goes on by itself.',
  'onoffice.no_read_right': 'The API user may not read contacts. Give it read rights to the contacts in onOffice.',
  'onoffice.no_write_right': 'The API user may not change contacts. Give it write access to the contacts in onOffice.',
  'onoffice.tag_creation_refused':
    'onOffice does not permit us to create newsletter tags. Create the tag in onOffice yourself.',
  'onoffice.tag_change_refused':
    'onOffice does not permit us to rename or delete newsletter tags. Do it in onOffice yourself.',
  'onoffice.call_not_allowed': 'onOffice does not permit the API user this call. Check its rights in onOffice.',
  'onoffice.clock_skew': 'The clock of this server is wrong, so onOffice refuses its calls. Set the server’s time.',
  'onoffice.ip_blocked':
    'onOffice does not accept calls from this server’s IP address. Permit the address for the API user in onOffice.',
  'onoffice.field_inactive':
    'A field that we need is switched off in onOffice. Activate it in the administration of fields.',
  'onoffice.field_missing':
    'A field that we need does not exist in your onOffice. Activate it, or choose another mapping.',
  'onoffice.value_not_permitted': 'Your onOffice does not permit the value that was to be written into this field.',
  'onoffice.activity_kind_unknown': 'Your onOffice does not have the kind of activity that was to be recorded.',
  'onoffice.activation_expired': 'The activation has taken too long. Start it again from the onOffice Marketplace.',
  'onoffice.rate_limited': 'Waiting for onOffice: it accepts no more calls for a moment. We go on by ourselves.',
  'onoffice.unavailable': 'Waiting for onOffice: it cannot be reached at the moment. We go on by ourselves.',
  'onoffice.record_refused': 'onOffice refused this contact.',
  'onoffice.email_refused': 'onOffice refused this e-mail address.',
  'onoffice.record_missing': 'onOffice does not have this contact any more.',
  'onoffice.sort_refused': 'onOffice refused the way in which we read contacts. Please report this.',
  'onoffice.too_many_actions': 'onOffice refused the size of our request. Please report this.',
  'onoffice.request_invalid': 'onOffice did not understand our request. Please report this.',
  'onoffice.action_failed': 'onOffice could not carry out our request. Try again; if it stays, please report it.',
  'onoffice.unexpected_response': 'onOffice gave an answer that we do not understand. Try again later.',
  'brevo.key_missing': 'No Brevo API key was sent.',
  'brevo.key_invalid':
    'Brevo does not accept this API key; it may be wrong, expired or switched off. Create a new one under Settings → SMTP & API → API Keys.',
  'brevo.ip_blocked':
    'Brevo blocks this server’s IP address. Allow it in Brevo under Settings → Security → Authorised IPs; the key itself is fine.',
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
  'brevo.rate_limited': 'Brevo’s limit of calls is used up; we go on as soon as it allows.',
  'brevo.unavailable': 'Brevo cannot be reached at the moment. We try again by ourselves.',
  'brevo.unexpected_response': 'Brevo sent an answer that we do not understand. We try again by ourselves.',
  'mailchimp.key_malformed':
    'This is no Mailchimp API key. It has 32 characters, a dash and the data centre, for example “…-us21”.',
  'mailchimp.key_invalid':
    'Mailchimp does not accept this API key. It may have been revoked; create a new one at Mailchimp and enter it.',
  'mailchimp.wrong_data_center':
    'The end of the API key names the wrong data centre. Copy the key again, up to and including its ending (“-us…”).',
  'mailchimp.account_disabled': 'Mailchimp has deactivated this account. Please contact Mailchimp.',
  'mailchimp.forbidden':
    'The user of this API key may not do this at Mailchimp. Use the key of a user with the role Manager or higher.',
  'mailchimp.no_room_for_audience':
    'Your Mailchimp plan has no room for another audience. Choose an existing one, or change the plan.',
  'mailchimp.audience_refused':
    'Mailchimp refused to create the audience. Check the address and contact details of the account at Mailchimp.',
  'mailchimp.audience_gone': 'The audience does not exist at Mailchimp any more. Choose another one in the set-up.',
  'mailchimp.field_refused':
    'Mailchimp refused to create a field. Delete fields there that you do not need, or map to another.',
  'mailchimp.tag_gone': 'The tag does not exist at Mailchimp any more.',
  'mailchimp.tag_refused': 'Mailchimp refused this tag. Its name may be too long or in use in another way.',
  'mailchimp.plan_limit':
    'Your Mailchimp plan has no room for more contacts. Change the plan, or remove contacts there.',
  'mailchimp.compliance':
    'Mailchimp blocks this address because the person opted out or reported a mail as spam. Only the person can come back.',
  'mailchimp.permanently_deleted': 'The address was permanently deleted at Mailchimp. Only the person can come back.',
  'mailchimp.invalid_email': 'Mailchimp does not accept this e-mail address. Correct it in onOffice.',
  'mailchimp.signup_limit':
    'The address was signed up to very many lists lately; Mailchimp does not accept it for now.',
  'mailchimp.merge_fields_invalid':
    'Mailchimp does not accept the value of a field. Check required fields of the audience.',
  'mailchimp.member_exists': 'The address is already a member of the audience.',
  'mailchimp.rejected': 'Mailchimp refused this contact.',
  'mailchimp.not_found': 'Mailchimp does not have what was asked for any more.',
  'mailchimp.method_not_allowed': 'Mailchimp does not permit this for the member’s present state.',
  'mailchimp.https_required':
    'Mailchimp accepts encrypted connections only. Check the address in the server’s configuration.',
  'mailchimp.rate_limited': 'Waiting for Mailchimp: it accepts no more calls for a moment. We go on by ourselves.',
  'mailchimp.unavailable': 'Waiting for Mailchimp: it cannot be reached at the moment. We go on by ourselves.',
  'mailchimp.unexpected_response': 'Mailchimp gave an answer that we do not understand. Try again later.',
} as const;

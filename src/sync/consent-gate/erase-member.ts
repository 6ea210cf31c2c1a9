import type { EmailAddress } from '../../core/email-address.ts';
import type { FieldMapping, ProviderConsentWrites } from '../../core/mailing-provider.ts';

/** `suppress`: he stays at the provider as unsubscribed; `delete`: he is deleted there for good (M18). */
export type ErasedHow = 'suppress' | 'delete';

/** What became of a person at the provider. */
export type MemberErasure = 'unsubscribed' | 'deleted' | 'absent' | 'refused';

/**
 * Carries an erasure out at the provider (R14). Both ways lower consent alone, so R1 is not asked; what is booked because of
 * it stands with the erasure. May be repeated.
 */
export async function eraseMember(
  parts: { audienceId: string; mapping: FieldMapping; providerWrites: ProviderConsentWrites },
  email: EmailAddress,
  how: ErasedHow,
): Promise<MemberErasure> {
  const { audienceId, mapping, providerWrites } = parts;
  if (how === 'delete') return (await providerWrites.deleteMember(audienceId, email)) ? 'deleted' : 'absent';
  const { outcome } = await providerWrites.unsubscribeMember(audienceId, email, mapping);
  if (outcome === 'refused') return 'refused';
  return outcome === 'gone' ? 'absent' : 'unsubscribed';
}

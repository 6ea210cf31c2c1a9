import { useTranslation } from 'react-i18next';
import type { UndeliveredContact } from '../../api-types.ts';
import { ReasonTable } from '../../components/reason-table.tsx';
import { isTryable } from '../../term-order.ts';
import { personAddress } from '../contacts/person-address.ts';
import { TryAgainButton } from './try-again-button.tsx';

type UndeliveredTableProps = {
  connectionId: string;
  contacts: readonly UndeliveredContact[];
  withRemedy: boolean;
  /** offer another try to whom it may help */
  mayTry: boolean;
};

/** Contacts, each with its reason and what to do. */
export function UndeliveredTable({ connectionId, contacts, withRemedy, mayTry }: UndeliveredTableProps) {
  const { t } = useTranslation();
  const people = contacts.map(({ contactId, name, email, reason, words }) => ({
    key: contactId,
    href: personAddress(connectionId, contactId),
    name: name || t('undelivered.noName'),
    details: `${email || t('undelivered.noEmail')} · ${t('undelivered.contactNumber', { id: contactId })}`,
    reason: t(`reasons.${reason}`, { returnObjects: true }),
    words,
    action: mayTry && isTryable(reason) && (
      <TryAgainButton connectionId={connectionId} choice={{ contactId }}>
        {t('undelivered.tryAgain')}
      </TryAgainButton>
    ),
  }));
  return <ReasonTable who={t('undelivered.contact')} people={people} withRemedy={withRemedy} />;
}

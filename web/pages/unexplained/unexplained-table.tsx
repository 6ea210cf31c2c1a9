import { useTranslation } from 'react-i18next';
import type { UnexplainedMember } from '../../api-types.ts';
import { ReasonTable } from '../../components/reason-table.tsx';
import { personAddress } from '../contacts/person-address.ts';

type UnexplainedTableProps = { connectionId: string; members: readonly UnexplainedMember[]; withRemedy: boolean };

/** Members, each with its reason and what to do. */
export function UnexplainedTable({ connectionId, members, withRemedy }: UnexplainedTableProps) {
  const { t } = useTranslation();
  const people = members.map(({ email, name, contactId, reason }) => ({
    key: email,
    href: personAddress(connectionId, email),
    name: name || email,
    details: [name && email, contactId !== null && t('undelivered.contactNumber', { id: contactId })]
      .filter(Boolean)
      .join(' · '),
    reason: t(`memberReasons.${reason}`, { returnObjects: true }),
  }));
  return <ReasonTable who={t('unexplained.member')} people={people} withRemedy={withRemedy} />;
}

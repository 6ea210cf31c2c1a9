import { Anchor, Paper, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { BreakingText } from './breaking-text.tsx';

/** Somebody with the reason as which he counts, in the page's words. */
export type ReasonedPerson = {
  key: string;
  /** address of the page about the person */
  href: string;
  name: string;
  /** what tells people of one name apart: address, number */
  details: string;
  reason: { label: string; sentence: string; remedy: string };
  /** what the provider said, instead of the reason's sentence */
  words?: string | undefined;
  /** what may be done about it at once */
  action?: ReactNode;
};

type ReasonTableProps = {
  /** what the people are called who are listed */
  who: string;
  people: readonly ReasonedPerson[];
  /** say what to do in each row; needless where all rows have the reason that is explained above */
  withRemedy: boolean;
};

/** People, each with its reason and what to do. */
export function ReasonTable({ who, people, withRemedy }: ReasonTableProps) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'xs' }}>
      <Table className="stacking-table" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="36%">{who}</Table.Th>
            <Table.Th>{t('undelivered.reason')}</Table.Th>
            {withRemedy && <Table.Th w="36%">{t('undelivered.whatToDo')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody style={{ verticalAlign: 'top' }}>
          {people.map((person) => (
            <Row key={person.key} person={person} withRemedy={withRemedy} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Row({ person, withRemedy }: { person: ReasonedPerson; withRemedy: boolean }) {
  const { t } = useTranslation();
  const { href, name, details, reason, words, action } = person;
  const why = words ? t('undelivered.providerWords', { words }) : withRemedy && reason.sentence;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={href} size="sm" fw={500} className="break-anywhere">
          <BreakingText>{name}</BreakingText>
        </Anchor>
        <Text size="sm" c="dimmed" className="break-anywhere">
          <BreakingText>{details}</BreakingText>
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={500}>
          {reason.label}
        </Text>
        {why && (
          <Text size="sm" c="dimmed" className="break-anywhere">
            {why}
          </Text>
        )}
        {action}
      </Table.Td>
      {withRemedy && (
        <Table.Td>
          <Text size="sm">{reason.remedy}</Text>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

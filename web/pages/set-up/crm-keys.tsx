import { List, PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CrmCheck } from '../../api-types.ts';
import { Section } from '../../components/section.tsx';
import { CheckLine } from './check-line.tsx';
import type { AccessCheck, CrmKeysInput } from './use-checks.ts';

type CrmKeysProps = {
  keys: { token: string; secret: string };
  onChange: (keys: CrmKeysProps['keys']) => void;
  check: AccessCheck<CrmKeysInput, CrmCheck>;
  /** complain about empty fields */
  showMissing: boolean;
};

/** Token and secret of onOffice, and what was found with them. */
export function CrmKeys({ keys, onChange, check, showMissing }: CrmKeysProps) {
  const { t } = useTranslation();
  const missing = (value: string) => (showMissing && value.trim() === '' ? t('setUp.fieldMissing') : undefined);
  return (
    <Section title={t('setUp.crmTitle')} hint={t('setUp.crmHelp')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('setUp.crmToken')}
          value={keys.token}
          onChange={({ currentTarget }) => onChange({ ...keys, token: currentTarget.value })}
          onBlur={check.checkIfNew}
          error={missing(keys.token)}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          label={t('setUp.crmSecret')}
          value={keys.secret}
          onChange={({ currentTarget }) => onChange({ ...keys, secret: currentTarget.value })}
          onBlur={check.checkIfNew}
          error={missing(keys.secret)}
          autoComplete="off"
        />
      </SimpleGrid>
      <CheckLine check={check} onCheck={() => check.check(keys)}>
        {(result) => <CrmFound result={result} />}
      </CheckLine>
    </Section>
  );
}

/** What was found in the CRM, and what it has not got. */
export function CrmFound({ result }: { result: CrmCheck }) {
  const { t } = useTranslation();
  const remarks = [
    result.mayWrite === false && t('setUp.mayNotWrite'),
    !result.has.privateFlag && t('setUp.noPrivateFlag'),
    !result.has.tags && t('setUp.noTags'),
    !result.has.letterSalutation && t('setUp.noLetterSalutation'),
  ].filter((remark) => remark !== false);
  return (
    <>
      {t('setUp.checkedCrm', { count: result.contactCount })}
      {remarks.length > 0 && (
        <List size="sm" mt={4}>
          {remarks.map((remark) => (
            <List.Item key={remark}>{remark}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}

import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CrmCheck } from '../../api-types.ts';
import { Section } from '../../components/section.tsx';
import { CheckLine } from './check-line.tsx';
import { CrmFound } from './crm-keys.tsx';
import type { AccessCheck, CrmKeysInput } from './use-checks.ts';

type CrmOfActivationProps = { customer: string; check: AccessCheck<CrmKeysInput, CrmCheck> };

/** Inside onOffice there is nothing to enter: what the activation opened is looked at at once. */
export function CrmOfActivation({ customer, check }: CrmOfActivationProps) {
  const { t } = useTranslation();
  const { checkIfNew } = check;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is a new function each time, and looks by itself whether it is needed
  useEffect(() => checkIfNew(), []);
  return (
    <Section title={t('setUp.crmTitle')}>
      <Text size="sm">{t('inside.crmOfActivation', { customer })}</Text>
      <CheckLine check={check} onCheck={() => check.check({})}>
        {(result) => <CrmFound result={result} />}
      </CheckLine>
    </Section>
  );
}

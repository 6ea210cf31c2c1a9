import { Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation, useSearch } from 'wouter';
import type { Connection } from '../../api-types.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { connectionsQuery } from '../../queries.ts';
import { FieldsStep } from './fields-step.tsx';
import { KeysStep } from './keys-step.tsx';
import { PreviewStep } from './preview-step.tsx';

const KEYS = 0;
const FIELDS = 1;
const PREVIEW = 2;

/** The set-up in three steps (U1). An unfinished one is taken up where it was left. */
export function SetUpPage({ connectionId }: { connectionId?: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const connections = useQuery(connectionsQuery);
  const again = new URLSearchParams(useSearch()).get('again');
  return (
    <Page title={t('setUp.title')}>
      {connectionId === undefined ? (
        <Steps active={KEYS}>
          <Loaded query={connections} skeleton={[320]}>
            {(list) => (
              <KeysStep
                again={list.find(({ id, state }) => id === again && state === 'disconnected')}
                onCreated={({ id }) => navigate(`/connections/${id}/set-up`, { replace: true })}
              />
            )}
          </Loaded>
        </Steps>
      ) : (
        <Loaded query={connections} skeleton={[60, 320]}>
          {(list) => {
            const connection = list.find(({ id }) => id === connectionId);
            if (!connection) return <Redirect to="/" replace />;
            if (connection.state !== 'draft' && connection.state !== 'ready') {
              return <Redirect to={`/connections/${connectionId}`} replace />;
            }
            return <LaterSteps connection={connection} />;
          }}
        </Loaded>
      )}
    </Page>
  );
}

function LaterSteps({ connection }: { connection: Connection }) {
  const [step, setStep] = useState(connection.state === 'draft' ? FIELDS : PREVIEW);
  return (
    <Steps active={step} onChoose={connection.state === 'ready' ? setStep : undefined}>
      {step === FIELDS ? (
        <FieldsStep connection={connection} onSaved={() => setStep(PREVIEW)} />
      ) : (
        <PreviewStep connectionId={connection.id} onBack={() => setStep(FIELDS)} />
      )}
    </Steps>
  );
}

type StepsProps = { active: number; onChoose?: ((step: number) => void) | undefined; children: ReactNode };

function Steps({ active, onChoose, children }: StepsProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(active);
  useEffect(() => {
    // the page's own heading has the focus when it is opened
    if (shown.current === active) return;
    shown.current = active;
    heading.current?.focus({ preventScroll: true });
    globalThis.scrollTo({ top: 0 });
  }, [active]);
  const names = [t('setUp.stepKeys'), t('setUp.stepFields'), t('setUp.stepPreview')];
  const current = (step: number) => (step === active ? { 'aria-current': 'step' as const } : {});
  return (
    <>
      <Stepper className="set-up-steps" active={active} size="sm" {...(onChoose ? { onStepClick: onChoose } : {})}>
        <Stepper.Step
          {...current(KEYS)}
          label={t('setUp.stepKeys')}
          description={t('setUp.stepKeysHint')}
          allowStepSelect={false}
        />
        <Stepper.Step
          {...current(FIELDS)}
          label={t('setUp.stepFields')}
          description={t('setUp.stepFieldsHint')}
          allowStepSelect={onChoose !== undefined && active > FIELDS}
        />
        <Stepper.Step
          {...current(PREVIEW)}
          label={t('setUp.stepPreview')}
          description={t('setUp.stepPreviewHint')}
          allowStepSelect={onChoose !== undefined && active < PREVIEW}
        />
      </Stepper>
      <h2 className="unseen" ref={heading} tabIndex={-1}>
        {t('setUp.stepOf', { number: active + 1, name: names[active] ?? '' })}
      </h2>
      {children}
    </>
  );
}

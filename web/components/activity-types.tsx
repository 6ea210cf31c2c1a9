import { Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActivityKind, ActivityTypes, Settings } from '../api-types.ts';
import { activityTypesQuery } from '../queries.ts';

type Choice = Settings['activityTypes'];

type ActivityTypeFieldsProps = {
  connectionId: string;
  kinds: readonly ActivityKind[];
  value: Choice;
  onChange: (value: Choice) => void;
};

const AUTOMATIC = ':automatic';

/** What the ticked happenings are called in the CRM: its own kinds and types, the best fitting by default (M26). */
export function ActivityTypeFields({ connectionId, kinds, value, onChange }: ActivityTypeFieldsProps) {
  const { t } = useTranslation();
  const { data } = useQuery(activityTypesQuery(connectionId));
  if (!data) return null;
  const choices = choicesOf(data);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {kinds.map((kind) => {
        const chosen = value[kind];
        const key = chosen ? keyOf(chosen) : AUTOMATIC;
        return (
          <Select
            key={kind}
            label={t(`activities.${kind}.label`)}
            data={[{ value: AUTOMATIC, label: automaticLabel(data, kind) }, ...choices]}
            value={choices.some((choice) => choice.value === key) ? key : AUTOMATIC}
            onChange={(next) => onChange(withChoice(value, kind, next))}
            allowDeselect={false}
          />
        );
      })}
    </SimpleGrid>
  );

  function automaticLabel({ defaults, kinds: known }: ActivityTypes, kind: ActivityKind): string {
    const found = defaults.find(({ of }) => of === kind);
    const inCrm = known.find(({ key }) => key === found?.kind);
    const type = inCrm?.types.find(({ key }) => key === found?.type)?.label;
    const name = [inCrm?.label, type].filter(Boolean).join(' · ') || t('campaigns.noteAlone');
    return t('campaigns.automatic', { name });
  }
}

function choicesOf({ kinds }: ActivityTypes) {
  return kinds.flatMap(({ key, label, types }) => [
    { value: keyOf({ kind: key, type: '' }), label },
    ...types.map((type) => ({ value: keyOf({ kind: key, type: type.key }), label: `${label} · ${type.label}` })),
  ]);
}

function keyOf({ kind, type }: { kind: string; type: string }): string {
  return JSON.stringify([kind, type]);
}

function withChoice(value: Choice, kind: ActivityKind, next: string | null): Choice {
  const { [kind]: _, ...others } = value;
  if (next === null || next === AUTOMATIC) return others;
  const [crmKind, type] = JSON.parse(next) as [string, string];
  return { ...others, [kind]: { kind: crmKind, type } };
}

import i18next from 'i18next';

/** A plan's name for people; the provider's own word where we have no better one. */
export function planName(plan: string): string {
  return i18next.t([`plans.${plan}`], { defaultValue: plan });
}

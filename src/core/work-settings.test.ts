import { describe, expect, test } from 'vitest';
import { outOfRange, workSettings } from './work-settings.ts';

describe('U7: how the background works', () => {
  test('by default as the rules say: 60 s, 5 minutes, the larger of 20 and 5 %', () => {
    expect(workSettings({})).toEqual({
      crmPollMs: 60_000,
      providerPollMs: 300_000,
      brake: { minimum: 20, share: 0.05 },
    });
  });

  test('as it was set, once it was', () => {
    const set = { polls: { crmSeconds: 120, providerSeconds: 900 }, brake: { minimum: 50, percent: 10 } };
    expect(outOfRange(set)).toBeUndefined();
    expect(workSettings(set)).toEqual({
      crmPollMs: 120_000,
      providerPollMs: 900_000,
      brake: { minimum: 50, share: 0.1 },
    });
  });

  test.each([
    [{ polls: { crmSeconds: 29, providerSeconds: 300 } }, 'polls.crmSeconds'],
    [{ polls: { crmSeconds: 60, providerSeconds: 3_601 } }, 'polls.providerSeconds'],
    [{ polls: { crmSeconds: 60.5, providerSeconds: 300 } }, 'polls.crmSeconds'],
    [{ brake: { minimum: 0, percent: 5 } }, 'brake.minimum'],
    [{ brake: { minimum: 20, percent: 51 } }, 'brake.percent'],
  ])('F8: %j names the field and what fits', (settings, field) => {
    expect(outOfRange(settings)).toMatchObject({ field, least: expect.any(Number), most: expect.any(Number) });
  });
});

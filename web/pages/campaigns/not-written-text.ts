import type { TFunction } from 'i18next';
import { en } from '../../i18n/en.ts';
import { noticeText } from '../../notice-text.ts';

type OwnReason = keyof typeof en.campaigns.reasons;

function isOwnReason(reason: string): reason is OwnReason {
  return Object.hasOwn(en.campaigns.reasons, reason);
}

/** Why something became no activity: in our words, or those of the refusal. */
export function notWrittenText(t: TFunction, reason: string): string {
  return isOwnReason(reason) ? t(`campaigns.reasons.${reason}`) : noticeText({ code: reason });
}

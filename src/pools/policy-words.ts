import { moneyText } from '../web/format.js';
import type { FeeMoment } from './fees/fee.rules.js';
import type { ApprovalTier } from './approvals/approval-tiers.js';
import type { AttributionRule } from '../maths/attribution.js';

interface Words {
  label: string;
  note: string;
}

/** What the policies of a pool are called, and what they mean. */
export const attributionWords: Record<AttributionRule, Words> = {
  pro_rata: { label: 'Pro rata', note: 'Every funder pays its share, by what is left of its money.' },
  fifo: { label: 'First in, first out', note: 'The oldest contribution pays first.' },
  earmark_first: {
    label: 'Earmarks first',
    note: 'Money restricted to the purpose pays first, then all others pro rata.',
  },
};

export const refundWords: Record<'none' | 'pro_rata', Words> = {
  none: { label: 'No refunds', note: 'What is left when the pool ends stays with the coalition’s purpose.' },
  pro_rata: {
    label: 'Pro rata',
    note: 'What is left goes back to the funders, by what is left of their money.',
  },
};

/** "1.25 %": basis points as a percentage, exactly. */
export function percentText(basisPoints: number): string {
  const hundredths = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(basisPoints / 100)}${hundredths && `.${hundredths}`} %`;
}

interface Fee {
  currency: string;
  feeOn: FeeMoment;
  feeBasisPoints: number;
  feeMinimum: bigint;
  feeCap: bigint | null;
  feeHost: string | null;
}

/** "1 % of each contribution, at least £5.00, at most £500.00, to Harbour Foundation." */
export function feeText({ feeHost, ...fee }: Fee, locale: string): string {
  if (feeHost === null) return 'No fee is charged.';
  const money = (minor: bigint) => moneyText(minor, fee.currency, locale);
  return [
    `${percentText(fee.feeBasisPoints)} of each ${fee.feeOn === 'receipt' ? 'contribution' : 'payment, on top of it'}`,
    ...(fee.feeMinimum > 0n ? [`at least ${money(fee.feeMinimum)}`] : []),
    ...(fee.feeCap === null ? [] : [`at most ${money(fee.feeCap)}`]),
    `to ${feeHost}.`,
  ].join(', ');
}

/** "1; 2 above £10,000.00; 3 above £50,000.00": how many approve. */
export const tiersText = (tiers: readonly ApprovalTier[], currency: string, locale: string): string =>
  [
    ...(tiers[0]?.above === '0' ? [] : ['1']),
    ...tiers.map(({ above, approvers }) =>
      above === '0' ? String(approvers) : `${approvers} above ${moneyText(BigInt(above), currency, locale)}`,
    ),
  ].join('; ');

import { formatAmount, formatMoney } from '../../maths/money.js';
import type { GrantRow } from '../grants.read.js';
import type { ClosingStep } from './closing.rules.js';
import type { Closing } from './closings.read.js';

/** What the steps are called. */
export const stepNames: Record<ClosingStep, string> = {
  operational: 'Closing of the work',
  financial: 'Closing of the money',
};

/** The request in a line, with its figure. */
export function summaryOf(grant: GrantRow, closing: Closing): string {
  const show = (minor: bigint) => formatMoney(minor, grant.currency, 'en-GB');
  const whose = `${grant.reference} for ${grant.organisation}`;
  return closing.step === 'operational'
    ? `Close ${whose}, cancelling ${show(closing.awardBefore - closing.awardAfter)} that is unpaid`
    : `Close the money of ${whose}, ${show(closing.carriedOver)} staying with the partner`;
}

/** Exactly what is approved, value by value as people read it; the hash is taken over it. */
export function contentOf(
  grant: GrantRow,
  closing: Closing,
  { reason, closedOn }: { reason: string; closedOn: string },
): Record<string, unknown> {
  const money = (minor: bigint) => formatAmount(minor, grant.currency);
  const figures =
    closing.step === 'operational'
      ? {
          awardBefore: money(closing.awardBefore),
          awardAfter: money(closing.awardAfter),
          unpaidAndCancelled: money(closing.awardBefore - closing.awardAfter),
          termEndsBefore: closing.endOnBefore,
          termEndsAfter: closing.endOnAfter,
        }
      : {
          paid: money(closing.paid),
          returned: money(closing.returned),
          carriedOver: money(closing.carriedOver),
        };
  return {
    step: stepNames[closing.step],
    reason,
    closedOn,
    grantId: grant.id,
    grant: `${grant.reference} ${grant.title}`,
    payee: grant.organisation,
    currency: grant.currency,
    reportId: closing.reportId,
    ...figures,
  };
}

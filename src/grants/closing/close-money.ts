import { formatMoney } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { readTerms } from '../amendments/amendments.read.js';
import type { GrantRow } from '../grants.read.js';
import { finalReport, requireNothingUnpaid, settle } from './closing.rules.js';
import { type FinancialClosing, lastReport } from './closings.read.js';

/**
 * What closing the money of a grant comes to: what was unspent came back, or stays with the partner.
 * @throws stateForbids while something is unpaid; ruleBroken naming the amount
 */
export async function workOutMoney(
  tx: Tx,
  grant: GrantRow,
  carriedOver: bigint | undefined,
): Promise<{ closing: FinancialClosing; needsApproval: boolean }> {
  requireNothingUnpaid((await readTerms(tx, grant)).lines);
  const { paid, returned, currency } = grant;
  const report = finalReport(await lastReport(tx, grant.id));
  const settlement = settle({ paid, returned, report }, carriedOver, (minor) =>
    formatMoney(minor, currency, 'en-GB'),
  );
  return {
    closing: {
      step: 'financial',
      reportId: report?.id ?? null,
      ...{ paid, returned },
      carriedOver: settlement.carriedOver,
    },
    needsApproval: settlement.needsApproval,
  };
}

/** Closes the money of a grant: nothing of it moves any more. */
export async function closeMoney(tx: Tx, grant: GrantRow): Promise<void> {
  await tx.run(`UPDATE grants SET state = 'closed', version = version + 1 WHERE id = $1`, [grant.id]);
}

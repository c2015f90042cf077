import { createHash } from 'node:crypto';
import { canonical } from '../../../platform/http/once.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { tierTitle } from './distribution-words.js';
import type { KeptWorking } from './kept-working.js';

/** Exactly what is approved: what each tier pays and each investor gets, with the SHA-256 of the whole working. */
export function distributionContent(
  bond: Bond,
  working: KeptWorking,
  reason: string,
): Record<string, unknown> {
  const { inputs, result } = working;
  return {
    bondId: bond.id,
    bond: `${bond.reference} ${bond.title}`,
    currency: bond.currency,
    reason,
    asOf: inputs.asOf,
    amount: result.paid,
    fee: result.totals.fee,
    toInvestors: result.totals.investors,
    toTheProvider: result.totals.provider,
    staysForThePool: result.totals.pool,
    staysUndistributed: result.remaining,
    tiers: result.tiers.map(({ kind, paid }, index) => ({
      tier: `${index + 1}`,
      pays: tierTitle(kind),
      amount: paid,
    })),
    investors: result.shares.map(({ partyId, investor, capital, income }) => ({
      ...{ partyId, investor, capital, beyondCapital: income },
    })),
    workingSha256: createHash('sha256').update(canonical(working)).digest('hex'),
  };
}

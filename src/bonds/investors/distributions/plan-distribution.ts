import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { compareDays, type Day } from '../../../maths/day.js';
import { formatMoney } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import { amountOf } from '../../../pools/pools.service.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, signedTerms } from '../../contracts/bonds.read.js';
import { bondTill, distributable, heldOn } from '../bond-till.js';
import { investorFlows, outcomesBy } from '../investor-flows.read.js';
import type { PreviewDistribution } from './distribution.dto.js';
import {
  type DistributionInputs,
  type DistributionSource,
  type WorkedOut,
  workOut,
} from './distribution.rules.js';

export interface InputsNow {
  inputs: DistributionInputs;
  termsHash: string;
  /** What could go into the tiers, at most. Minor units. */
  free: bigint;
}

/** A distribution as it would be, were it asked for now. */
export interface PlannedDistribution extends InputsNow {
  result: WorkedOut;
}

/**
 * Works out what a distribution comes to, of a given amount or of all that is free. Whoever calls holds the bond.
 * @throws stateForbids; ruleBroken or insufficientFunds naming the field
 */
export async function distributionPlan(
  tx: Tx,
  bond: Bond,
  { asOf, amount: typed, source }: PreviewDistribution,
): Promise<PlannedDistribution> {
  requireBondStep(bond.state, 'distribute');
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  if (asOf > today)
    throw fieldError('ruleBroken', '/asOf', 'What the bond holds on a later day is not known.');
  const amount = amountOf(typed, bond.currency, '/amount');
  const now = await inputsNow(tx, bond, { asOf, source: source ?? 'proceeds', available: amount ?? null });
  requireLater(now.inputs);
  const { available } = now.inputs;
  if (available <= 0n || available > now.free) {
    const sentence = `The bond has ${formatMoney(now.free, bond.currency, 'en-GB')} to distribute as of ${asOf}.`;
    throw fieldError('insufficientFunds', '/amount', sentence);
  }
  return { ...now, result: workOut(now.inputs) };
}

/** What a distribution is worked out from, as it is now. Without an amount, all that is free. */
export async function inputsNow(
  tx: Tx,
  bond: Bond,
  { source, asOf, available }: { source: DistributionSource; asOf: Day; available: bigint | null },
): Promise<InputsNow> {
  const { terms, hash } = await signedTerms(tx, bond.id);
  const till = await bondTill(tx, bond.id);
  const free =
    source === 'guarantee' ? till.guaranteed : distributable(till, await heldOn(tx, bond.id, asOf));
  return {
    termsHash: hash,
    free,
    inputs: {
      ...{ source, currency: bond.currency, asOf, available: available ?? free, returns: terms.returns },
      investors: await investorFlows(tx, bond.id, asOf),
      feesPaid: await feesPaid(tx, bond.id),
      outcomes: terms.returns.kind === 'couponLadder' ? await outcomesBy(tx, bond, asOf) : null,
    },
  };
}

/** Distributions follow each other: none is worked out as of a day before one that was paid. */
function requireLater({ asOf, investors }: DistributionInputs): void {
  const last = investors
    .flatMap(({ distributions }) => distributions.map(({ on }) => on))
    .sort(compareDays)
    .at(-1);
  if (last === undefined || asOf >= last) return;
  const sentence = `The last distribution was worked out as of ${last}. Choose that day or a later one.`;
  throw fieldError('ruleBroken', '/asOf', sentence);
}

async function feesPaid(tx: Tx, bondId: string): Promise<bigint> {
  const row = await tx.row<{ paid: bigint }>(
    `SELECT coalesce(sum(fee), 0)::bigint AS paid FROM distributions WHERE bond_id = $1 AND state = 'paid'`,
    [bondId],
  );
  return row!.paid;
}

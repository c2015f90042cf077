import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { type Bond, heldForBond } from '../contracts/bonds.read.js';

/** What the pool's cash holds for one bond, and what of it is spoken for. Minor units. */
export interface BondTill {
  held: bigint;
  /** Approved, and not paid yet. */
  promised: bigint;
  /** The pool's share of earlier distributions, and what investors paid for poor outcomes: stays until the bond is closed. */
  kept: bigint;
  /** What the guarantor paid, and investors have not got yet: it is theirs, as capital. */
  guaranteed: bigint;
}

/** Whoever decides by it holds the bond (`lockBond`). */
export async function bondTill(tx: Tx, bondId: string): Promise<BondTill> {
  const row = await tx.row<Omit<BondTill, 'held'>>(
    `SELECT ((SELECT coalesce(sum(a.amount), 0) FROM provider_advances a WHERE a.bond_id = $1 AND a.state = 'approved')
         + (SELECT coalesce(sum(d.amount), 0) FROM distributions d WHERE d.bond_id = $1 AND d.state = 'approved'))::bigint AS promised,
       ((SELECT coalesce(sum(d.for_pool), 0) FROM distributions d WHERE d.bond_id = $1 AND d.state IN ('approved', 'paid'))
         + (SELECT coalesce(sum(c.received), 0) FROM drawdown_calls c WHERE c.bond_id = $1 AND c.kind = 'twoSided'))::bigint AS kept,
       ((SELECT coalesce(sum(c.received), 0) FROM drawdown_calls c WHERE c.bond_id = $1 AND c.kind = 'guarantee')
         - (SELECT coalesce(sum(d.amount), 0) FROM distributions d WHERE d.bond_id = $1 AND d.source = 'guarantee'
              AND d.state IN ('approved', 'paid')))::bigint AS guaranteed`,
    [bondId],
  );
  return { held: await heldForBond(tx, bondId), ...row! };
}

/** What the bond held on a day, by when things happened. Minor units. */
export async function heldOn(tx: Tx, bondId: string, on: Day): Promise<bigint> {
  const row = await tx.row<{ held: bigint }>(
    `SELECT -coalesce(sum(p.amount), 0)::bigint AS held FROM accounts a
     JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     WHERE a.kind IN (${heldForBondsSql}) AND e.occurred_on <= $2
       AND (a.subject_id = $1 OR a.subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1))`,
    [bondId, on],
  );
  return row!.held;
}

/** What may be promised yet: to the provider as working capital, or out of the guarantee to investors. */
export const unpromised = ({ held, promised, guaranteed }: BondTill): bigint =>
  atLeastZero(held - promised - guaranteed);

/** What may be distributed by the terms: nothing that is kept, and no more than the bond held on the day. */
export const distributable = ({ held, promised, kept, guaranteed }: BondTill, heldOnDay: bigint): bigint =>
  atLeastZero((heldOnDay < held ? heldOnDay : held) - promised - kept - guaranteed);

const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/** @throws insufficientFunds naming `/amount` */
export function requireUnpromised(bond: Bond, till: BondTill, amount: bigint): void {
  const free = unpromised(till);
  if (amount <= free) return;
  const sentence = `The bond can pay ${formatMoney(free, bond.currency, 'en-GB')}: the rest is approved, or not there.`;
  throw fieldError('insufficientFunds', '/amount', sentence);
}

/** Refuses to pay what the bond no longer holds. @throws insufficientFunds */
export async function requireHeld(tx: Tx, bond: Bond, amount: bigint): Promise<void> {
  const held = await heldForBond(tx, bond.id);
  if (amount <= held) return;
  const money = (minor: bigint) => formatMoney(minor, bond.currency, 'en-GB');
  const sentence = `The bond holds ${money(held)}, and this is ${money(amount)}: since it was approved, money has gone.`;
  throw new DomainError('insufficientFunds', sentence);
}

/** Refuses what has left the bond with less than it has promised, or than nothing. Ask after the change. @throws insufficientFunds */
export async function requireBondCovered(tx: Tx, bondId: string): Promise<void> {
  const { held, promised } = await bondTill(tx, bondId);
  if (held >= promised) return;
  throw new DomainError(
    'insufficientFunds',
    held < 0n
      ? 'The bond has spent this money already, so it cannot be taken back.'
      : 'Payments that are approved count on this money. Pay them or take them back first.',
  );
}

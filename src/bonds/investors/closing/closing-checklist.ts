import type { Day } from '../../../maths/day.js';
import { MathsError } from '../../../maths/maths-error.js';
import { formatMoney } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { type Bond, signedTerms, versionUnderWay } from '../../contracts/bonds.read.js';
import { bondTill } from '../bond-till.js';
import { inputsNow } from '../distributions/plan-distribution.js';
import { workOut } from '../distributions/distribution.rules.js';
import { twoSidedOwed } from '../drawdowns/two-sided.service.js';
import { callReference } from '../drawdowns/drawdowns.read.js';
import { guaranteeOwed } from './guarantee.js';

/** Something that must be over before a bond is closed, and what of it is not. */
export interface ClosingItem {
  key: ClosingItemKey;
  label: string;
  /** Sentences; none where it is done. */
  open: string[];
}

export type ClosingItemKey =
  | 'contract'
  | 'suspensions'
  | 'claims'
  | 'invoices'
  | 'calls'
  | 'payments'
  | 'twoSided'
  | 'distribution'
  | 'guarantee';

/** Everything that stands in the way of closing a bond on a day, item by item. */
export async function closingChecklist(tx: Tx, bond: Bond, on: Day): Promise<ClosingItem[]> {
  return [
    { key: 'contract', label: 'No amendment of the contract is under way', open: await versions(tx, bond) },
    {
      key: 'suspensions',
      label: 'Every suspension is decided, and its schedule invoiced',
      open: await suspensions(tx, bond),
    },
    { key: 'claims', label: 'Every claim is verified or rejected', open: await claims(tx, bond) },
    { key: 'invoices', label: 'Every outcome invoice is paid or cancelled', open: await invoices(tx, bond) },
    { key: 'calls', label: 'Every call has come, or is cancelled', open: await calls(tx, bond) },
    { key: 'payments', label: 'No advance or distribution is under way', open: await payments(tx, bond) },
    {
      key: 'twoSided',
      label: 'What investors owe for poor outcomes is called',
      open: await owedByInvestors(tx, bond, on),
    },
    {
      key: 'distribution',
      label: 'What is due by the terms is distributed',
      open: await undistributed(tx, bond, on),
    },
    {
      key: 'guarantee',
      label: 'What the guarantor owes is called and distributed',
      open: await guarantee(tx, bond),
    },
  ];
}

const moneyOf = (bond: Bond) => (minor: bigint) => formatMoney(minor, bond.currency, 'en-GB');

async function versions(tx: Tx, bond: Bond): Promise<string[]> {
  const underWay = await versionUnderWay(tx, bond.id);
  if (!underWay) return [];
  return [`Version ${underWay.number} is ${underWay.state === 'draft' ? 'drafted' : 'proposed'}.`];
}

async function suspensions(tx: Tx, bond: Bond): Promise<string[]> {
  const rows = await tx.rows<{ fromOn: Day; state: string; planned: bigint }>(
    `SELECT s.from_on AS "fromOn", s.state, coalesce(sum(p.amount), 0)::bigint AS planned FROM bond_suspensions s
     LEFT JOIN substitute_payments p ON p.suspension_id = s.id AND p.state = 'planned'
     WHERE s.bond_id = $1 AND s.state IN ('asked', 'approved') GROUP BY s.id ORDER BY s.from_on`,
    [bond.id],
  );
  return rows.flatMap(({ fromOn, state, planned }) => {
    if (state === 'asked') return [`The suspension from ${fromOn} is not decided.`];
    return planned > 0n
      ? [`${moneyOf(bond)(planned)} of the suspension from ${fromOn} is still to be invoiced.`]
      : [];
  });
}

async function claims(tx: Tx, { id }: Bond): Promise<string[]> {
  const rows = await tx.rows<{ number: number; state: string }>(
    `SELECT number, state FROM outcome_claims WHERE bond_id = $1 AND state IN ('draft', 'submitted') ORDER BY number`,
    [id],
  );
  return rows.map(({ number, state }) => `Claim ${number} is ${state === 'draft' ? 'a draft' : state}.`);
}

async function invoices(tx: Tx, bond: Bond): Promise<string[]> {
  const rows = await tx.rows<{ number: number; open: bigint }>(
    `SELECT number, amount - received - cancelled AS open FROM outcome_invoices
     WHERE bond_id = $1 AND received + cancelled < amount ORDER BY number`,
    [bond.id],
  );
  return rows.map(
    ({ number, open }) => `${moneyOf(bond)(open)} of invoice ${bond.reference}/${number} is open.`,
  );
}

async function calls(tx: Tx, bond: Bond): Promise<string[]> {
  const rows = await tx.rows<{ reference: string; open: bigint }>(
    `SELECT ${callReference} AS reference, c.amount - c.received AS open FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id
     WHERE c.bond_id = $1 AND c.received < c.amount AND c.cancelled_at IS NULL ORDER BY c.number`,
    [bond.id],
  );
  return rows.map(({ reference, open }) => `${moneyOf(bond)(open)} of call ${reference} is open.`);
}

async function payments(tx: Tx, bond: Bond): Promise<string[]> {
  const rows = await tx.rows<{ what: string; amount: bigint; state: string }>(
    `SELECT 'An advance' AS what, amount, state FROM provider_advances WHERE bond_id = $1 AND state IN ('proposed', 'approved')
     UNION ALL
     SELECT 'A distribution', amount, state FROM distributions WHERE bond_id = $1 AND state IN ('proposed', 'approved')`,
    [bond.id],
  );
  return rows.map(({ what, amount, state }) => `${what} of ${moneyOf(bond)(amount)} is ${state}.`);
}

async function owedByInvestors(tx: Tx, bond: Bond, on: Day): Promise<string[]> {
  const { terms } = await signedTerms(tx, bond.id);
  if (terms.twoSided === null) return [];
  const found = await twoSidedOwed(tx, bond, on);
  if (found === null)
    return [`No plan says what was expected by ${on}, so nobody can say what investors owe.`];
  return found.owed.flatMap(({ investor: { investor, twoSidedWaived }, open }) =>
    open > twoSidedWaived ? [`${investor} owes ${moneyOf(bond)(open)} that is not called.`] : [],
  );
}

/** What would be paid to anybody, were all that is free distributed. */
async function undistributed(tx: Tx, bond: Bond, on: Day): Promise<string[]> {
  const { inputs, free } = await inputsNow(tx, bond, { source: 'proceeds', asOf: on, available: null });
  if (free === 0n) return [];
  try {
    const { paid } = workOut(inputs);
    return paid === 0n ? [] : [`${moneyOf(bond)(paid)} is due by the terms, and not distributed.`];
  } catch (error) {
    if (!(error instanceof DomainError || error instanceof MathsError)) throw error;
    return [error.detail];
  }
}

async function guarantee(tx: Tx, bond: Bond): Promise<string[]> {
  const owed = await guaranteeOwed(tx, bond);
  const { guaranteed } = await bondTill(tx, bond.id);
  const money = moneyOf(bond);
  return [
    ...(owed && owed.uncalled > 0n
      ? [`${owed.guarantor} owes ${money(owed.uncalled)} that is not called.`]
      : []),
    ...(guaranteed > 0n
      ? [`${money(guaranteed)} came from the guarantor, and investors have not got it.`]
      : []),
  ];
}

/** All that is open, in one sentence each. */
export const openOf = (items: readonly ClosingItem[]): string[] => items.flatMap(({ open }) => open);

import { ShortOfMoney } from '../maths/attribution.js';
import type { Tx } from '../platform/database/tx.js';
import { shareOut, type Wish } from './cash.rules.js';
import type { Disbursement, FunderPart } from './disbursements.read.js';
import type { Share } from './payment.entries.js';
import { type PoolTill, purposes, readTill, type TillPool } from './till.js';

/** Whose money pays, by the pool's rule: the parts by funder and earmark, together the whole. @throws ShortOfMoney */
export function sharesOf(till: PoolTill, wish: Wish): Share[] {
  const shares = new Map<string, Share>();
  for (const { key, amount } of shareOut(till, wish)) {
    const { accountId, funderId, earmarkId } = till.sources.find((source) => source.key === key)!.account;
    const before = shares.get(accountId)?.amount ?? 0n;
    shares.set(accountId, { funderId, earmarkId, amount: before + amount });
  }
  return [...shares.values()];
}

/** A till of which these shares are spent: within an account, its sources give in their order. */
export function withoutShares(till: PoolTill, shares: readonly Share[]): PoolTill {
  const spent = new Map(shares.map((share) => [`${share.funderId} ${share.earmarkId ?? ''}`, share.amount]));
  const sources = till.sources.map((source) => {
    const holder = `${source.account.funderId} ${source.account.earmarkId ?? ''}`;
    const wanted = spent.get(holder) ?? 0n;
    const taken = wanted < source.remaining ? wanted : source.remaining;
    spent.set(holder, wanted - taken);
    return { ...source, remaining: source.remaining - taken };
  });
  return { ...till, sources: sources.filter(({ remaining }) => remaining > 0n) };
}

/**
 * Whose money would pay a payment, were it recorded now, largest part first; nothing when the balances fall short.
 * Only a look: recording it reckons again, under the pool's lock.
 */
export async function whoseMoneyNow(
  tx: Tx,
  { poolId, grantId, amount }: Disbursement,
): Promise<FunderPart[]> {
  const pool = await tx.row<TillPool>(
    `SELECT id, attribution_rule AS "attributionRule", reserve FROM pools WHERE id = $1`,
    [poolId],
  );
  if (!pool) return [];
  const wish = { amount, purpose: (await purposes(tx, [grantId])).get(grantId) ?? [] };
  try {
    return await named(tx, sharesOf(await readTill(tx, pool), wish));
  } catch (error) {
    if (error instanceof ShortOfMoney) return [];
    throw error;
  }
}

const named = (tx: Tx, shares: Share[]): Promise<FunderPart[]> =>
  tx.rows<FunderPart>(
    `SELECT s.funder_id AS "funderId", o.name AS funder, coalesce(t.name, r.reference || ' · ' || r.title) AS earmark, s.amount
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS s (funder_id, earmark_id, amount)
     JOIN organisations o ON o.id = s.funder_id LEFT JOIN goals t ON t.id = s.earmark_id LEFT JOIN grants r ON r.id = s.earmark_id
     ORDER BY s.amount DESC, o.name`,
    [
      shares.map(({ funderId }) => funderId),
      shares.map(({ earmarkId }) => earmarkId),
      shares.map(({ amount }) => amount),
    ],
  );

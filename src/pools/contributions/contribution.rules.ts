import type { Day } from '../../maths/day.js';

/** An instalment of a pledge that is not wholly received. Minor units. */
export interface OpenInstalment {
  id: string;
  pledgeId: string;
  dueOn: Day;
  number: number;
  /** What is still to come: more than nothing. */
  open: bigint;
}

/** The part of a contribution that settles an instalment. */
export interface Application {
  instalmentId: string;
  pledgeId: string;
  amount: bigint;
}

/**
 * Applies a contribution to open instalments, oldest due first; equal dates by pledge and number. No instalment is
 * settled beyond what is open, and what is left over is an overpayment: it stays unapplied, and in the pool.
 */
export function applyToInstalments(amount: bigint, open: readonly OpenInstalment[]): Application[] {
  const applications: Application[] = [];
  let left = amount;
  for (const instalment of [...open].sort(oldestFirst)) {
    if (left === 0n) break;
    const part = left < instalment.open ? left : instalment.open;
    if (part > 0n)
      applications.push({ instalmentId: instalment.id, pledgeId: instalment.pledgeId, amount: part });
    left -= part;
  }
  return applications;
}

function oldestFirst(a: OpenInstalment, b: OpenInstalment): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.pledgeId !== b.pledgeId) return a.pledgeId < b.pledgeId ? -1 : 1;
  return a.number - b.number;
}

/** What a contribution settles of each pledge, from the parts that settle its instalments. */
export function settledByPledge(
  applications: readonly Application[],
): { pledgeId: string; amount: bigint }[] {
  const byPledge = new Map<string, bigint>();
  for (const { pledgeId, amount } of applications)
    byPledge.set(pledgeId, (byPledge.get(pledgeId) ?? 0n) + amount);
  return [...byPledge].map(([pledgeId, amount]) => ({ pledgeId, amount }));
}

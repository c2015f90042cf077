import { Injectable } from '@nestjs/common';
import { type WeighedVoter, type WeightRoom, WeighsVotes } from '../decisions/decision-subjects.js';
import { allocate } from '../maths/allocate.js';
import type { Tx } from '../platform/database/tx.js';

/**
 * What votes weigh: the contributions to a pool that were received and recorded by now, of the organisation that
 * somebody speaks for. Those who speak for the same one share its weight equally, to the last minor unit; ties of the
 * remainder go by the person's id, so that the same roll weighs the same.
 */
@Injectable()
@WeighsVotes()
export class DecisionWeights implements WeightRoom {
  async weigh(tx: Tx, poolId: string, voters: readonly WeighedVoter[]): Promise<Map<string, bigint>> {
    const contributed = await tx.rows<{ funderId: string; amount: bigint }>(
      `SELECT funder_id AS "funderId", sum(amount)::bigint AS amount FROM contributions
       WHERE pool_id = $1 AND recorded_at <= $2 AND reversed_at IS NULL GROUP BY funder_id ORDER BY funder_id`,
      [poolId, tx.now],
    );
    return sharedWeights(contributed, voters);
  }
}

/** Each organisation's weight, shared equally among its voters by largest remainder; who speaks for several has the sum. */
export function sharedWeights(
  contributed: readonly { funderId: string; amount: bigint }[],
  voters: readonly WeighedVoter[],
): Map<string, bigint> {
  const weights = new Map(voters.map(({ personId }) => [personId, 0n]));
  for (const { funderId, amount } of contributed) {
    const people = voters
      .filter(({ organisationIds }) => organisationIds.includes(funderId))
      .map(({ personId }) => personId)
      .sort();
    if (people.length === 0) continue;
    const parts = allocate(
      amount,
      people.map(() => 1n),
    );
    for (const [index, personId] of people.entries())
      weights.set(personId, weights.get(personId)! + parts[index]!);
  }
  return weights;
}

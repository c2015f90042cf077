import { Injectable } from '@nestjs/common';
import type { Day } from '../../../maths/day.js';
import { percentReached } from '../../../maths/coupon-ladder.js';
import { arrangeFloor, paidByInvestors } from '../../../maths/two-sided.js';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, lockBond, signedTerms } from '../../contracts/bonds.read.js';
import { type Outcomes, percentText } from '../distributions/distribution.rules.js';
import { kept } from '../distributions/kept-working.js';
import { type InvestorStanding, investorStandings, outcomesBy } from '../investor-flows.read.js';
import type { CallTwoSided } from './drawdown.dto.js';
import type { DrawdownCall } from './drawdowns.read.js';
import { DrawdownsService } from './drawdowns.service.js';

/** What investors owe for poor outcomes by a day, beyond what they were called for it already. Minor units. */
export interface TwoSidedOwed {
  outcomes: Outcomes;
  owed: { investor: InvestorStanding; whole: bigint; open: bigint }[];
}

/** Null where the contract has nothing of the kind, or no plan says what was expected. */
export async function twoSidedOwed(tx: Tx, bond: Bond, on: Day): Promise<TwoSidedOwed | null> {
  const { terms } = await signedTerms(tx, bond.id);
  const outcomes = terms.twoSided && (await outcomesBy(tx, bond, on));
  const percent = outcomes && percentReached(outcomes.reached, outcomes.expected);
  if (!terms.twoSided || percent === null) return null;
  const investors = await investorStandings(tx, bond);
  const whole = paidByInvestors(
    arrangeFloor(terms.twoSided.bands),
    percent,
    investors.map(({ drawn }) => drawn),
  );
  return {
    outcomes: outcomes!,
    owed: investors.map((investor, place) => {
      const open = whole[place]! - investor.twoSidedCalled;
      return { investor, whole: whole[place]!, open: open > 0n ? open : 0n };
    }),
  };
}

/**
 * The same, or why nobody can say it.
 * @throws stateForbids; ruleBroken where the contract knows no such payment, the day has not come, or no plan says what
 *   was expected
 */
export async function requireTwoSided(tx: Tx, bond: Bond, asOf: Day): Promise<TwoSidedOwed> {
  requireBondStep(bond.state, 'distribute');
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  if (asOf > today)
    throw fieldError('ruleBroken', '/asOf', 'Outcomes of a day that has not come are not known.');
  const { terms } = await signedTerms(tx, bond.id);
  if (terms.twoSided === null)
    throw new DomainError('ruleBroken', 'By this contract investors owe nothing for poor outcomes.');
  const found = await twoSidedOwed(tx, bond, asOf);
  if (found !== null) return found;
  throw fieldError('ruleBroken', '/asOf', `No plan says what was expected by ${asOf}. Make a plan first.`);
}

/** Calls what the contract has investors pay into the bond where outcomes are poor. It is no capital. */
@Injectable()
export class TwoSidedService {
  constructor(private readonly drawdowns: DrawdownsService) {}

  /**
   * Calls from each investor its part of what is owed as outcomes stand on a day, by the capital it has drawn.
   * @throws stateForbids; ruleBroken where the contract knows no such payment, no plan says what was expected, or nothing
   *   is owed
   */
  async call(tx: Tx, bondId: string, { asOf, dueOn }: CallTwoSided): Promise<DrawdownCall[]> {
    const { bond, pool } = await lockBond(tx, bondId);
    const found = await requireTwoSided(tx, bond, asOf);
    const percent = percentText(found.outcomes);
    const open = found.owed.filter((one) => one.open > 0n);
    if (open.length === 0) {
      const sentence = `Outcomes came to ${percent} % of the plan by ${asOf}: investors owe nothing more for it.`;
      throw fieldError('ruleBroken', '/asOf', sentence);
    }
    const calls: DrawdownCall[] = [];
    for (const { investor, whole, open: amount } of open) {
      const { partyId, drawn } = investor;
      const reason = `Outcomes came to ${percent} % of the plan by ${asOf}`;
      const working = kept({ asOf, percent, ...found.outcomes, drawn, whole }, bond.currency);
      calls.push(
        await this.drawdowns.open(tx, bond, pool, {
          partyId,
          amount,
          dueOn,
          reason,
          kind: 'twoSided',
          working,
        }),
      );
    }
    return calls;
  }
}

import { addMonths } from '../../maths/day.js';
import { parseAmount, sum } from '../../maths/money.js';
import type { BondTerms } from './bond-terms.js';
import { amendmentProblems, partyProblems, type Surroundings } from './parties.rules.js';
import { payerProblems } from './payers.rules.js';
import { capProblems, type Problem, problem, rateCardProblems } from './rate-card.rules.js';
import { returnProblems } from './returns.rules.js';

const mostYears = 50;

/**
 * All that stands in the way of signing these terms, by its place in them; nothing if they may be proposed. The terms
 * are ones that `readTerms` gave: well-formed, and perhaps incomplete.
 */
export function termsProblems(terms: BondTerms, around: Surroundings): Problem[] {
  const { currency } = around;
  return [
    ...termProblems(terms),
    ...rateCardProblems(terms, currency),
    ...capProblems(terms, currency),
    ...payerProblems(terms),
    ...returnProblems(terms, currency),
    ...partyProblems(terms, around),
    ...amendmentProblems(terms, around),
  ];
}

function* termProblems({ startOn, endOn }: BondTerms): Generator<Problem> {
  if (endOn <= startOn) yield problem('/endOn', 'The term ends after it begins.');
  else if (endOn > addMonths(startOn, 12 * mostYears))
    yield problem('/endOn', `The term ends within ${mostYears} years.`);
}

/**
 * How much is agreed, in minor units: what payers may have to pay (the bond's cap), or what investors commit, if that is
 * more. The pool's tiers of approval are read by it.
 */
export function amountAtStake({ caps, investors }: BondTerms, currency: string): bigint {
  const committed = sum(investors.map(({ commitment }) => parseAmount(commitment, currency)));
  const cap = caps.bond === null ? 0n : parseAmount(caps.bond, currency);
  return cap > committed ? cap : committed;
}

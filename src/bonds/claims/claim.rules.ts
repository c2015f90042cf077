import type { Day } from '../../maths/day.js';
import { compareDecimals, formatShortest, parseDecimal } from '../../maths/exact.js';
import { formatAmount } from '../../maths/money.js';
import type { Trim } from '../../maths/outcomes/caps.js';
import type { Fraction } from '../../maths/bands.js';
import type { PaidLine } from '../../maths/outcomes/outcome-payments.js';
import { type ByThreshold, meanTo } from '../../maths/outcomes/pooled-threshold.js';
import { type TermPeriod, termPeriods } from '../../maths/term-periods.js';
import { DomainError, type FieldError, fieldError } from '../../platform/errors/domain-error.js';
import type { BondTerms, ClaimsEvery, MetricKind } from '../contracts/bond-terms.js';

export const claimStates = ['draft', 'submitted', 'verified', 'rejected'] as const;
export type ClaimState = (typeof claimStates)[number];

export const verdicts = ['accepted', 'reduced', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

const monthsIn: Record<ClaimsEvery, number> = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 };

/** The periods in which outcomes of a bond are claimed. */
export const claimPeriods = ({ startOn, endOn, claimsEvery }: BondTerms): TermPeriod[] =>
  termPeriods(startOn, endOn, monthsIn[claimsEvery]);

/**
 * The period that a claim is for.
 * @throws ruleBroken naming `/period`: after the term, or before the period has begun
 */
export function requireClaimPeriod(terms: BondTerms, number: number, today: Day): TermPeriod {
  const periods = claimPeriods(terms);
  const period = periods.find((one) => one.number === number);
  if (!period) {
    const sentence = `The term ends on ${terms.endOn}, with period ${periods.length}. Nothing is claimed after it.`;
    throw fieldError('ruleBroken', '/period', sentence);
  }
  if (period.from > today) {
    const sentence = `Period ${number} begins on ${period.from}: its outcomes cannot have been reached yet.`;
    throw fieldError('ruleBroken', '/period', sentence);
  }
  return period;
}

/** The number of the period in a form with a file. @throws ruleBroken naming `/period` */
export function requirePeriodNumber(body: unknown): number {
  const period = Number((body as { period?: unknown } | null)?.period);
  if (Number.isInteger(period)) return period;
  throw fieldError('ruleBroken', '/period', 'Say for which period.');
}

/** What a line says was reached. Decimals as text; people by their keys. */
export interface Reached {
  metric: string;
  quantity: string | null;
  value: string | null;
  people: readonly string[];
}

const isByValue = (kind: MetricKind) => kind === 'band' || kind === 'threshold' || kind === 'improvement';

/** Refuses lines that the rate card cannot price, each named by its place. @throws ruleBroken */
export function requirePriceable({ rateCard }: BondTerms, lines: readonly Reached[]): void {
  const found = lines.flatMap((line, index) => problemsOf(rateCard, line, `/lines/${index}`));
  if (found.length === 0) return;
  const sentence =
    found.length === 1 ? found[0]!.message : `${found.length} things in the claim need a change.`;
  throw new DomainError('ruleBroken', sentence, found);
}

function problemsOf(rateCard: BondTerms['rateCard'], line: Reached, pointer: string): FieldError[] {
  const wrong = (field: string, message: string): FieldError[] => [
    { pointer: `${pointer}/${field}`, code: 'ruleBroken', message },
  ];
  const term = rateCard.find(({ metric }) => metric === line.metric);
  if (!term) return wrong('metric', `The rate card has no metric “${line.metric}”.`);
  if (term.kind === 'per_person_once') {
    if (line.people.length === 0) return wrong('people', `“${term.title}” counts people: name who.`);
    if (line.quantity !== null || line.value !== null)
      return wrong(
        'quantity',
        `“${term.title}” counts the people who are named, and takes no number beside.`,
      );
    return [];
  }
  if (isByValue(term.kind))
    return line.value === null ? wrong('value', `Say which value of “${term.title}” was reached.`) : [];
  if (line.value !== null)
    return wrong('value', `“${term.title}” is paid by how many, and takes no value beside.`);
  return line.quantity === null ? wrong('quantity', `Say how many of “${term.title}”.`) : [];
}

/** What a verifier found of a line. */
export interface Finding {
  verdict: Verdict;
  quantity: string | null;
  value: string | null;
  /** Keys of people that are not accepted. */
  notAccepted: readonly string[];
  reason: string | null;
}

/**
 * What is paid for of a line. Accepted is all that was claimed; reduced is less of it, with a reason; rejected is
 * nothing, with a reason. Never more than was claimed.
 * @throws ruleBroken naming the place
 */
export function acceptedOf(claimed: Reached, finding: Finding, pointer: string): Reached {
  if (finding.verdict !== 'accepted' && !finding.reason)
    throw fieldError('ruleBroken', `${pointer}/reason`, 'Say why not all of it is accepted.');
  return narrowed(claimed, finding, pointer);
}

/**
 * The same where nobody has said why yet: what a preview goes by.
 * @throws ruleBroken naming the place
 */
export function narrowed(claimed: Reached, finding: Omit<Finding, 'reason'>, pointer: string): Reached {
  const wrong = (field: string, sentence: string) =>
    fieldError('ruleBroken', `${pointer}/${field}`, sentence);
  const isNarrowed = finding.quantity !== null || finding.value !== null || finding.notAccepted.length > 0;
  if (finding.verdict !== 'reduced') {
    if (isNarrowed) throw wrong('verdict', 'Only a line that is reduced has figures of its own.');
    if (finding.verdict === 'accepted') return claimed;
    const hasNumber = claimed.quantity !== null || claimed.value !== null;
    return { ...claimed, quantity: hasNumber ? '0' : null, people: [] };
  }
  if (!isNarrowed) throw wrong('verdict', 'Say to what it is reduced, or who is not accepted.');
  const stranger = finding.notAccepted.find((key) => !claimed.people.includes(key));
  if (stranger !== undefined) throw wrong('notAccepted', 'Somebody is named who was not claimed.');
  return {
    metric: claimed.metric,
    quantity: atMost(claimed.quantity, finding.quantity, wrong, 'quantity'),
    value: finding.value ?? claimed.value,
    people: claimed.people.filter((key) => !finding.notAccepted.includes(key)),
  };
}

function atMost(
  claimed: string | null,
  found: string | null,
  wrong: (field: string, sentence: string) => DomainError,
  field: string,
): string | null {
  if (found === null) return claimed;
  if (claimed === null) throw wrong(field, 'Nothing was claimed by number here.');
  if (compareDecimals(parseDecimal(found), parseDecimal(claimed)) > 0)
    throw wrong(field, `${found} is more than the ${claimed} that were claimed.`);
  return found;
}

/** @throws stateForbids unless a claim was handed in, and is neither verified nor rejected */
export function requireToVerify({ state }: { state: ClaimState }): void {
  if (state === 'submitted') return;
  const sentence = `The claim is ${state}. Only one that was handed in is verified or rejected.`;
  throw new DomainError('stateForbids', sentence);
}

/** Who a person is to a bond: what makes a verifier independent, or not. */
export interface VerifierTies {
  personId: string;
  /** Organisations that the person sits or works for today. */
  organisationIds: readonly string[];
}

export interface VerifiedBond {
  providerId: string;
  verifier: BondTerms['verifier'];
  investorIds: readonly string[];
}

/**
 * Refuses a verifier who is not the one that was agreed, or who is the claimant, the provider or an investor.
 * @throws makerIsChecker, forbidden
 */
export function requireIndependent(
  person: VerifierTies,
  bond: VerifiedBond,
  claimants: readonly (string | null)[],
): void {
  if (claimants.includes(person.personId))
    throw new DomainError(
      'makerIsChecker',
      'You made or handed in this claim, so somebody else verifies it.',
    );
  if (person.organisationIds.includes(bond.providerId))
    throw new DomainError('makerIsChecker', 'You belong to the provider, whose claim this is.');
  if (person.organisationIds.some((id) => bond.investorIds.includes(id)))
    throw new DomainError('makerIsChecker', 'You belong to an investor, who is paid by what is verified.');
  const { organisationId, personId } = bond.verifier;
  const isAgreed =
    personId === null
      ? organisationId !== null && person.organisationIds.includes(organisationId)
      : personId === person.personId;
  if (!isAgreed) throw new DomainError('forbidden', 'The contract names another verifier.');
}

/** What a cap took away, as it is kept: amounts in major units. */
export interface KeptTrim {
  by: Trim['by'];
  amount: string;
}

export const keepTrims = (trimmed: readonly Trim[], currency: string): KeptTrim[] =>
  trimmed.map(({ by, amount }) => ({ by, amount: formatAmount(amount, currency) }));

/** "440 × 1680.00", "3 people × 3300.00, 1 counted before": how a gross amount came about. */
export function workingText({ working }: PaidLine, currency: string): string {
  if (working === null) return 'Claimed again: a period’s cap had trimmed it';
  const { accepted } = working;
  const count = formatShortest(accepted);
  switch (working.by) {
    case 'quantity':
      return `${count} × ${formatAmount(working.price, currency)}`;
    case 'people': {
      const not = working.notCounted.map(({ because }) => because);
      const tally = [...new Set(not)].map(
        (because) => `${not.filter((one) => one === because).length} ${because}`,
      );
      const people = `${count} ${count === '1' ? 'person' : 'people'} × ${formatAmount(working.price, currency)}`;
      return [people, ...tally].join(', ');
    }
    case 'value': {
      const byValue = `${count} × the price at ${formatShortest(working.value)}`;
      return working.pooled
        ? `${byValue}, ${thresholdText(working.pooled, working.price, currency)}`
        : byValue;
    }
  }
}

/** Which threshold paid: the claim's own, the pooled one, or neither. */
function thresholdText({ threshold, mean, earlier }: ByThreshold, price: Fraction, currency: string): string {
  if (threshold === 'own') return 'by its own threshold';
  const together = `all claims together are at ${mean === null ? 'nothing' : formatShortest(meanTo(mean, 6))}`;
  if (threshold === 'neither') return `by no threshold: ${together}`;
  const also = earlier.units === 0n ? '' : `, and ${formatShortest(earlier)} that had missed before`;
  return `by the pooled threshold, ${formatAmount(price.numerator, currency)} each${also}: ${together}`;
}

import type { Day } from '../../maths/day.js';
import { formatShortest, parseDecimal } from '../../maths/exact.js';
import { dayText, plural } from '../../web/format.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { claimPeriods, type KeptTrim, type Verdict } from './claim.rules.js';
import type { ClaimLine, OutcomeClaim } from './claims.read.js';

export const trimNames: Record<KeptTrim['by'], string> = {
  person: 'Cap for a person',
  line: 'Cap of this line',
  period: 'Cap of the period',
  bond: 'Cap of the bond',
};

export const verdictNotes: Record<Verdict, string> = {
  accepted: 'all that was claimed',
  reduced: 'less than was claimed, for a reason',
  rejected: 'nothing of it, for a reason',
};

export const claimActions: Readonly<Record<string, string>> = {
  'claim.made': 'drafted it',
  'claim.changed': 'changed it',
  'claim.submitted': 'handed it in',
  'claim.verified': 'verified it',
  'claim.rejected': 'rejected it',
  'claim.evidenceAdded': 'added a file',
};

/** "Period 2, 1 Apr 2027 – 30 Jun 2027". */
export const periodText = (period: { number: number; from: Day; to: Day }, locale: string): string =>
  `Period ${period.number}, ${dayText(period.from, locale)} – ${dayText(period.to, locale)}`;

/** "Claim 3". */
export const claimTitle = ({ number }: Pick<OutcomeClaim, 'number'>): string => `Claim ${number}`;

/** The periods that outcomes can be claimed for today: those that have begun, the newest first. */
export const begunPeriods = (terms: BondTerms, today: Day) =>
  claimPeriods(terms)
    .filter(({ from }) => from <= today)
    .reverse();

/** The period that a claim is most likely for: the newest that is over. */
export const likelyPeriod = (terms: BondTerms, today: Day): number | undefined => {
  const begun = begunPeriods(terms, today);
  return (begun.find(({ to }) => to < today) ?? begun[0])?.number;
};

/** A metric as people call it. */
export const titleOf = ({ rateCard }: BondTerms, metric: string): string =>
  rateCard.find((line) => line.metric === metric)?.title ?? metric;

/** "440", "450 at 62.5", "3 people": what was reached of a metric. */
function reachedText({
  quantity,
  value,
  people,
}: {
  quantity: string | null;
  value: string | null;
  people: number;
}): string {
  const number = (text: string) => formatShortest(parseDecimal(text));
  if (value !== null) return quantity === null ? number(value) : `${number(quantity)} at ${number(value)}`;
  return quantity === null ? plural(people, 'person', 'people') : number(quantity);
}

export const claimedText = ({ quantity, value, people }: ClaimLine): string =>
  reachedText({ quantity, value, people: people.length });

/** The same of what was accepted; null before it is verified. */
export function acceptedText(line: ClaimLine): string | null {
  if (line.verdict === null) return null;
  if (line.verdict === 'rejected') return 'nothing';
  const people = line.people.filter(({ isAccepted }) => isAccepted).length;
  return reachedText({ quantity: line.acceptedQuantity, value: line.acceptedValue, people });
}

/** The first letters of a person’s key: enough to tell them apart on a page. */
export const shortKey = (key: string): string => key.slice(0, 8);

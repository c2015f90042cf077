import type { Day } from '../../../maths/day.js';
import { daysBetween } from '../../../maths/day.js';
import { dayText, moneyText, plural } from '../../../web/format.js';

/** A document that a line of the bank, or a part of it, may be. Minor units: what came is positive. */
export interface Candidate {
  lineId: string;
  kind: string;
  id: string;
  /** What a person calls it: "G-2027-01, Stream Youth Work". */
  label: string;
  amount: bigint;
  on: Day;
  /** What happened on that day, or will: "approved, due". */
  standing: string;
  /** By what a bank line may name it. */
  references: string[];
  endToEndId: string | null;
}

/** What a line says. */
export interface Said {
  amount: bigint;
  currency: string;
  bookedOn: Day;
  reference: string;
  remittance: string;
  endToEndId: string | null;
}

/**
 * By what a candidate fits: the id we gave it, a reference in the line’s text, or its amount on a day that is near. Else
 * it is only possible: as a part of the line, or of its amount but far off.
 */
export type Fit = 'endToEndId' | 'reference' | 'amount' | 'possible';

export interface Suggestion extends Candidate {
  by: Fit;
  /** The reference that the line’s text names. */
  named: string | null;
  /** Whether it is all of the line. */
  isWhole: boolean;
  days: number;
}

/** Of a line that names nothing: what is further off is hardly it, just of the same amount. */
const NEAR_DAYS = 45;

const order: readonly Fit[] = ['endToEndId', 'reference', 'amount', 'possible'];

/**
 * What a line may be, the surest first: by EndToEndId, then by a reference that its text names, then by amount and day; among
 * those of one sort what is the whole line before parts, then the nearest day.
 */
export function suggestionsFor(line: Said, candidates: readonly Candidate[]): Suggestion[] {
  return candidates
    .map((candidate): Suggestion => {
      const named = candidate.references.find((reference) => names(line, reference)) ?? null;
      const isWhole = candidate.amount === line.amount;
      const days = Math.abs(daysBetween(candidate.on, line.bookedOn));
      const by = isSameId(line.endToEndId, candidate.endToEndId)
        ? 'endToEndId'
        : named !== null
          ? 'reference'
          : isWhole && days <= NEAR_DAYS
            ? 'amount'
            : 'possible';
      return { ...candidate, by, named, isWhole, days };
    })
    .toSorted(
      (a, b) =>
        order.indexOf(a.by) - order.indexOf(b.by) ||
        Number(b.isWhole) - Number(a.isWhole) ||
        a.days - b.days ||
        (a.id < b.id ? -1 : 1),
    );
}

const isSameId = (stated: string | null, ours: string | null): boolean =>
  stated !== null && ours !== null && stated.trim().toUpperCase() === ours.toUpperCase();

/** Shorter ones stand in any text by chance. */
const LEAST = 3;
const LEAST_UNPUNCTUATED = 6;

/**
 * Whether a line’s text or reference names a reference: as a word of its own, in any case; a longer one also with the
 * spaces and hyphens gone, as banks print them.
 */
export function names(
  { remittance, reference: own }: Pick<Said, 'remittance' | 'reference'>,
  it: string,
): boolean {
  const text = `${own} ${remittance}`.toUpperCase();
  const wanted = it.trim().toUpperCase();
  if (wanted.length < LEAST) return false;
  const bare = wanted.replace(/[^\p{L}\p{N}]/gu, '');
  if (bare.length >= LEAST_UNPUNCTUATED && text.replace(/[^\p{L}\p{N}]/gu, '').includes(bare)) return true;
  const at = text.indexOf(wanted);
  if (at < 0) return false;
  const isEdge = (letter: string | undefined) => letter === undefined || !/[\p{L}\p{N}]/u.test(letter);
  return isEdge(text[at - 1]) && isEdge(text[at + wanted.length]);
}

/** Why it is suggested, in words: "approved, due 1 Dec 2026; of this amount, 1 day apart". */
export function reasonOf(suggestion: Suggestion, currency: string, locale: string): string {
  const { by, named, isWhole, standing, on, days, amount } = suggestion;
  const because = {
    endToEndId: 'named by its EndToEndId',
    reference: `the line names “${named ?? ''}”`,
    amount: 'of this amount',
    possible: isWhole ? 'of this amount' : `a part of it, ${moneyText(amount, currency, locale)}`,
  }[by];
  const other = isWhole || by === 'possible' ? '' : `, but of ${moneyText(amount, currency, locale)}`;
  const apart = days === 0 ? 'on the same day' : `${plural(days, 'day')} apart`;
  return `${standing} ${dayText(on, locale)}; ${because}${other}, ${apart}`;
}

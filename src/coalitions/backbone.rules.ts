import { addDays, compareDays, type Day } from '../maths/day.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { overlap, type Period, refuseOddPeriod, standingOn } from './period.js';

/** What makes an organisation a funder or grantee of the coalition. */
export type MoneyTie =
  | ({ kind: 'seat'; role: 'funder' | 'partner' } & Period)
  | { kind: 'pledge' | 'grant' | 'bond'; reference: string }
  | { kind: 'balance'; pool: string };

export interface TermSurroundings {
  organisationName: string;
  today: Day;
  ties: readonly MoneyTie[];
  /** The other terms of the coalition. */
  terms: readonly Period[];
}

/**
 * Refuses a term for an organisation whose money is in the coalition, or that gets money from it, while it would
 * serve; and a term that would share a day with another. A term that goes on gives way: see `succeeded`.
 */
export function refuseTerm(term: Period, { organisationName, today, ties, terms }: TermSurroundings): void {
  refuseOddPeriod(term);
  const tie = ties.find((each) => holdsDuring(each, term, today));
  if (tie) {
    throw fieldError(
      'ruleBroken',
      '/organisationId',
      `${organisationName} ${tieWords(tie)}, so it cannot serve as the backbone at the same time. ` +
        'Choose another organisation.',
    );
  }
  if (terms.some((other) => overlap(other, term) && !givesWay(other, term))) {
    throw fieldError(
      'ruleBroken',
      '/sinceOn',
      'Another organisation serves as the backbone in that time. Choose dates outside its term.',
    );
  }
}

/** The last day of a serving term that the new one succeeds: the day before it begins. Null where it does not. */
export function succeeded(other: Period, term: Period): Day | null {
  return overlap(other, term) && givesWay(other, term) ? addDays(term.sinceOn, -1) : null;
}

function givesWay(other: Period, term: Period): boolean {
  return other.untilOn === null && compareDays(other.sinceOn, term.sinceOn) < 0;
}

/** Pledges, grants and balances have no end of their own: they stand in the way of what serves today or later. */
function holdsDuring(tie: MoneyTie, term: Period, today: Day): boolean {
  return tie.kind === 'seat' ? overlap(tie, term) : standingOn(term, today) !== 'ended';
}

function tieWords(tie: MoneyTie): string {
  switch (tie.kind) {
    case 'seat':
      return `holds the seat of a ${tie.role}`;
    case 'pledge':
      return `has the open pledge ${tie.reference}`;
    case 'grant':
      return `has the open grant ${tie.reference}`;
    case 'bond':
      return `has a part in the bond ${tie.reference}`;
    case 'balance':
      return `still has money in the pool ${tie.pool}`;
  }
}

/** Refuses to end a term before it begins, or one that has ended already. */
export function refuseEndOfTerm(term: Period, lastDay: Day, today: Day): void {
  if (standingOn(term, today) === 'ended') {
    throw new DomainError('stateForbids', `This term ended on ${term.untilOn ?? ''} already.`);
  }
  refuseOddPeriod({ sinceOn: term.sinceOn, untilOn: lastDay });
}

import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { dayText } from '../../web/format.js';
import type { HoldReason } from '../instalment.rules.js';

export const conditionKinds = [
  'reportAccepted',
  'documentReceived',
  'matchMoneyRaised',
  'decisionPassed',
  'date',
] as const;
export type ConditionKind = (typeof conditionKinds)[number];

export const conditionStates = ['open', 'met', 'waived'] as const;
export type ConditionState = (typeof conditionStates)[number];

/** A condition as it was agreed. Money in minor units of the grant's currency. */
export interface ConditionTerms {
  kind: ConditionKind;
  subject: string;
  onDay: Day | null;
  matchAmount: bigint | null;
  matchRaised: bigint;
}

/** What a condition asks for, as people read it: “a report through 31 Dec 2027 is accepted”. */
export function conditionText(terms: ConditionTerms, currency: string, locale = 'en-GB'): string {
  const money = (minor: bigint) => formatMoney(minor, currency, locale);
  const on = terms.onDay === null ? '' : dayText(terms.onDay, locale);
  switch (terms.kind) {
    case 'reportAccepted':
      return `a report through ${on} is accepted`;
    case 'documentReceived':
      return `${terms.subject} is received`;
    case 'matchMoneyRaised': {
      const raised = terms.matchRaised > 0n ? `, ${money(terms.matchRaised)} so far` : '';
      return `${money(terms.matchAmount ?? 0n)} of other money is raised for ${terms.subject}${raised}`;
    }
    case 'decisionPassed':
      return `the decision “${terms.subject}” is passed`;
    case 'date':
      return `nothing is paid before ${on}`;
  }
}

export const heldForCondition = (text: string): HoldReason => ({
  code: 'conditionOpen',
  text: `waits: ${text}`,
});

interface AskedCondition {
  kind: ConditionKind;
  subject?: string;
  onDay?: Day;
  matchAmount?: bigint;
}

/**
 * Holds a condition to what its kind asks for, and to nothing else.
 * @throws ruleBroken naming the field
 */
export function requireTerms({ kind, subject, onDay, matchAmount }: AskedCondition): ConditionTerms {
  const needsDay = kind === 'reportAccepted' || kind === 'date';
  const needsMoney = kind === 'matchMoneyRaised';
  const wrong = (pointer: string, sentence: string) => fieldError('ruleBroken', pointer, sentence);
  if (needsDay && onDay === undefined) {
    const sentence =
      kind === 'date'
        ? 'Say before which day nothing is paid.'
        : 'Say up to which day the report must reach.';
    throw wrong('/onDay', sentence);
  }
  if (!needsDay && onDay !== undefined)
    throw wrong('/onDay', 'This kind of condition has no day of its own.');
  if (!needsDay && subject === undefined)
    throw wrong('/subject', subjectAsked[kind] ?? 'Say what it is about.');
  if (needsDay && subject !== undefined)
    throw wrong('/subject', 'This kind of condition says all by its day.');
  if (needsMoney && (matchAmount === undefined || matchAmount <= 0n))
    throw wrong('/matchAmount', 'Say how much other money must be raised.');
  if (!needsMoney && matchAmount !== undefined)
    throw wrong('/matchAmount', 'Only match money has an amount.');
  return {
    kind,
    subject: subject ?? '',
    onDay: onDay ?? null,
    matchAmount: matchAmount ?? null,
    matchRaised: 0n,
  };
}

const subjectAsked: Partial<Record<ConditionKind, string>> = {
  documentReceived: 'Name the document.',
  decisionPassed: 'Name the decision.',
  matchMoneyRaised: 'Say what the other money is for.',
};

/** What is said when a condition is met by hand. */
export interface Meeting {
  metOn: Day;
  today: Day;
  /** More match money, in minor units. */
  amount?: bigint;
}

/**
 * Whether a condition is met with this: a document or a decision at once, match money when all of it is raised. A report
 * is accepted where it is read, and a day comes by itself.
 * @throws stateForbids; ruleBroken naming the field
 */
export function meet(
  { kind, state, matchAmount, matchRaised }: ConditionTerms & { state: ConditionState },
  { metOn, today, amount }: Meeting,
): { isMet: boolean; matchRaised: bigint } {
  if (state !== 'open') throw new DomainError('stateForbids', `The condition is ${state} already.`);
  if (kind === 'reportAccepted' || kind === 'date') {
    const how = kind === 'date' ? 'when its day comes' : 'when the report is accepted';
    throw new DomainError('stateForbids', `This condition is met by itself, ${how}.`);
  }
  if (metOn > today) throw fieldError('ruleBroken', '/metOn', 'This cannot lie in the future.');
  if (kind !== 'matchMoneyRaised') {
    if (amount !== undefined) throw fieldError('ruleBroken', '/amount', 'Only match money has an amount.');
    return { isMet: true, matchRaised };
  }
  if (amount === undefined || amount <= 0n)
    throw fieldError('ruleBroken', '/amount', 'Say how much more was raised.');
  const raised = matchRaised + amount;
  return { isMet: raised >= matchAmount!, matchRaised: raised };
}

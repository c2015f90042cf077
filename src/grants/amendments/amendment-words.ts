import { formatAmount, formatMoney } from '../../maths/money.js';
import type { GrantRow } from '../grants.read.js';
import { triggerText } from '../triggers/trigger.rules.js';
import type { AskAmendment } from './amendment.dto.js';
import {
  type AmendmentKind,
  type GrantTerms,
  isOpen,
  type PlanLine,
  type Replay,
} from './amendment.rules.js';

/** What the kinds of amendment are called. */
export const kindNames: Record<AmendmentKind, string> = {
  extension: 'Extension',
  noCostExtension: 'No-cost extension',
  topUp: 'Top-up',
  cut: 'Cut',
  reschedule: 'New schedule',
  carryOver: 'Carry-over',
};

/** What each kind does, in a sentence. */
export const kindNotes: Record<AmendmentKind, string> = {
  extension: 'The term ends later; money may be added.',
  noCostExtension: 'The term ends later; the award stays as it is.',
  topUp: 'More money in the same term.',
  cut: 'Less money; never less than what is paid or under way.',
  reschedule: 'The same money on other days, or cut into other slices.',
  carryOver: 'What is unpaid moves to later days; the award stays as it is.',
};

/** The request in a line, with its figures. */
export function summaryOf(grant: GrantRow, kind: string, { award, endOn }: Replay): string {
  const show = (minor: bigint) => formatMoney(minor, grant.currency, 'en-GB');
  const changes = [
    award === grant.amount ? '' : `from ${show(grant.amount)} to ${show(award)}`,
    endOn === grant.endOn ? '' : `until ${endOn}`,
  ].filter(Boolean);
  const name = kindNames[kind as AmendmentKind];
  return [`${name} of ${grant.reference} for ${grant.organisation}`, ...changes].join(', ');
}

/** Exactly what is approved, value by value as people read it; the hash is taken over it. */
export function contentOf(
  grant: GrantRow,
  terms: GrantTerms,
  result: Replay,
  { kind, reason }: AskAmendment,
): Record<string, unknown> {
  const money = (minor: bigint) => formatAmount(minor, grant.currency);
  const unpaid = (lines: readonly PlanLine[]) =>
    lines.filter(isOpen).map(({ number, nominalOn, dueOn, amount, after }) =>
      after && dueOn === null
        ? {
            ...{ number, due: triggerText(after, grant.currency), expectedBy: nominalOn },
            amount: money(amount),
          }
        : { number, agreedFor: nominalOn, amount: money(amount) },
    );
  return {
    kind: kindNames[kind as AmendmentKind],
    reason,
    grantId: grant.id,
    grant: `${grant.reference} ${grant.title}`,
    payee: grant.organisation,
    currency: grant.currency,
    awardBefore: money(terms.award),
    awardAfter: money(result.award),
    termEndsBefore: terms.endOn,
    termEndsAfter: result.endOn,
    unpaidBefore: unpaid(terms.lines),
    unpaidAfter: unpaid(result.lines),
  };
}

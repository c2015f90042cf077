import { MathsError } from '../../maths/maths-error.js';
import { parseAmount } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { Condition } from '../conditions/conditions.read.js';
import type { Trigger, TriggerEvent, TriggerUnit } from '../triggers/trigger.rules.js';
import type { AmendedInstalmentInput, AskAmendment } from './amendment.dto.js';
import type { Amendment, AmendmentKind } from './amendment.rules.js';

/**
 * What was sent, as the rules take it: amounts in minor units of the grant's currency.
 * @throws ruleBroken naming the field: an amount that the currency does not have, neither a day nor a condition, or one
 *   that has ended
 */
export function readAmendment(
  { kind, endOn, award, instalments }: AskAmendment,
  currency: string,
  conditions: readonly Condition[],
): Amendment {
  const read = (text: string, pointer: string): bigint => {
    try {
      return parseAmount(text, currency);
    } catch (error) {
      if (!(error instanceof MathsError)) throw error;
      throw fieldError('ruleBroken', pointer, error.detail);
    }
  };
  return {
    kind: kind as AmendmentKind,
    endOn: endOn ?? undefined,
    award: award ? read(award, '/award') : undefined,
    slices: instalments?.map(({ dueOn, after, amount, uplift }, index) => ({
      ...readDay({ dueOn, after }, conditions, `/instalments/${index}`),
      amount: read(amount, `/instalments/${index}/amount`),
      uplift: uplift ? read(uplift, `/instalments/${index}/uplift`) : 0n,
    })),
  };
}

/** The day of a slice, or what it waits for and the day by which that is expected. */
function readDay(
  { dueOn, after }: Pick<AmendedInstalmentInput, 'dueOn' | 'after'>,
  conditions: readonly Condition[],
  pointer: string,
): { nominalOn: string; after: Trigger | null } {
  if (dueOn && after) {
    const sentence = 'An instalment falls due on a day, or after a condition: not both.';
    throw fieldError('ruleBroken', `${pointer}/dueOn`, sentence);
  }
  if (dueOn) return { nominalOn: dueOn, after: null };
  if (!after)
    throw fieldError('ruleBroken', `${pointer}/dueOn`, 'Say on which day it is paid, or after what.');
  const condition = conditions.find(({ id }) => id === after.conditionId);
  if (condition === undefined || condition.kind === 'date')
    throw fieldError('ruleBroken', `${pointer}/after/conditionId`, 'Choose a condition of this grant.');
  if (condition.state !== 'open') {
    const sentence = `This condition is ${condition.state} already: give the instalment a day.`;
    throw fieldError('ruleBroken', `${pointer}/after/conditionId`, sentence);
  }
  const { subject, onDay, matchAmount } = condition;
  const trigger = {
    ...{ event: condition.kind satisfies TriggerEvent, conditionId: condition.id, subject, onDay },
    ...{ matchAmount: matchAmount?.toString() ?? null, count: after.count, unit: after.unit as TriggerUnit },
    expectedOn: after.expectedOn,
  };
  return { nominalOn: after.expectedOn, after: trigger };
}

import type { Day } from '../../maths/day.js';
import { isCurrency } from '../../maths/money.js';
import { DomainError, fieldError, type FieldError } from '../../platform/errors/domain-error.js';
import type { Access } from '../../platform/http/request.js';

export interface PledgedInstalment {
  dueOn: Day;
  amount: bigint;
}

/**
 * Holds a pledge to itself: every instalment more than nothing, dates ascending, and together the whole amount.
 * @throws ruleBroken naming each wrong field
 */
export function requireWholePledge(
  amount: bigint,
  instalments: readonly PledgedInstalment[],
  show: (minor: bigint) => string,
): void {
  const fields: FieldError[] = [];
  if (amount <= 0n) fields.push(wrong('/amount', 'notPositive', 'A pledge is more than nothing.'));
  instalments.forEach((instalment, index) => {
    const before = instalments[index - 1];
    if (instalment.amount <= 0n) {
      fields.push(
        wrong(`/instalments/${index}/amount`, 'notPositive', `Instalment ${index + 1} is more than nothing.`),
      );
    }
    if (before && instalment.dueOn <= before.dueOn) {
      const sentence = `Instalment ${index + 1} must be due after the one before it.`;
      fields.push(wrong(`/instalments/${index}/dueOn`, 'notAscending', sentence));
    }
  });
  const total = instalments.reduce((sum, instalment) => sum + instalment.amount, 0n);
  if (fields.length === 0 && total !== amount) {
    const sentence = `The instalments add up to ${show(total)}, and the pledge is ${show(amount)}. Make them equal.`;
    fields.push(wrong('/instalments', 'notTheWhole', sentence));
  }
  const [first] = fields;
  if (first) throw new DomainError('ruleBroken', first.message, fields);
}

const wrong = (pointer: string, code: string, message: string): FieldError => ({ pointer, code, message });

/**
 * The rate at which a pledge in another currency than its pool's is planned with; null in the pool's own.
 * @throws ruleBroken naming `/currency` or `/planningRate`
 */
export function requirePlanningRate(
  currency: string,
  poolCurrency: string,
  rate: string | undefined,
): string | null {
  if (!isCurrency(currency)) {
    throw fieldError('ruleBroken', '/currency', `${currency} is not a currency of ISO 4217.`);
  }
  if (currency === poolCurrency) {
    if (rate === undefined) return null;
    const sentence = `The pledge is in ${poolCurrency}, as the pool is: leave the planning rate out.`;
    throw fieldError('ruleBroken', '/planningRate', sentence);
  }
  if (rate === undefined || !/[1-9]/.test(rate) || rate.startsWith('-')) {
    const sentence = `Say how many ${poolCurrency} to plan with for one ${currency}, for example 0.8650.`;
    throw fieldError('ruleBroken', '/planningRate', sentence);
  }
  return rate;
}

export type PledgeInstalmentState = 'expected' | 'partlyReceived' | 'received' | 'late';

/** How an instalment of a pledge stands today. Late is what is due before today and not wholly received. */
export function pledgeInstalmentState(
  { dueOn, amount, received }: { dueOn: Day; amount: bigint; received: bigint },
  today: Day,
): PledgeInstalmentState {
  if (received >= amount) return 'received';
  if (dueOn < today) return 'late';
  return received > 0n ? 'partlyReceived' : 'expected';
}

/** Backbone and finance may record what any funder has signed; a funder signs for its own organisation only. */
export const maySignForAll = ({ roles }: Pick<Access, 'roles'>): boolean =>
  roles.includes('backbone') || roles.includes('finance');

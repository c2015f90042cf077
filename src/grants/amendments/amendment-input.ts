import { MathsError } from '../../maths/maths-error.js';
import { parseAmount } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import type { AskAmendment } from './amendment.dto.js';
import type { Amendment, AmendmentKind } from './amendment.rules.js';

/**
 * What was sent, as the rules take it: amounts in minor units of the grant's currency.
 * @throws ruleBroken naming the field of an amount that the currency does not have
 */
export function readAmendment(
  { kind, endOn, award, instalments }: AskAmendment,
  currency: string,
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
    slices: instalments?.map(({ dueOn, amount, uplift }, index) => ({
      nominalOn: dueOn,
      amount: read(amount, `/instalments/${index}/amount`),
      uplift: uplift ? read(uplift, `/instalments/${index}/uplift`) : 0n,
    })),
  };
}

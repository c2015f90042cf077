import { OmitType } from '@nestjs/swagger';
import { Choice, Text } from '../../platform/http/fields.js';
import { formatAmount } from '../../maths/money.js';
import type { FormShape } from '../../web/forms/read-form.js';
import { AskAmendment } from './amendment.dto.js';
import { type AmendmentKind, amendmentKinds, type GrantTerms, isOpen } from './amendment.rules.js';

/** Where the new plan comes from: the days there are, or the rows of the form. */
export const planSources = ['kept', 'written'] as const;

/** An amendment as its form sends it: the same as the API takes, and whether the rows count. */
export class GrantAmendmentForm extends AskAmendment {
  @Choice(planSources) plan!: string;
}

/** To look at what it comes to, the reason may be missing still. */
export class GrantAmendmentPreviewForm extends OmitType(GrantAmendmentForm, ['reason'] as const) {
  @Text({ max: 500, optional: true }) reason?: string;
}

/** Which kind is asked for; without one they are shown to choose from. */
export class AmendmentQuery {
  @Choice(amendmentKinds, { optional: true }) kind?: AmendmentKind;
}

/** What the form says, as the service takes it: rows that were all taken out pay nothing more. */
export const commandOf = ({
  plan,
  reason = '',
  instalments,
  ...asked
}: GrantAmendmentPreviewForm): AskAmendment => ({
  ...asked,
  reason,
  instalments: plan === 'written' ? (instalments ?? []) : undefined,
});

/** Amounts are typed in the grant's currency. */
export const amendmentShape = (currency: string): FormShape => ({
  amounts: { award: currency, 'instalments[].amount': currency, 'instalments[].uplift': currency },
});

/** Kinds that only move what is unpaid: without rows they would do nothing. */
export const isWritten = (kind: AmendmentKind): boolean => kind === 'reschedule' || kind === 'carryOver';

/** What stands in the fields at first: the terms as they are. */
export const amendmentValues = (
  kind: AmendmentKind,
  { award, endOn, lines }: GrantTerms,
  currency: string,
): Record<string, unknown> => ({
  ...{ kind, endOn, plan: isWritten(kind) ? 'written' : 'kept' },
  award: formatAmount(award, currency),
  instalments: lines.filter(isOpen).map(({ nominalOn, dueOn, after, amount, uplift }) => ({
    ...(after && dueOn === null ? { after } : { dueOn: nominalOn }),
    amount: formatAmount(amount, currency),
    uplift: uplift === 0n ? undefined : formatAmount(uplift, currency),
  })),
});

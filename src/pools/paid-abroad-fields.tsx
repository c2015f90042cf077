import { ChoiceField, TextField } from '../web/forms/fields.js';
import { currencyOptions } from './currency-options.js';

interface Props {
  /** The pool's, in which it was not paid. */
  currency: string;
  locale: string;
  /** Under the amount. */
  help: string;
}

/** What was paid in another currency than the pool's, if it was: as it stands on the statement. */
export function PaidAbroadFields({ currency, locale, help }: Props) {
  return (
    <>
      <ChoiceField
        name="paidCurrency"
        label="Paid in another currency"
        options={currencyOptions(locale).filter(({ value }) => value !== currency)}
        placeholder={`No, in ${currency}`}
        optional
      />
      <TextField name="paidAmount" label="Amount in that currency" autocomplete="off" optional help={help} />
    </>
  );
}

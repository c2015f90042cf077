import { isCurrency } from '../maths/money.js';
import type { Option } from '../web/forms/fields.js';

/** Every currency of ISO 4217 that money is made in, by code. */
export function currencyOptions(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency')
    .filter(isCurrency)
    .map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}

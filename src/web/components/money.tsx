import { moneyText } from '../format.js';

export interface MoneyProps {
  /** Minor units. */
  minor: bigint;
  currency: string;
  locale: string;
  /** False where a heading names the currency, as in tables. */
  symbol?: boolean;
  /** Where the figure comes from: no figure without a way down. */
  href?: string;
}

/** An amount, in tabular figures, with a real minus, never broken over two lines. */
export function Money({ minor, currency, locale, symbol = true, href }: MoneyProps) {
  const text = moneyText(minor, currency, locale, symbol);
  return href ? (
    <a class="tb-money" href={href}>
      {text}
    </a>
  ) : (
    <span class="tb-money">{text}</span>
  );
}

/** An amount for a table cell: without the currency, which the heading names once. Zero is quiet. */
export function MoneyCell({ minor, currency, locale, href }: Omit<MoneyProps, 'symbol'>) {
  if (minor === 0n && !href) {
    return <span class="tb-money tb-quiet">{moneyText(0n, currency, locale, false)}</span>;
  }
  return <Money minor={minor} currency={currency} locale={locale} symbol={false} href={href} />;
}

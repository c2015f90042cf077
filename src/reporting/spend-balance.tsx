import type { ComponentChildren } from 'preact';
import { moneyText } from '../web/format.js';
import type { SpendReport } from './spend-reports.read.js';

interface BalanceProps {
  report: Pick<
    SpendReport,
    'opening' | 'received' | 'spent' | 'closing' | 'currency' | 'previous' | 'payments'
  >;
  locale: string;
  /** Inside a form: spent and closing follow what is typed. */
  live?: boolean;
}

/** opening + received − spent = closing, one under the other, each with a way down. */
export function Balance({ report, locale, live = false }: BalanceProps) {
  const { opening, received, spent, closing, currency, previous } = report;
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  const before = previous && (
    <a href={`/spend-reports/${previous.id}`}>{opening === null ? '–' : money(opening)}</a>
  );
  const short = closing !== null && closing < 0n ? 'tb-short' : undefined;
  return (
    <dl class="tb-balance">
      <Row term="Carried over" value={before ?? money(opening ?? 0n)} />
      <Row term="+ received" value={<a href="#payments">{money(received)}</a>} />
      <Row term="− spent" value={live ? <output data-spent>{money(spent)}</output> : money(spent)} />
      <Row
        term="= unspent"
        closing
        value={
          <output class={short} data-closing={live ? '' : undefined}>
            {closing === null ? 'known once the report before is submitted' : money(closing)}
          </output>
        }
      />
    </dl>
  );
}

function Row({
  term,
  value,
  closing = false,
}: {
  term: string;
  value: ComponentChildren;
  closing?: boolean;
}) {
  return (
    <div class={closing ? 'tb-balance-closing' : undefined}>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

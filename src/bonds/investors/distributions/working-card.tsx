import { sum } from '../../../maths/money.js';
import { ChartFigure } from '../../../web/charts/chart-figure.js';
import { waterfallChart } from '../../../web/charts/waterfall-chart.js';
import { Card } from '../../../web/components/card.js';
import { MoneyCell } from '../../../web/components/money.js';
import { type Column, Table } from '../../../web/components/table.js';
import { percentText } from '../../contracts/terms-words.js';
import type { DistributionInputs, WorkedOut, WorkedTier } from './distribution.rules.js';
import { tierTitle } from './distribution-words.js';

interface Props {
  inputs: DistributionInputs;
  result: WorkedOut;
  locale: string;
  /** Where there is little room: investors together, as who gets what stands beside. */
  isNarrow?: boolean;
}

/** A distribution as it is worked out: how it runs down the tiers, and who gets what of each. */
export function WorkingCard({ inputs, result, locale, isNarrow = false }: Props) {
  const chart = waterfallChart(
    inputs.available,
    result.tiers.map(({ kind, paid }, index) => ({
      label: `${index + 1}. ${tierTitle(kind)}`,
      amount: paid,
    })),
    { whole: 'Available', rest: 'Stays in the bond' },
    { currency: inputs.currency, locale },
  );
  const { coupon } = result;
  return (
    <Card
      title="How it runs down"
      note={
        coupon === null
          ? 'Tier by tier, until it ends'
          : `Outcome payments stand at ${coupon.percent} % of the plan: a coupon of ${percentText(coupon.rate)}`
      }
    >
      <ChartFigure chart={chart} />
      <Tiers inputs={inputs} result={result} locale={locale} isNarrow={isNarrow} />
    </Card>
  );
}

function Tiers({ inputs: { currency, investors }, result, locale, isNarrow }: Props) {
  const { tiers, shares, totals, paid } = result;
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const column = (heading: string, of: (tier: WorkedTier) => bigint, total: bigint): Column<WorkedTier> => ({
    ...{ heading, kind: 'number', wideOnly: true },
    cell: (tier) => money(of(tier)),
    foot: money(total),
  });
  return (
    <Table
      caption={`The tiers, in ${currency}`}
      rows={tiers}
      columns={[
        { heading: 'Tier', cell: ({ kind }, index) => `${index + 1}. ${tierTitle(kind)}`, foot: 'In all' },
        ...(isNarrow
          ? [column('Investors', ({ perInvestor }) => sum(perInvestor), totals.investors)]
          : investors.map(({ investor }, place) => {
              const { capital, income } = shares[place]!;
              return column(investor, ({ perInvestor }) => perInvestor[place] ?? 0n, capital + income);
            })),
        ...(totals.provider > 0n ? [column('Provider', ({ provider }) => provider, totals.provider)] : []),
        ...(totals.pool > 0n ? [column('Pool', ({ pool }) => pool, totals.pool)] : []),
        { ...column('Takes', (tier) => tier.paid, paid + totals.pool), wideOnly: false },
      ]}
    />
  );
}

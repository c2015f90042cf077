import { formatDecimal, divideHalfEven, parseDecimal, powerOfTen } from '../../maths/exact.js';
import { Card, Stack } from '../../web/components/card.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { Money } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { ChartFigure } from '../../web/charts/chart-figure.js';
import { cashByQuarter } from '../../web/charts/cash-by-quarter.js';
import type { ProjectedInvestor } from './projection.rules.js';
import type { NamedProjection } from './scenarios.service.js';

/** What the designer replaces as one types. */
export const projectionId = 'projection';

interface Props {
  projections: readonly NamedProjection[];
  /** The names of organisations, by id. */
  nameOf: (id: string) => string;
  currency: string;
  locale: string;
  /** Why nothing can be worked out yet. */
  problem?: string;
}

/** Scenarios side by side: who pays and gets what, investors' returns, and the bond's cash by quarter. */
export function ProjectionView({ projections, nameOf, currency, locale, problem }: Props) {
  return (
    <div id={projectionId} aria-live="polite">
      {problem !== undefined || projections.length === 0 ? (
        <Card title="What it comes to">
          <EmptyState
            icon="target"
            title={problem === undefined ? 'No scenario yet' : 'Not yet'}
            text={problem ?? 'Say what may happen, and what it comes to stands here.'}
          />
        </Card>
      ) : (
        <Stack>
          <Comparison projections={projections} nameOf={nameOf} currency={currency} locale={locale} />
          {projections.map(({ name, projection }) => (
            <Card title={`${name}, by quarter`} note={`In ${currency}; what comes in, and what goes out`}>
              <ChartFigure chart={cashByQuarter(projection.flows, { currency, locale })} />
            </Card>
          ))}
        </Stack>
      )}
    </div>
  );
}

interface Line {
  label: string;
  under?: string;
  of: (projection: NamedProjection['projection']) => bigint | string;
}

function Comparison({ projections, nameOf, currency, locale }: Omit<Props, 'problem'>) {
  const [first] = projections;
  const lines: Line[] = [
    ...first!.projection.payers.map(({ id }, place): Line => ({
      ...{ label: nameOf(id), under: 'pays' },
      of: ({ payers }) => payers[place]!.pays,
    })),
    { label: 'Provider', under: 'gets', of: ({ provider }) => provider },
    ...first!.projection.investors.flatMap(({ id }, place): Line[] => [
      { label: nameOf(id), under: 'lends', of: ({ investors }) => investors[place]!.drawn },
      { label: nameOf(id), under: 'gets back', of: ({ investors }) => investors[place]!.received },
      { label: nameOf(id), under: 'a year', of: ({ investors }) => rateText(investors[place]!) },
      { label: nameOf(id), under: 'times its money', of: ({ investors }) => multipleText(investors[place]!) },
    ]),
    { label: 'Most capital out at once', of: ({ mostOut }) => mostOut },
    { label: 'Left at the end', of: ({ surplus }) => surplus },
    { label: 'Costs that nobody can pay', of: ({ costsUnpaid }) => costsUnpaid },
  ];
  return (
    <Card title="Side by side" note={`In ${currency}`} flush>
      <div class="tb-side-by-side">
        <Table
          caption={`What each scenario comes to, in ${currency}`}
          rows={lines}
          columns={[
            {
              heading: '',
              cell: ({ label, under }: Line) => (
                <>
                  {label}
                  {under && <span class="tb-under">{under}</span>}
                </>
              ),
            },
            ...projections.map(({ name, projection }) => ({
              ...{ heading: name, kind: 'number' as const },
              cell: ({ of }: Line) => {
                const value = of(projection);
                if (typeof value === 'string') return value;
                return <Money minor={value} currency={currency} locale={locale} symbol={false} />;
              },
            })),
          ]}
        />
      </div>
    </Card>
  );
}

/** "5.12 %": the yearly rate in per cent to two places, half-even; or why there is none. */
export function rateText({ xirr }: Pick<ProjectedInvestor, 'xirr'>): string {
  if (xirr.rate === null) return xirr.reason;
  const { units, scale } = parseDecimal(xirr.rate);
  const percent = divideHalfEven(units * 10_000n, powerOfTen(scale));
  return `${formatDecimal({ units: percent, scale: 2 }).replace('-', '−')} %`;
}

const multipleText = ({ multiples }: ProjectedInvestor): string =>
  multiples.total === null ? 'nothing lent' : `${multiples.total.slice(0, -4)} ×`;

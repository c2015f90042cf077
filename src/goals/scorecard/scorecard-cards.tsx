import type { Day } from '../../maths/day.js';
import { SmallFigure } from '../../web/charts/chart-figure.js';
import { smallCurve } from '../../web/charts/curve.js';
import { Table } from '../../web/components/table.js';
import { changeText, decimalText, ratioText } from '../../web/format.js';
import type { Curve } from '../curve/curves.js';
import { curveSettings, drawnCurve } from '../curve/drawn-curve.js';
import { StandingBadge, TrendText, UnreadBadge } from '../curve/standing-words.js';
import { type MeasureKind, measureKinds, seriesPath } from '../series/series.js';
import { measureKindWords } from '../series/series-words.js';

interface Props {
  curves: readonly Curve[];
  today: Day;
  locale: string;
}

/** Indicators beside each other, each with its own small curve. */
export function IndicatorTiles({ curves, today, locale }: Props) {
  return (
    <ul class="tb-tiles" aria-label="Indicators">
      {curves.map((curve) => (
        <li>
          <IndicatorTile curve={curve} today={today} locale={locale} />
        </li>
      ))}
    </ul>
  );
}

function IndicatorTile({ curve, today, locale }: { curve: Curve; today: Day; locale: string }) {
  const { series, standing } = curve;
  const text = (value: string) => decimalText(value, series.places, locale);
  return (
    <a class="tb-tile" href={seriesPath(series)}>
      <span class="tb-tile-name">{series.name}</span>
      <span class="tb-tile-figures">
        {standing && <strong class="tb-tile-value">{text(standing.value)}</strong>}
        <span class="tb-quiet">{series.unit}</span>
      </span>
      <SmallFigure {...smallCurve(drawnCurve(curve, today), curveSettings(curve, locale))} />
      <span class="tb-tile-states">
        <StandingBadge curve={curve} />
        <UnreadBadge curve={curve} />
      </span>
      {standing && (
        <span class="tb-tile-note">
          <TrendText standing={standing} brief />
          {standing.target !== null && ` · target ${text(standing.target)}`}
        </span>
      )}
    </a>
  );
}

/** Performance measures of programmes, by what they ask: apart from the indicators, and never drawn with them. */
export function MeasureTables({ curves, locale }: Omit<Props, 'today'>) {
  return (
    <div class="tb-measures">
      {measureKinds
        .map((kind) => ({ kind, own: curves.filter(({ series }) => series.measureKind === kind) }))
        .filter(({ own }) => own.length > 0)
        .map(({ kind, own }) => (
          <MeasureTable kind={kind} curves={own} locale={locale} />
        ))}
    </div>
  );
}

function MeasureTable({
  kind,
  curves,
  locale,
}: {
  kind: MeasureKind;
  curves: readonly Curve[];
  locale: string;
}) {
  return (
    <Table
      caption={measureKindWords[kind]}
      captionVisible
      rows={curves}
      rowHref={({ series }) => seriesPath(series)}
      columns={[
        {
          heading: 'Measure',
          cell: ({ series }) => (
            <>
              {series.name}
              <div class="tb-quiet">
                {[series.programme, series.organisation].filter(Boolean).join(' · ')}
              </div>
            </>
          ),
        },
        {
          heading: 'Last value',
          kind: 'number',
          cell: ({ series, standing }) =>
            standing ? (
              <>
                {decimalText(standing.value, series.places, locale)}
                <div class="tb-quiet">{series.unit}</div>
              </>
            ) : (
              <span class="tb-quiet">none yet</span>
            ),
        },
        {
          heading: 'Of target',
          kind: 'number',
          wideOnly: true,
          cell: ({ standing }) => standing?.percentOfTarget && ratioText(standing.percentOfTarget, locale),
        },
        {
          heading: 'Since baseline',
          kind: 'number',
          wideOnly: true,
          cell: ({ standing }) => standing?.baselineChange && changeText(standing.baselineChange, locale),
        },
        {
          heading: 'Trend',
          wideOnly: true,
          cell: ({ standing }) => standing && <TrendText standing={standing} brief />,
        },
        {
          heading: 'State',
          cell: (curve) => (
            <span class="tb-tile-states">
              <StandingBadge curve={curve} />
              <UnreadBadge curve={curve} />
            </span>
          ),
        },
      ]}
    />
  );
}

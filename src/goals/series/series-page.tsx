import type { Day } from '../../maths/day.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ChartFigure } from '../../web/charts/chart-figure.js';
import { curveChart } from '../../web/charts/curve.js';
import type { DrawnAction } from '../../web/charts/curve-actions.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { states } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { changeText, decimalText, ratioText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Curve, CurvePoint } from '../curve/curves.js';
import { curveSettings, drawnCurve } from '../curve/drawn-curve.js';
import { StandingBadge, TrendText, UnreadBadge } from '../curve/standing-words.js';
import { seriesKinds, seriesPath } from './series.js';
import { formulaWords, frequencyWords, measureKindWords, partWords, polarityWords } from './series-words.js';

/** What every page about a series shows. */
export interface SeriesView {
  curve: Curve;
  history: HistoryEvent[];
  today: Day;
  timeZone: string;
  /** Whether who looks may write down readings. */
  mayRecord: boolean;
}

export interface SeriesProps {
  page: PageContext;
  view: SeriesView;
}

export const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
export const isBackbone = (page: PageContext): boolean => page.coalition?.roles.includes('backbone') ?? false;

/** The heading of a series: what it is, and what one can do about it. */
export function SeriesHeader({ page, view: { curve, mayRecord } }: SeriesProps) {
  const { series } = curve;
  const path = seriesPath(series);
  const facts = [
    series.measureKind === null
      ? 'Indicator of the population'
      : `Performance measure · ${series.programme ?? ''}`,
    series.organisation,
    series.unit,
    polarityWords[series.polarity],
  ];
  const isLiving = series.retiredAt === null;
  return (
    <>
      <PageHeader title={series.name} facts={facts.filter(Boolean).join(' · ')}>
        {isLiving && mayRecord && series.formula === null && (
          <ActionLink label="Write down readings" href={`${path}/readings`} weight="primary" icon="plus" />
        )}
        {isLiving && isBackbone(page) && (
          <ActionLink label="Targets and forecast" href={`${path}/trajectory`} />
        )}
        {isLiving && isBackbone(page) && <ActionLink label="Change" href={`${path}/edit`} icon="pencil" />}
      </PageHeader>
      {!isLiving && (
        <p class="tb-notice tb-notice-warning">
          It is retired, and measured no more: {series.retireReason ?? ''}
        </p>
      )}
    </>
  );
}

/** Where it stands, in figures. */
export function StandingFigures({ page, view: { curve, today } }: SeriesProps) {
  const { series, standing, unread } = curve;
  if (standing === null) return null;
  const locale = localeOf(page);
  const text = (value: string) => decimalText(value, series.places, locale);
  const readings = `${seriesPath(series)}/readings`;
  const last = curve.points.findLast(({ value }) => value !== null);
  return (
    <StatRow label="Where it stands">
      <Stat
        label={last?.periodKey ?? ''}
        value={text(standing.value)}
        href={readings}
        note={<TrendText standing={standing} />}
      />
      <Stat
        label="Target of that day"
        value={standing.target === null ? '–' : text(standing.target)}
        href="#curve"
        note={<StandingBadge curve={curve} />}
      />
      <Stat
        label="Of target"
        value={standing.percentOfTarget === null ? '–' : ratioText(standing.percentOfTarget, locale)}
        href="#curve"
        note={standing.variance === null ? undefined : `${changeText(standing.variance, locale)} from it`}
      />
      <Stat
        label="Since the baseline"
        value={standing.baselineChange === null ? '–' : changeText(standing.baselineChange, locale)}
        href="#about"
        note={
          series.baselineOn === null ? (
            'since the first reading'
          ) : (
            <DayText day={series.baselineOn} today={today} locale={locale} />
          )
        }
      />
      {unread.length > 0 && (
        <Stat label="To be read" value={unread.length} href={readings} note={<UnreadBadge curve={curve} />} />
      )}
    </StatRow>
  );
}

/** The curve itself, with its targets, its forecast, and what is done. */
export function CurveCard({ page, view, actions = [] }: SeriesProps & { actions?: readonly DrawnAction[] }) {
  const { curve, today } = view;
  const { series, points } = curve;
  return (
    <Card title="The curve" id="curve" note={series.unit}>
      {points.length === 0 && curve.trajectory.target.length === 0 ? (
        <EmptyState
          icon="target"
          title="Nothing has been read yet"
          text={
            series.formula === null
              ? `Its first reading is due ${series.dueAfterDays} days after the period has ended.`
              : 'It is calculated as soon as what it is calculated from has been read.'
          }
        />
      ) : (
        <ChartFigure
          chart={curveChart(drawnCurve(curve, today, actions), curveSettings(curve, localeOf(page)))}
        />
      )}
      <Missing points={points} />
    </Card>
  );
}

/** The periods that cannot be calculated, and what each waits for. */
function Missing({ points }: { points: readonly CurvePoint[] }) {
  const gaps = points.filter(({ value }) => value === null);
  if (gaps.length === 0) return null;
  return (
    <ul class="tb-quiet">
      {gaps.map(({ periodKey, missing, problem }) => (
        <li>
          {periodKey}: {problem ?? `${missing.join(', ')} has not been read, so there is no value.`}
        </li>
      ))}
    </ul>
  );
}

/** The parts it is told apart by, each on its own: they are never added up. */
export function PartsCard({ page, view: { curve } }: SeriesProps) {
  const { series, parts } = curve;
  if (parts.length === 0) return null;
  const periods = [...new Set(parts.flatMap(({ points }) => points.map(({ periodKey }) => periodKey)))];
  const shown = periods.toSorted().slice(-6);
  const valueOf = (points: readonly CurvePoint[], key: string) => {
    const value = points.find(({ periodKey }) => periodKey === key)?.value;
    return value && decimalText(value, series.places, localeOf(page));
  };
  return (
    <Card title="Told apart" note={`${series.unit}; the parts do not add up to the whole`} flush>
      <Table
        caption="Readings of its parts"
        rows={parts}
        columns={[
          {
            heading: 'Part',
            cell: ({ dimension, category }) => (
              <>
                {category} <span class="tb-quiet">{dimension}</span>
              </>
            ),
          },
          ...shown.map((key, index) => ({
            ...{ heading: key, kind: 'number' as const, wideOnly: index < shown.length - 2 },
            cell: ({ points }: (typeof parts)[number]) => valueOf(points, key),
          })),
        ]}
      />
    </Card>
  );
}

/** What it counts, how it is taken, and by whom. */
export function AboutCard({ page, view: { curve, today } }: SeriesProps) {
  const { series, inputs, trajectory } = curve;
  const locale = localeOf(page);
  const text = (value: string) => decimalText(value, series.places, locale);
  return (
    <Card title="What it measures" id="about">
      {series.definition && <p class="tb-prose-lines">{series.definition}</p>}
      <KeyValue
        pairs={[
          ['Goal', <a href={`/goals/${series.goalId}`}>{series.goalName}</a>],
          ['Asks', series.measureKind && measureKindWords[series.measureKind]],
          [
            'Calculated',
            series.formula && (
              <>
                {formulaWords[series.formula]}
                {inputs.map(({ id, name, part }) => (
                  <div>
                    <a href={seriesPath({ kind: series.kind, id })}>{name}</a>{' '}
                    <span class="tb-quiet">{partWords[part]}</span>
                  </div>
                ))}
              </>
            ),
          ],
          ['Read', `${frequencyWords[series.frequency]}, due ${series.dueAfterDays} days after it`],
          [
            'Baseline',
            series.baseline !== null && series.baselineOn !== null && (
              <>
                {text(series.baseline)} on <DayText day={series.baselineOn} today={today} locale={locale} />
              </>
            ),
          ],
          [
            'Targets',
            trajectory.target.length > 0 &&
              trajectory.target.map(({ on, value }) => (
                <div>
                  {text(value)} by <DayText day={on} today={today} locale={locale} />
                </div>
              )),
          ],
          [
            'Bands',
            series.bands.map(({ colour, atLeastPercentOfTarget }) => (
              <div>
                {states.band[colour][0]} from {atLeastPercentOfTarget} % of target
              </div>
            )),
          ],
          ['Source', series.source || null],
          ['Method', series.method || null],
          ['Responsible', series.responsible ?? 'the backbone'],
        ]}
      />
    </Card>
  );
}

/** Who did what about it, and when. */
export function SeriesHistory({ page, view: { curve, history, timeZone } }: SeriesProps) {
  const { kind } = curve.series;
  const { word } = seriesKinds[kind];
  return (
    <Card title="What happened">
      <History
        events={history}
        actions={{
          [`${kind}.added`]: `added the ${word}`,
          [`${kind}.changed`]: `changed the ${word}`,
          [`${kind}.trajectorySet`]: 'set the targets and the forecast',
          [`${kind}.retired`]: `retired the ${word}`,
          [`${kind}.read`]: 'wrote down readings',
          'indicator.storyWritten': 'wrote the story behind the curve',
          'indicator.whatWorksWritten': 'wrote what works',
          'indicator.partnerAdded': 'named a partner',
          'indicator.partnerRemoved': 'took a partner off',
          'indicator.actionAdded': 'added an action',
          'indicator.actionChanged': 'changed an action',
          'indicator.actionEnded': 'ended an action',
        }}
        fields={{
          ...{
            name: 'name',
            definition: 'definition',
            unit: 'unit',
            baseline: 'baseline',
            baselineOn: 'baseline day',
          },
          ...{ source: 'source', method: 'method' },
          ...{ title: 'action', dueOn: 'due' },
        }}
        timeZone={timeZone}
        locale={localeOf(page)}
      />
    </Card>
  );
}

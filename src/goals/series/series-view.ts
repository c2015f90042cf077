import { coalitionCalendar } from '../../coalitions/coalition.js';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { historyOf } from '../../platform/audit/history.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Access } from '../../platform/http/request.js';
import type { Option } from '../../web/forms/fields.js';
import { coalitionPath } from '../../web/navigation.js';
import type { Heading } from '../../web/pages.js';
import { curvesOf } from '../curve/curves.js';
import { mayRecord } from '../readings/readings.service.js';
import type { SeriesChoices } from './series-form.js';
import type { SeriesView } from './series-page.js';
import { type Series, seriesPath, type SeriesKind, type SeriesRef } from './series.js';
import { readSeries, seriesOf } from './series.read.js';

/** What every page about a series shows. @throws notFound */
export async function readSeriesView(tx: Tx, ref: SeriesRef, access: Access): Promise<SeriesView> {
  const series = await readSeries(tx, ref);
  const { today, timeZone } = await coalitionCalendar(tx, series.coalitionId);
  const [curve] = await curvesOf(tx, ref.kind, [series], { today, timeZone });
  return {
    curve: curve!,
    history: await historyOf(tx, ref),
    ...{ today, timeZone, mayRecord: mayRecord(series, access, tx.actor.personId) },
  };
}

/** What the form of a series offers to choose from. */
export async function readSeriesChoices(
  tx: Tx,
  kind: SeriesKind,
  coalitionId: string,
): Promise<SeriesChoices> {
  const all = await seriesOf(tx, kind, { coalitionId });
  return {
    people: await seatedPeopleChoices(tx, coalitionId),
    organisations: await organisationChoices(tx, coalitionId),
    inputs: all
      .filter(({ formula, retiredAt }) => formula === null && retiredAt === null)
      .map(({ id, name, unit }) => ({ value: id, label: `${name} (${unit})` })),
  };
}

const most = 2_000;

/** The people with a seat in a coalition today, by name. */
export async function seatedPeopleChoices(tx: Tx, coalitionId: string): Promise<Option[]> {
  const { today } = await coalitionCalendar(tx, coalitionId);
  return tx.rows<Option>(
    `SELECT DISTINCT p.id AS value, p.name AS label FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
     ORDER BY p.name LIMIT ${most}`,
    [coalitionId, today],
  );
}

/** The heading of a page about a series, or of one below it. */
export function seriesHeading(series: Series, title?: string): Heading {
  const way = [
    { label: 'Goals', href: coalitionPath(series.coalitionId, 'goals') },
    { label: series.goalName, href: `/goals/${series.goalId}` },
  ];
  const own = { label: series.name, href: title === undefined ? undefined : seriesPath(series) };
  return {
    title: title ?? series.name,
    section: 'goals',
    about: title === undefined ? { kind: series.kind, id: series.id } : undefined,
    crumbs: title === undefined ? [...way, own] : [...way, own, { label: title }],
  };
}

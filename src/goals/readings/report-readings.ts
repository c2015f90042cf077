import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Series, type SeriesKind, seriesKinds, type SeriesRef } from '../series/series.js';
import { seriesSql, toSeries } from '../series/series.read.js';

/** The spend report that readings come in. */
export interface ReportOfReadings {
  spendReportId: string;
  /** Who handed it in. */
  recordedBy: string | null;
}

const most = 200;

/**
 * What an organisation reads of some goals, of one kind: the measures of the programmes that it delivers, and what one of
 * its people with a seat is responsible for. What is retired is read no more.
 */
export async function seriesReadBy(
  tx: Tx,
  kind: SeriesKind,
  { organisationId, goalIds, today }: { organisationId: string; goalIds: string[]; today: Day },
): Promise<Series[]> {
  const own = kind === 'measure' ? 's.organisation_id = $2 OR' : '';
  const rows = await tx.rows<Series>(
    `${seriesSql(kind)} WHERE s.goal_id = ANY ($1::uuid[]) AND s.retired_at IS NULL AND (${own} EXISTS (
       SELECT 1 FROM memberships m WHERE m.coalition_id = s.coalition_id AND m.person_id = s.responsible_id
         AND m.role = 'partner' AND m.organisation_id = $2 AND m.since_on <= $3
         AND (m.until_on IS NULL OR m.until_on >= $3)))
     ORDER BY g.name, g.id, s.created_at, s.id LIMIT ${most}`,
    [goalIds, organisationId, today],
  );
  return rows.map(toSeries);
}

/** Series by their ids, of one kind, retired or not. */
export async function seriesNamed(tx: Tx, kind: SeriesKind, ids: string[]): Promise<Series[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<Series>(`${seriesSql(kind)} WHERE s.id = ANY ($1::uuid[]) ORDER BY s.id`, [ids]);
  return rows.map(toSeries);
}

/** The page on which a series has everything that was read of it. */
export const readingsPath = ({ kind, id }: SeriesRef): string => `${seriesKinds[kind].path}/${id}/readings`;

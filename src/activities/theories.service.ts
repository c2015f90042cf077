import { Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import { ActivitiesService, organisationOf } from './activities.service.js';
import type { StateTheory, TheoryAnswer } from './activity.dto.js';

type Stated = Omit<TheoryAnswer, 'activities' | 'writtenAt'> & { writtenAt: Date | null };

/** The most activities of one organisation that its theory shows. */
const most = 500;

/** How each organisation says that what it does leads to the common agenda: its own words, its activities, their goals. */
@Injectable()
export class TheoriesService {
  constructor(private readonly activities: ActivitiesService) {}

  /** @throws notFound */
  async read(tx: Tx, organisationId: string): Promise<TheoryAnswer> {
    const stated = await tx.row<Stated & { coalitionId: string }>(
      `SELECT o.id AS "organisationId", o.name AS organisation, c.common_agenda AS "commonAgenda", c.id AS "coalitionId",
         t.statement, p.name AS "writtenBy", t.written_at AS "writtenAt", coalesce(t.version, 0) AS version
       FROM organisations o JOIN coalitions c ON c.id = o.coalition_id
       LEFT JOIN LATERAL (SELECT * FROM theories_of_change h WHERE h.organisation_id = o.id ORDER BY h.version DESC LIMIT 1) AS t ON true
       LEFT JOIN persons p ON p.id = t.written_by WHERE o.id = $1`,
      [organisationId],
    );
    if (!stated) throw notFound('organisation');
    const { coalitionId, writtenAt, ...rest } = stated;
    const { items } = await this.activities.list(tx, coalitionId, {
      organisationId,
      sort: 'name',
      limit: most,
    });
    return { ...rest, writtenAt: writtenAt?.toISOString() ?? null, activities: items };
  }

  /** States it anew; what was stated before is kept. @throws staleVersion */
  async state(
    tx: Tx,
    organisationId: string,
    version: number,
    { statement }: StateTheory,
  ): Promise<TheoryAnswer> {
    const { coalitionId } = await organisationOf(tx, organisationId);
    const before = await this.read(tx, organisationId);
    if (before.version !== version)
      throw new DomainError('staleVersion', 'Somebody wrote it anew meanwhile. Read it again.');
    await tx.run(
      `INSERT INTO theories_of_change (coalition_id, organisation_id, version, statement, written_by, written_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [coalitionId, organisationId, version + 1, statement, tx.actor.personId ?? null, tx.now],
    );
    await audit(tx, {
      ...{
        coalitionId,
        action: 'theoryOfChange.stated',
        subject: { kind: 'organisation', id: organisationId },
      },
      before: { theoryOfChange: before.statement },
      after: { theoryOfChange: statement },
    });
    return this.read(tx, organisationId);
  }
}

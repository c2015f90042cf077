import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { EndPeriod } from '../../coalitions/membership.dto.js';
import { type Period, refuseOddPeriod } from '../../coalitions/period.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import {
  type DeclareInterest,
  type InterestAnswer,
  type InterestRow,
  type InterestsQuery,
  toInterestAnswer,
} from './interest.dto.js';

const interests = `
  SELECT i.id, i.coalition_id AS "coalitionId", i.person_id AS "personId", p.name AS person,
    i.organisation_id AS "organisationId", o.name AS organisation, i.nature, i.since_on AS "sinceOn",
    i.until_on AS "untilOn", d.name AS "declaredBy", i.declared_at AS "declaredAt"
  FROM interests i JOIN persons p ON p.id = i.person_id JOIN organisations o ON o.id = i.organisation_id
  LEFT JOIN persons d ON d.id = i.declared_by`;

/** The conflict register: what people have to do with organisations besides their seats. */
@Injectable()
export class InterestsService {
  /** @throws forbidden to declare for others, unless the backbone does; ruleBroken naming the field */
  async declare(
    tx: Tx,
    coalitionId: string,
    command: DeclareInterest,
    isBackbone: boolean,
  ): Promise<InterestAnswer> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const personId = command.personId ?? tx.actor.personId!;
    if (personId !== tx.actor.personId && !isBackbone)
      throw new DomainError('forbidden', 'Declare your own interests; those of others the backbone records.');
    const period: Period = { sinceOn: command.sinceOn ?? today, untilOn: command.untilOn ?? null };
    refuseOddPeriod(period);
    await requireKnown(tx, coalitionId, personId, command.organisationId);
    const id = newId();
    await tx.run(
      `INSERT INTO interests (id, coalition_id, person_id, organisation_id, nature, since_on, until_on, declared_by, declared_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[
          id,
          coalitionId,
          personId,
          command.organisationId,
          command.nature,
          period.sinceOn,
          period.untilOn,
        ],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const after = { personId, organisationId: command.organisationId, nature: command.nature, ...period };
    await audit(tx, { coalitionId, action: 'interest.declared', subject: { kind: 'interest', id }, after });
    return this.read(tx, id);
  }

  async read(tx: Tx, interestId: string): Promise<InterestAnswer> {
    const row = await tx.row<InterestRow>(`${interests} WHERE i.id = $1`, [interestId]);
    if (!row) throw notFound('interest');
    const { today } = await coalitionCalendar(tx, row.coalitionId);
    return toInterestAnswer(row, today);
  }

  async list(tx: Tx, coalitionId: string, query: InterestsQuery): Promise<Page<InterestAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const page = await listPage<InterestRow>(
      tx,
      {
        sql: `${interests} WHERE i.coalition_id = $1 AND ($2::uuid IS NULL OR i.person_id = $2)
          AND ($3::uuid IS NULL OR i.organisation_id = $3)`,
        parameters: [coalitionId, query.personId ?? null, query.organisationId ?? null],
        sorts: {
          person: { column: 'person', type: 'text' },
          organisation: { column: 'organisation', type: 'text' },
          sinceOn: { column: '"sinceOn"', type: 'date' },
        },
        defaultSort: 'person',
      },
      query,
    );
    return { ...page, items: page.items.map((row) => toInterestAnswer(row, today)) };
  }

  /** Ends an interest after its last day: it stays on the register. @throws forbidden, stateForbids, ruleBroken */
  async end(tx: Tx, interestId: string, command: EndPeriod, isBackbone: boolean): Promise<InterestAnswer> {
    const before = await this.read(tx, interestId);
    if (before.personId !== tx.actor.personId && !isBackbone)
      throw new DomainError('forbidden', 'This is somebody else’s interest. They end it, or the backbone.');
    if (before.standing === 'ended')
      throw new DomainError('stateForbids', `This interest ended on ${before.untilOn!} already.`);
    const { today } = await coalitionCalendar(tx, before.coalitionId);
    const untilOn = command.untilOn ?? (before.sinceOn > today ? before.sinceOn : today);
    refuseOddPeriod({ sinceOn: before.sinceOn, untilOn });
    await tx.run(`UPDATE interests SET until_on = $2 WHERE id = $1`, [interestId, untilOn]);
    const subject = { kind: 'interest', id: interestId };
    const change = { before: { untilOn: before.untilOn }, after: { untilOn } };
    await audit(tx, { coalitionId: before.coalitionId, action: 'interest.ended', subject, ...change });
    return this.read(tx, interestId);
  }
}

async function requireKnown(
  tx: Tx,
  coalitionId: string,
  personId: string,
  organisationId: string,
): Promise<void> {
  const known = await tx.row<{ person: boolean; organisation: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM memberships WHERE coalition_id = $1 AND person_id = $2) AS person,
       EXISTS (SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = $3) AS organisation`,
    [coalitionId, personId, organisationId],
  );
  if (!known?.person) throw fieldError('ruleBroken', '/personId', 'Choose somebody with a seat here.');
  if (!known.organisation)
    throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
}

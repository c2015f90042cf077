import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { dayInZone } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import { jobActor, type PersonActor } from '../platform/database/actor.js';
import { type Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import {
  type ChangeCoalition,
  type CoalitionAnswer,
  type CoalitionRow,
  type CoalitionsQuery,
  type FoundCoalition,
  toCoalitionAnswer,
} from './coalition.dto.js';
import { changedTerms, type CoalitionTerms, refuseUnknownPlace } from './coalition.rules.js';
import { firstDayOfSeat } from './membership.rules.js';

const terms = `c.name, c.common_agenda AS "commonAgenda", c.kind, c.time_zone AS "timeZone",
  c.business_day AS "businessDay", c.holidays`;

/** $1 is the person who asks, $2 the day by UTC, as row-level security reads it. */
const coalitions = `
  SELECT c.id, ${terms}, c.created_at AS "createdAt", c.version,
    ARRAY(SELECT DISTINCT m.role FROM memberships m WHERE m.coalition_id = c.id AND m.person_id = $1
      AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY m.role) AS roles
  FROM coalitions c`;

const whoAndWhen = (tx: Tx): [string | null, string] => [
  tx.actor.personId ?? null,
  tx.now.toISOString().slice(0, 10),
];

/** Coalitions: founding one, and what it is called and reads its calendar by. */
@Injectable()
export class CoalitionsService {
  /**
   * Founds a coalition and gives its founder the backbone seat. It opens a transaction of its own: row-level
   * security shows nobody a coalition in which they have no seat, so it acts as a job of the new coalition.
   */
  async found(db: Database, founder: PersonActor, command: FoundCoalition): Promise<CoalitionAnswer> {
    const after: CoalitionTerms = { ...command, holidays: command.holidays ?? null };
    refuseUnknownPlace(after);
    const id = newId();
    const actor = { ...jobActor('coalition.found', id, founder.personId), requestId: founder.requestId };
    return inTransaction(db, actor, async (tx) => {
      await tx.run(
        `INSERT INTO coalitions (id, name, common_agenda, kind, time_zone, business_day, holidays, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          after.name,
          after.commonAgenda,
          after.kind,
          after.timeZone,
          after.businessDay,
          after.holidays,
          tx.now,
        ],
      );
      await tx.run(
        `INSERT INTO memberships (coalition_id, person_id, role, since_on) VALUES ($1, $2, 'backbone', $3)`,
        [id, founder.personId, firstDayOfSeat(tx.now, after.timeZone)],
      );
      await audit(tx, {
        coalitionId: id,
        action: 'coalition.founded',
        subject: { kind: 'coalition', id },
        after,
      });
      return this.read(tx, id);
    });
  }

  async read(tx: Tx, coalitionId: string): Promise<CoalitionAnswer> {
    const row = await tx.row<CoalitionRow>(`${coalitions} WHERE c.id = $3`, [...whoAndWhen(tx), coalitionId]);
    if (!row) throw notFound('coalition');
    return toCoalitionAnswer(row, dayInZone(tx.now, row.timeZone));
  }

  /** The coalitions in which the person has a seat today. */
  async list(tx: Tx, query: CoalitionsQuery): Promise<Page<CoalitionAnswer>> {
    const page = await listPage<CoalitionRow>(
      tx,
      {
        sql: `${coalitions} WHERE $3::text IS NULL OR c.kind = $3`,
        parameters: [...whoAndWhen(tx), query.kind ?? null],
        sorts: {
          name: { column: 'name', type: 'text' },
          createdAt: { column: '"createdAt"', type: 'timestamptz' },
        },
        defaultSort: 'name',
      },
      query,
    );
    return {
      ...page,
      items: page.items.map((row) => toCoalitionAnswer(row, dayInZone(tx.now, row.timeZone))),
    };
  }

  /**
   * Changes what a coalition is called and how it reads its calendar. Due dates that are set already stay: they
   * are reckoned when a schedule is made.
   * @throws staleVersion, ruleBroken (naming the field)
   */
  async change(
    tx: Tx,
    coalitionId: string,
    version: number,
    command: ChangeCoalition,
  ): Promise<CoalitionAnswer> {
    const before = await tx.row<CoalitionTerms>(`SELECT ${terms} FROM coalitions c WHERE id = $1`, [
      coalitionId,
    ]);
    if (!before) throw notFound('coalition');
    const after = changedTerms(before, command);
    const changed = await tx.run(
      `UPDATE coalitions SET name = $3, common_agenda = $4, kind = $5, time_zone = $6, business_day = $7,
         holidays = $8, version = version + 1
       WHERE id = $1 AND version = $2`,
      [
        coalitionId,
        version,
        after.name,
        after.commonAgenda,
        after.kind,
        after.timeZone,
        after.businessDay,
        after.holidays,
      ],
    );
    if (changed !== 1) {
      throw new DomainError('staleVersion', 'Somebody changed the coalition meanwhile. Read it again.');
    }
    await audit(tx, {
      coalitionId,
      action: 'coalition.changed',
      subject: { kind: 'coalition', id: coalitionId },
      before,
      after,
    });
    return this.read(tx, coalitionId);
  }
}

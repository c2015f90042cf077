import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { addDays, type Day } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import {
  type AffiliationAnswer,
  type AffiliationRow,
  type AffiliationsQuery,
  type ChangeEmployer,
  toAffiliationAnswer,
} from './affiliation.dto.js';
import { changeOfEmployer, type Employment, type SeatFate } from './affiliation.rules.js';
import { coalitionCalendar, lockSeats } from './coalition.js';
import type { MembershipAnswer } from './membership.dto.js';
import { MembershipsService } from './memberships.service.js';

const affiliations = `
  SELECT a.id, a.coalition_id AS "coalitionId", a.person_id AS "personId", p.name AS person,
    a.organisation_id AS "organisationId", o.name AS organisation, a.position, a.since_on AS "sinceOn",
    a.until_on AS "untilOn"
  FROM affiliations a JOIN persons p ON p.id = a.person_id JOIN organisations o ON o.id = a.organisation_id`;

/** What a change of employer came to. */
export interface EmployerChanged {
  coalitionId: string;
  personId: string;
  person: string;
  /** Null where they work for nobody any more. */
  employer: string | null;
}

/** Who works for whom. Seats belong to people, so a change of employer leaves them unless it is said otherwise. */
@Injectable()
export class AffiliationsService {
  constructor(private readonly memberships: MembershipsService) {}

  /**
   * Records where somebody works from a day on; what was before ends the day before, and stays on record.
   * @throws forbidden to change somebody else's, or seats, unless the backbone does; ruleBroken naming the field
   */
  async change(
    tx: Tx,
    coalitionId: string,
    command: ChangeEmployer,
    isBackbone: boolean,
  ): Promise<EmployerChanged> {
    const { personId, organisationId = null } = command;
    const fate = (command.seats ?? 'keep') as SeatFate;
    if (!isBackbone && (personId !== tx.actor.personId || fate !== 'keep'))
      throw new DomainError(
        'forbidden',
        'Record your own employer; seats are given and ended by the backbone.',
      );
    await lockSeats(tx, coalitionId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const names = await requireKnown(tx, coalitionId, personId, organisationId);
    const sinceOn = command.sinceOn ?? today;
    const change = changeOfEmployer(await employmentsOf(tx, coalitionId, personId), {
      organisationId,
      sinceOn,
    });
    if (change) {
      await tx.run(`UPDATE affiliations SET until_on = $2 WHERE id = $1`, [change.ended.id, change.lastDay]);
      await this.settleSeats(tx, coalitionId, {
        personId,
        from: change.ended.organisationId,
        to: organisationId,
        sinceOn,
        fate,
      });
    }
    if (organisationId !== null)
      await tx.run(
        `INSERT INTO affiliations (id, coalition_id, person_id, organisation_id, position, since_on, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          ...[newId(), coalitionId, personId, organisationId, command.position ?? '', sinceOn],
          ...[tx.actor.personId ?? null, tx.now],
        ],
      );
    await audit(tx, {
      ...{ coalitionId, action: 'affiliation.changed', subject: { kind: 'person', id: personId } },
      before: { organisationId: change?.ended.organisationId ?? null },
      after: { organisationId, sinceOn, position: command.position ?? '', seats: fate },
    });
    return { coalitionId, personId, person: names.person, employer: names.organisation };
  }

  async list(tx: Tx, coalitionId: string, query: AffiliationsQuery): Promise<Page<AffiliationAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const page = await listPage<AffiliationRow>(
      tx,
      {
        sql: `${affiliations} WHERE a.coalition_id = $1 AND ($2::uuid IS NULL OR a.person_id = $2)
          AND ($3::uuid IS NULL OR a.organisation_id = $3)`,
        parameters: [coalitionId, query.personId ?? null, query.organisationId ?? null],
        sorts: {
          sinceOn: { column: '"sinceOn"', type: 'date' },
          person: { column: 'person', type: 'text' },
        },
        defaultSort: '-sinceOn',
      },
      query,
    );
    return { ...page, items: page.items.map((row) => toAffiliationAnswer(row, today)) };
  }

  /** Seats held for the employer before: kept as they are, carried over, or ended. */
  private async settleSeats(tx: Tx, coalitionId: string, move: SeatMove): Promise<void> {
    if (move.fate === 'keep') return;
    if (move.fate === 'carry' && move.to === null)
      throw fieldError('ruleBroken', '/seats', 'Seats can be carried to a new employer only. Name one.');
    const lastDay = addDays(move.sinceOn, -1);
    for (const seat of await this.seatsHeld(tx, coalitionId, move)) {
      if (seat.sinceOn > lastDay) {
        const sentence = `The seat of ${seat.role} begins on ${seat.sinceOn}, after the change. Keep the seats, or choose a later day.`;
        throw fieldError('ruleBroken', '/sinceOn', sentence);
      }
      // Given before the other is ended: somebody is always left to run the coalition.
      if (move.fate === 'carry') {
        const { personId, sinceOn, to: organisationId } = move;
        await this.memberships.give(tx, coalitionId, {
          ...{ personId, role: seat.role, organisationId, sinceOn, untilOn: seat.untilOn },
        });
      }
      await this.memberships.end(tx, seat.id, { untilOn: lastDay });
    }
  }

  private async seatsHeld(
    tx: Tx,
    coalitionId: string,
    { personId, from }: SeatMove,
  ): Promise<MembershipAnswer[]> {
    const seats = await this.memberships.list(tx, coalitionId, {
      personId,
      organisationId: from,
      limit: 100,
    });
    return seats.items.filter(({ standing }) => standing !== 'ended');
  }
}

interface SeatMove {
  personId: string;
  from: string;
  to: string | null;
  sinceOn: Day;
  fate: SeatFate;
}

const employmentsOf = (tx: Tx, coalitionId: string, personId: string): Promise<Employment[]> =>
  tx.rows<Employment>(
    `SELECT id, organisation_id AS "organisationId", since_on AS "sinceOn", until_on AS "untilOn" FROM affiliations
     WHERE coalition_id = $1 AND person_id = $2 ORDER BY since_on`,
    [coalitionId, personId],
  );

async function requireKnown(
  tx: Tx,
  coalitionId: string,
  personId: string,
  organisationId: string | null,
): Promise<{ person: string; organisation: string | null }> {
  const known = await tx.row<{ person: string | null; organisation: string | null }>(
    `SELECT (SELECT p.name FROM persons p WHERE p.id = $2 AND EXISTS (
         SELECT 1 FROM memberships m WHERE m.coalition_id = $1 AND m.person_id = p.id)) AS person,
       (SELECT name FROM organisations WHERE coalition_id = $1 AND id = $3) AS organisation`,
    [coalitionId, personId, organisationId],
  );
  const { person = null, organisation = null } = known ?? {};
  if (person === null) throw fieldError('ruleBroken', '/personId', 'Choose somebody with a seat here.');
  if (organisationId !== null && organisation === null)
    throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
  return { person, organisation };
}

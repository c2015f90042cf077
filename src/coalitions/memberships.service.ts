import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { InvitationsService } from '../account/invitations.service.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError, notFound } from '../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../platform/http/list.js';
import { coalitionCalendar, lockSeats } from './coalition.js';
import {
  type EndPeriod,
  type GiveSeat,
  type MembershipAnswer,
  type MembershipRow,
  type MembershipsQuery,
  toMembershipAnswer,
} from './membership.dto.js';
import { firstDayOfSeat, type NewSeat, refuseEnd, refuseSeat } from './membership.rules.js';
import type { Period } from './period.js';

const memberships = `
  SELECT m.id, m.coalition_id AS "coalitionId", m.person_id AS "personId", p.name AS "personName", p.email, m.role,
    m.organisation_id AS "organisationId", o.name AS "organisationName", m.since_on AS "sinceOn",
    m.until_on AS "untilOn"
  FROM memberships m JOIN persons p ON p.id = m.person_id LEFT JOIN organisations o ON o.id = m.organisation_id`;

/** Dated seats: who holds which role in a coalition, on whose behalf. */
@Injectable()
export class MembershipsService {
  constructor(private readonly invitations: InvitationsService) {}

  /**
   * Gives a person a seat; whoever is not known by the e-mail address is invited.
   * @throws ruleBroken, alreadyExists or makerIsChecker, naming the field
   */
  async give(tx: Tx, coalitionId: string, command: GiveSeat): Promise<MembershipAnswer> {
    await lockSeats(tx, coalitionId);
    const { timeZone } = await coalitionCalendar(tx, coalitionId);
    const seat: NewSeat = {
      personId: await this.personFor(tx, coalitionId, command),
      role: command.role,
      organisation: await organisationOf(tx, coalitionId, command.organisationId ?? null),
      sinceOn: command.sinceOn ?? firstDayOfSeat(tx.now, timeZone),
      untilOn: command.untilOn ?? null,
    };
    refuseSeat(seat, {
      givenBy: tx.actor.personId ?? null,
      held: await heldSeats(tx, coalitionId, seat),
      terms: await termsOf(tx, coalitionId, seat.organisation?.id ?? null),
    });
    const id = newId();
    await tx.run(
      `INSERT INTO memberships (id, coalition_id, person_id, role, organisation_id, since_on, until_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, coalitionId, seat.personId, seat.role, seat.organisation?.id ?? null, seat.sinceOn, seat.untilOn],
    );
    await audit(tx, {
      coalitionId,
      action: 'membership.given',
      subject: { kind: 'membership', id },
      after: seat,
    });
    return this.read(tx, id);
  }

  async read(tx: Tx, membershipId: string): Promise<MembershipAnswer> {
    const row = await tx.row<MembershipRow>(`${memberships} WHERE m.id = $1`, [membershipId]);
    if (!row) throw notFound('membership');
    const { today } = await coalitionCalendar(tx, row.coalitionId);
    return toMembershipAnswer(row, today);
  }

  async list(tx: Tx, coalitionId: string, query: MembershipsQuery): Promise<Page<MembershipAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const page = await listPage<MembershipRow>(
      tx,
      {
        sql: `${memberships} WHERE m.coalition_id = $1
          AND ($2::text IS NULL OR m.role = $2)
          AND ($3::uuid IS NULL OR m.person_id = $3)
          AND ($4::uuid IS NULL OR m.organisation_id = $4)
          AND ($5::text IS NULL OR $5 = CASE WHEN m.since_on > $6 THEN 'upcoming'
            WHEN m.until_on < $6 THEN 'ended' ELSE 'serving' END)
          AND ($7::text IS NULL OR p.name ILIKE $7 OR p.email ILIKE $7)`,
        parameters: [
          coalitionId,
          query.role ?? null,
          query.personId ?? null,
          query.organisationId ?? null,
          query.standing ?? null,
          today,
          containing(query.person),
        ],
        sorts: {
          personName: { column: '"personName"', type: 'text' },
          role: { column: 'role', type: 'text' },
          sinceOn: { column: '"sinceOn"', type: 'date' },
        },
        defaultSort: 'personName',
      },
      query,
    );
    return { ...page, items: page.items.map((row) => toMembershipAnswer(row, today)) };
  }

  /**
   * Ends a seat after its last day. The history stays: a seat is never removed.
   * @throws stateForbids, makerIsChecker, ruleBroken where nobody would be left to run the coalition
   */
  async end(tx: Tx, membershipId: string, command: EndPeriod): Promise<MembershipAnswer> {
    const { coalitionId } = await this.read(tx, membershipId);
    await lockSeats(tx, coalitionId);
    const before = await this.read(tx, membershipId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const lastDay = command.untilOn ?? (before.sinceOn > today ? before.sinceOn : today);
    refuseEnd(before, lastDay, {
      endedBy: tx.actor.personId ?? null,
      today,
      otherBackbone: await otherBackbone(tx, coalitionId, membershipId),
    });
    await tx.run(`UPDATE memberships SET until_on = $2 WHERE id = $1`, [membershipId, lastDay]);
    await audit(tx, {
      coalitionId,
      action: 'membership.ended',
      subject: { kind: 'membership', id: membershipId },
      before: { role: before.role, personId: before.personId, untilOn: before.untilOn },
      after: { role: before.role, personId: before.personId, untilOn: lastDay },
    });
    return this.read(tx, membershipId);
  }

  /** Whoever is meant: somebody known, somebody of the coalition, or else somebody who is invited. */
  private async personFor(tx: Tx, coalitionId: string, command: GiveSeat): Promise<string> {
    const { personId, email, name } = command;
    if (personId) return knownPerson(tx, personId);
    if (!email) {
      throw fieldError('ruleBroken', '/email', 'Say whose seat it is: by e-mail address, or by personId.');
    }
    const member = await tx.row<{ id: string }>(
      `SELECT p.id FROM persons p WHERE p.email = $2
         AND EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.coalition_id = $1)`,
      [coalitionId, email],
    );
    if (member) return member.id;
    if (!name) {
      throw fieldError('ruleBroken', '/name', 'This person is new to the coalition. Write their name too.');
    }
    const invitedBy = tx.actor.personId ?? null;
    return (await this.invitations.invite(tx, { coalitionId, email, name, invitedBy })).personId;
  }
}

async function knownPerson(tx: Tx, personId: string): Promise<string> {
  const known = await tx.row(`SELECT 1 FROM persons WHERE id = $1`, [personId]);
  if (known) return personId;
  throw fieldError(
    'ruleBroken',
    '/personId',
    'You share no coalition with this person. Invite them by e-mail.',
  );
}

async function organisationOf(
  tx: Tx,
  coalitionId: string,
  organisationId: string | null,
): Promise<{ id: string; name: string } | null> {
  if (organisationId === null) return null;
  const organisation = await tx.row<{ id: string; name: string }>(
    `SELECT id, name FROM organisations WHERE coalition_id = $1 AND id = $2`,
    [coalitionId, organisationId],
  );
  if (organisation) return organisation;
  throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
}

const period = `since_on AS "sinceOn", until_on AS "untilOn"`;

function heldSeats(
  tx: Tx,
  coalitionId: string,
  { personId, role, organisation }: NewSeat,
): Promise<Period[]> {
  return tx.rows<Period>(
    `SELECT ${period} FROM memberships
     WHERE coalition_id = $1 AND person_id = $2 AND role = $3 AND organisation_id IS NOT DISTINCT FROM $4`,
    [coalitionId, personId, role, organisation?.id ?? null],
  );
}

function termsOf(tx: Tx, coalitionId: string, organisationId: string | null): Promise<Period[]> {
  return tx.rows<Period>(
    `SELECT ${period} FROM backbone_terms WHERE coalition_id = $1 AND organisation_id = $2`,
    [coalitionId, organisationId],
  );
}

function otherBackbone(tx: Tx, coalitionId: string, membershipId: string): Promise<Period[]> {
  return tx.rows<Period>(
    `SELECT ${period} FROM memberships WHERE coalition_id = $1 AND role = 'backbone' AND id <> $2`,
    [coalitionId, membershipId],
  );
}

import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError, notFound } from '../platform/errors/domain-error.js';
import { type ListQuery, listPage, type Page } from '../platform/http/list.js';
import {
  type BackboneTermAnswer,
  type BackboneTermRow,
  type NameBackbone,
  toBackboneTermAnswer,
} from './backbone-term.dto.js';
import { refuseEndOfTerm, refuseTerm, succeeded } from './backbone.rules.js';
import { coalitionCalendar, lockSeats } from './coalition.js';
import type { EndPeriod } from './membership.dto.js';
import { moneyTies } from './money-ties.js';
import type { Period } from './period.js';

const terms = `
  SELECT t.id, t.coalition_id AS "coalitionId", t.organisation_id AS "organisationId", o.name AS "organisationName",
    o.sector, t.since_on AS "sinceOn", t.until_on AS "untilOn"
  FROM backbone_terms t JOIN organisations o ON o.id = t.organisation_id`;

/** Which organisation serves a coalition as its backbone, and when. */
@Injectable()
export class BackboneTermsService {
  /**
   * Names the organisation that serves from a day on. A term that goes on until then ends the day before.
   * @throws ruleBroken, naming the field
   */
  async name(tx: Tx, coalitionId: string, command: NameBackbone): Promise<BackboneTermAnswer> {
    await lockSeats(tx, coalitionId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const { organisationId } = command;
    const organisation = await tx.row<{ name: string }>(
      `SELECT name FROM organisations WHERE coalition_id = $1 AND id = $2`,
      [coalitionId, organisationId],
    );
    if (!organisation) {
      throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
    }
    const term: Period = { sinceOn: command.sinceOn ?? today, untilOn: command.untilOn ?? null };
    const others = await tx.rows<Period & { id: string }>(
      `SELECT id, since_on AS "sinceOn", until_on AS "untilOn" FROM backbone_terms WHERE coalition_id = $1`,
      [coalitionId],
    );
    const ties = await moneyTies(tx, coalitionId, organisationId);
    refuseTerm(term, { organisationName: organisation.name, today, ties, terms: others });
    for (const other of others) {
      const lastDay = succeeded(other, term);
      if (lastDay !== null) await this.setEnd(tx, coalitionId, other, lastDay);
    }
    const id = newId();
    await tx.run(
      `INSERT INTO backbone_terms (id, coalition_id, organisation_id, since_on, until_on) VALUES ($1, $2, $3, $4, $5)`,
      [id, coalitionId, organisationId, term.sinceOn, term.untilOn],
    );
    await audit(tx, {
      coalitionId,
      action: 'backboneTerm.named',
      subject: { kind: 'backboneTerm', id },
      after: { organisationId, ...term },
    });
    return this.read(tx, id);
  }

  async read(tx: Tx, termId: string): Promise<BackboneTermAnswer> {
    const row = await tx.row<BackboneTermRow>(`${terms} WHERE t.id = $1`, [termId]);
    if (!row) throw notFound('backbone term');
    const { today } = await coalitionCalendar(tx, row.coalitionId);
    return toBackboneTermAnswer(row, today);
  }

  async list(tx: Tx, coalitionId: string, query: ListQuery): Promise<Page<BackboneTermAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const page = await listPage<BackboneTermRow>(
      tx,
      {
        sql: `${terms} WHERE t.coalition_id = $1`,
        parameters: [coalitionId],
        sorts: { sinceOn: { column: '"sinceOn"', type: 'date' } },
        defaultSort: '-sinceOn',
      },
      query,
    );
    return { ...page, items: page.items.map((row) => toBackboneTermAnswer(row, today)) };
  }

  /** Ends a term after its last day. @throws stateForbids where it ended already, ruleBroken on an odd date */
  async end(tx: Tx, termId: string, command: EndPeriod): Promise<BackboneTermAnswer> {
    const { coalitionId } = await this.read(tx, termId);
    await lockSeats(tx, coalitionId);
    const term = await this.read(tx, termId);
    const { today } = await coalitionCalendar(tx, coalitionId);
    const lastDay = command.untilOn ?? (term.sinceOn > today ? term.sinceOn : today);
    refuseEndOfTerm(term, lastDay, today);
    await this.setEnd(tx, coalitionId, term, lastDay);
    return this.read(tx, termId);
  }

  private async setEnd(tx: Tx, coalitionId: string, term: Period & { id: string }, lastDay: string) {
    await tx.run(`UPDATE backbone_terms SET until_on = $2 WHERE id = $1`, [term.id, lastDay]);
    await audit(tx, {
      coalitionId,
      action: 'backboneTerm.ended',
      subject: { kind: 'backboneTerm', id: term.id },
      before: { untilOn: term.untilOn },
      after: { untilOn: lastDay },
    });
  }
}

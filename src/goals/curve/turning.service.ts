import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { lockSeries, readSeries } from '../series/series.read.js';
import type { AddAction, AddPartner, ChangeAction, EndAction, WriteText } from './turning.dto.js';
import {
  type CurveAction,
  type CurvePartner,
  type CurveText,
  partnersOf,
  readAction,
  textsOf,
} from './turning.read.js';
import { type ActionTerms, requireEnding, requireTerm } from './turning.rules.js';

/** What is said of a curve, who has a part in turning it, and what is done. */
@Injectable()
export class TurningService {
  /** Writes a text anew: what it said before stays, under its number. */
  async write(tx: Tx, indicatorId: string, { section, body }: WriteText): Promise<CurveText> {
    const { coalitionId } = await lockSeries(tx, { kind: 'indicator', id: indicatorId });
    await tx.run(
      `INSERT INTO curve_texts (coalition_id, indicator_id, section, number, body, written_by, written_at)
       SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6 FROM curve_texts WHERE indicator_id = $2 AND section = $3`,
      [coalitionId, indicatorId, section, body, tx.actor.personId ?? null, tx.now],
    );
    await this.audit(tx, coalitionId, indicatorId, `${section}Written`, { after: { body } });
    return (await textsOf(tx, indicatorId)).find((text) => text.section === section)!;
  }

  /** @throws ruleBroken naming the field; alreadyExists */
  async addPartner(tx: Tx, indicatorId: string, command: AddPartner): Promise<CurvePartner> {
    const { coalitionId } = await lockSeries(tx, { kind: 'indicator', id: indicatorId });
    const { organisationId = null, contribution } = command;
    const name =
      organisationId === null ? (command.name ?? '') : await nameOf(tx, coalitionId, organisationId);
    if (name === '') throw fieldError('ruleBroken', '/name', 'Choose an organisation, or say who it is.');
    const twin = (await partnersOf(tx, indicatorId)).some((partner) => partner.name === name);
    if (twin) throw fieldError('alreadyExists', '/name', `${name} is a partner here already.`);
    const id = newId();
    await tx.run(
      `INSERT INTO curve_partners (id, coalition_id, indicator_id, organisation_id, name, contribution, added_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, coalitionId, indicatorId, organisationId, name, contribution ?? '', tx.now],
    );
    await this.audit(tx, coalitionId, indicatorId, 'partnerAdded', { after: { name, contribution } });
    return { id, organisationId, name, contribution: contribution ?? '' };
  }

  /** Takes a partner off; the history of the indicator keeps it. Gives the id of the indicator. @throws notFound */
  async removePartner(tx: Tx, partnerId: string): Promise<string> {
    const [partner] = await tx.rows<CurvePartner & { indicatorId: string; coalitionId: string }>(
      `DELETE FROM curve_partners WHERE id = $1
       RETURNING name, contribution, indicator_id AS "indicatorId", coalition_id AS "coalitionId"`,
      [partnerId],
    );
    if (!partner) throw notFound('partner');
    const { coalitionId, indicatorId, name, contribution } = partner;
    await this.audit(tx, coalitionId, indicatorId, 'partnerRemoved', { before: { name, contribution } });
    return indicatorId;
  }

  /** @throws ruleBroken naming the field */
  async addAction(tx: Tx, indicatorId: string, command: AddAction): Promise<CurveAction> {
    const { coalitionId } = await readSeries(tx, { kind: 'indicator', id: indicatorId });
    const terms: ActionTerms = { ...command, detail: command.detail ?? '' };
    requireTerm(terms);
    await requireSeat(tx, coalitionId, terms.ownerId);
    const id = newId();
    await tx.run(
      `INSERT INTO curve_actions (id, coalition_id, indicator_id, title, detail, owner_id, starts_on, due_on, state, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)`,
      [
        ...[id, coalitionId, indicatorId, terms.title, terms.detail, terms.ownerId, terms.startsOn],
        ...[terms.dueOn, tx.now],
      ],
    );
    await this.audit(tx, coalitionId, indicatorId, 'actionAdded', { after: terms });
    return readAction(tx, id);
  }

  /** @throws staleVersion, stateForbids where it is over, ruleBroken naming the field */
  async changeAction(tx: Tx, actionId: string, version: number, change: ChangeAction): Promise<CurveAction> {
    const action = await lockAction(tx, actionId, version);
    if (action.state !== 'open')
      throw new DomainError('stateForbids', `The action is ${action.state}, and stays as it was.`);
    const after: ActionTerms = {
      title: change.title ?? action.title,
      detail: change.detail === undefined ? action.detail : (change.detail ?? ''),
      ownerId: change.ownerId ?? action.ownerId,
      startsOn: change.startsOn ?? action.startsOn,
      dueOn: change.dueOn ?? action.dueOn,
    };
    requireTerm(after);
    await requireSeat(tx, action.coalitionId, after.ownerId);
    await tx.run(
      `UPDATE curve_actions SET title = $2, detail = $3, owner_id = $4, starts_on = $5, due_on = $6, version = version + 1
       WHERE id = $1`,
      [actionId, after.title, after.detail, after.ownerId, after.startsOn, after.dueOn],
    );
    const { title, detail, ownerId, startsOn, dueOn } = action;
    const before: ActionTerms = { title, detail, ownerId, startsOn, dueOn };
    await this.audit(tx, action.coalitionId, action.indicatorId, 'actionChanged', { before, after });
    return readAction(tx, actionId);
  }

  /** @throws staleVersion, stateForbids where it is over already, ruleBroken naming the field */
  async endAction(
    tx: Tx,
    actionId: string,
    version: number,
    { to, endedOn, note }: EndAction & { to: 'done' | 'dropped' },
  ): Promise<CurveAction> {
    const action = await lockAction(tx, actionId, version);
    const { today } = await coalitionCalendar(tx, action.coalitionId);
    const said = note ?? '';
    requireEnding(action.state, to, { endedOn, note: said, startsOn: action.startsOn, today });
    await tx.run(
      `UPDATE curve_actions SET state = $2, ended_on = $3, note = $4, version = version + 1 WHERE id = $1`,
      [actionId, to, endedOn, said],
    );
    const after = { title: action.title, state: to, endedOn, note: said };
    await this.audit(tx, action.coalitionId, action.indicatorId, 'actionEnded', { after });
    return readAction(tx, actionId);
  }

  private audit(
    tx: Tx,
    coalitionId: string,
    indicatorId: string,
    what: string,
    change: { before?: unknown; after?: unknown },
  ): Promise<void> {
    const subject = { kind: 'indicator', id: indicatorId };
    return audit(tx, { coalitionId, action: `indicator.${what}`, subject, ...change });
  }
}

async function lockAction(tx: Tx, actionId: string, version: number): Promise<CurveAction> {
  await tx.rows(`SELECT 1 FROM curve_actions WHERE id = $1 FOR UPDATE`, [actionId]);
  const action = await readAction(tx, actionId);
  if (action.version === version) return action;
  throw new DomainError('staleVersion', 'Somebody changed the action meanwhile. Read it again.');
}

async function nameOf(tx: Tx, coalitionId: string, organisationId: string): Promise<string> {
  const organisation = await tx.row<{ name: string }>(
    `SELECT name FROM organisations WHERE coalition_id = $1 AND id = $2`,
    [coalitionId, organisationId],
  );
  if (organisation) return organisation.name;
  throw fieldError('ruleBroken', '/organisationId', 'Choose an organisation of this coalition.');
}

async function requireSeat(tx: Tx, coalitionId: string, personId: string): Promise<void> {
  const { today } = await coalitionCalendar(tx, coalitionId);
  const seat = await tx.row(
    `SELECT 1 FROM memberships WHERE coalition_id = $1 AND person_id = $2 AND since_on <= $3
       AND (until_on IS NULL OR until_on >= $3)`,
    [coalitionId, personId, today],
  );
  if (!seat) throw fieldError('ruleBroken', '/ownerId', 'Choose a person with a seat in the coalition.');
}

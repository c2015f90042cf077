import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { Delegate } from './delegation.dto.js';

/** Somebody signs in an approver's stead, from a day through another. */
export interface Delegation {
  id: string;
  coalitionId: string;
  delegatorId: string;
  delegator: string;
  delegateId: string;
  delegate: string;
  sinceOn: Day;
  untilOn: Day;
  reason: string;
  madeAt: Date;
  endedAt: Date | null;
}

const delegations = `
  SELECT d.id, d.coalition_id AS "coalitionId", d.delegator_id AS "delegatorId", f.name AS delegator,
    d.delegate_id AS "delegateId", t.name AS delegate, d.since_on AS "sinceOn", d.until_on AS "untilOn", d.reason,
    d.made_at AS "madeAt", d.ended_at AS "endedAt"
  FROM approval_delegations d JOIN persons f ON f.id = d.delegator_id JOIN persons t ON t.id = d.delegate_id`;

@Injectable()
export class DelegationsService {
  /**
   * Lets somebody sign in the actor's stead. They sign once for a request, never for one that either of them made.
   * @throws ruleBroken naming the field
   */
  async delegate(tx: Tx, coalitionId: string, command: Delegate): Promise<Delegation> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const { delegateId, sinceOn, untilOn, reason } = command;
    if (delegateId === tx.actor.personId) {
      throw fieldError('ruleBroken', '/delegateId', 'Choose somebody else to sign in your stead.');
    }
    if (untilOn < sinceOn) throw fieldError('ruleBroken', '/untilOn', 'The last day lies before the first.');
    if (untilOn < today) throw fieldError('ruleBroken', '/untilOn', 'These days are over already.');
    const seat = await tx.row(
      `SELECT 1 FROM memberships WHERE coalition_id = $1 AND person_id = $2 AND role <> 'partner'
         AND since_on <= $3 AND (until_on IS NULL OR until_on >= $3)`,
      [coalitionId, delegateId, today],
    );
    if (!seat) {
      throw fieldError(
        'ruleBroken',
        '/delegateId',
        'Choose somebody with a seat in the coalition, other than a partner’s.',
      );
    }
    const id = newId();
    await tx.run(
      `INSERT INTO approval_delegations (id, coalition_id, delegator_id, delegate_id, since_on, until_on, reason, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, coalitionId, tx.actor.personId ?? null, delegateId, sinceOn, untilOn, reason, tx.now],
    );
    const after = { delegateId, sinceOn, untilOn };
    await audit(tx, {
      coalitionId,
      action: 'delegation.made',
      subject: { kind: 'delegation', id },
      after,
      reason,
    });
    return this.get(tx, id);
  }

  /** Ends a delegation before its last day. @throws forbidden unless it is one's own, stateForbids when it has ended */
  async end(tx: Tx, delegationId: string): Promise<Delegation> {
    const { coalitionId, delegatorId, endedAt } = await this.get(tx, delegationId);
    if (delegatorId !== tx.actor.personId) {
      throw new DomainError('forbidden', 'Only who delegated can end it.');
    }
    if (endedAt !== null) throw new DomainError('stateForbids', 'This has ended already.');
    await tx.run(`UPDATE approval_delegations SET ended_at = $2 WHERE id = $1`, [delegationId, tx.now]);
    const subject = { kind: 'delegation', id: delegationId };
    await audit(tx, { coalitionId, action: 'delegation.ended', subject });
    return this.get(tx, delegationId);
  }

  async get(tx: Tx, id: string): Promise<Delegation> {
    const delegation = await tx.row<Delegation>(`${delegations} WHERE d.id = $1`, [id]);
    if (!delegation) throw notFound('delegation');
    return delegation;
  }

  list(tx: Tx, coalitionId: string, query: ListQuery): Promise<Page<Delegation>> {
    return listPage<Delegation>(
      tx,
      {
        sql: `${delegations} WHERE d.coalition_id = $1`,
        parameters: [coalitionId],
        sorts: { sinceOn: { column: '"sinceOn"', type: 'date' } },
        defaultSort: '-sinceOn',
      },
      query,
    );
  }
}

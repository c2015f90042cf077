import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar, refuseServingBackbone } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { Access } from '../../platform/http/request.js';
import type { PledgeQuery, SignPledge } from './pledge.dto.js';
import {
  maySignForAll,
  pledgeInstalmentState,
  type PledgeInstalmentState,
  requireWholePledge,
} from './pledge.rules.js';
import { planReminders } from './reminders/plan-reminders.js';
import { pledgeSigned } from '../pool.entries.js';
import { lockPool, requireOpenPeriod } from '../pool-position.js';
import { amountOf } from '../pools.service.js';

/** A pledge, and how much of it has come. Minor units. */
export interface PledgeRow {
  id: string;
  coalitionId: string;
  poolId: string;
  funderId: string;
  funder: string;
  reference: string;
  currency: string;
  amount: bigint;
  received: bigint;
  state: string;
  signedOn: Day | null;
  nextDueOn: Day | null;
  version: number;
}

export interface PledgeInstalmentRow {
  id: string;
  number: number;
  dueOn: Day;
  amount: bigint;
  received: bigint;
  state: PledgeInstalmentState;
  settledBy: { contributionId: string; bankReference: string; receivedOn: Day; amount: bigint }[];
}

const pledges = `
  SELECT p.id, p.coalition_id AS "coalitionId", p.pool_id AS "poolId", p.funder_id AS "funderId", o.name AS funder,
    p.reference, p.currency, p.amount, p.state, p.signed_on AS "signedOn", p.version,
    (SELECT coalesce(sum(i.received), 0)::bigint FROM pledge_instalments i WHERE i.pledge_id = p.id) AS received,
    (SELECT min(i.due_on) FROM pledge_instalments i WHERE i.pledge_id = p.id AND i.received < i.amount) AS "nextDueOn"
  FROM pledges p JOIN organisations o ON o.id = p.funder_id`;

/** What pledges come to together. Minor units. */
export type PledgeTotals = Pick<PledgeRow, 'amount' | 'received'>;

const pledgesMeant = (poolId: string, { state, funderId }: PledgeQuery) => ({
  sql: `${pledges} WHERE p.pool_id = $1 AND ($2::text IS NULL OR p.state = $2) AND ($3::uuid IS NULL OR p.funder_id = $3)`,
  parameters: [poolId, state ?? null, funderId ?? null],
});

@Injectable()
export class PledgesService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Records a signed pledge with its instalments, and posts it to the commitment book. A funder signs for its own
   * organisation; backbone and finance may record what any funder has signed.
   * @throws ruleBroken or periodLocked naming the field; alreadyExists when the reference is taken
   */
  async sign(tx: Tx, poolId: string, command: SignPledge, access: Access): Promise<PledgeRow> {
    const pool = await lockPool(tx, poolId);
    if (command.currency !== undefined && command.currency !== pool.currency) {
      throw fieldError(
        'ruleBroken',
        '/currency',
        `The pool is in ${pool.currency}: pledge in ${pool.currency}.`,
      );
    }
    requireOwnOrganisation(access, command.funderId);
    await refuseServingBackbone(tx, pool.coalitionId, command.funderId, '/funderId');
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (command.signedOn > today) {
      throw fieldError('ruleBroken', '/signedOn', 'A pledge cannot have been signed in the future.');
    }
    requireOpenPeriod(pool, command.signedOn, '/signedOn');
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    const instalments = command.instalments.map(({ dueOn, amount: text }, index) => ({
      dueOn,
      amount: amountOf(text, pool.currency, `/instalments/${index}/amount`)!,
    }));
    requireWholePledge(amount, instalments, (minor) => formatMoney(minor, pool.currency, 'en-GB'));

    const id = newId();
    await tx.run(
      `INSERT INTO pledges (id, coalition_id, pool_id, funder_id, reference, currency, amount, state, signed_on,
         created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'signed', $8, $9, $10)`,
      [
        id,
        pool.coalitionId,
        poolId,
        command.funderId,
        command.reference,
        pool.currency,
        amount,
        command.signedOn,
        tx.actor.personId ?? null,
        tx.now,
      ],
    );
    await tx.run(
      `INSERT INTO pledge_instalments (coalition_id, pledge_id, number, due_on, amount)
       SELECT $1, $2, number, due_on, amount FROM unnest($3::date[], $4::bigint[]) WITH ORDINALITY AS i (due_on, amount, number)`,
      [pool.coalitionId, id, instalments.map(({ dueOn }) => dueOn), instalments.map((one) => one.amount)],
    );
    const { funderId, reference, signedOn } = command;
    await this.ledger.postOne(tx, pledgeSigned(pool, { id, reference, funderId, amount, signedOn }));
    const pledge = await this.get(tx, id);
    await planReminders(tx, pledge);
    const subject = { kind: 'pledge', id };
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'pledge.signed',
      subject,
      after: { ...pledge, instalments },
    });
    return pledge;
  }

  async get(tx: Tx, pledgeId: string): Promise<PledgeRow> {
    const pledge = await tx.row<PledgeRow>(`${pledges} WHERE p.id = $1`, [pledgeId]);
    if (!pledge) throw notFound('pledge');
    return pledge;
  }

  list(tx: Tx, poolId: string, query: PledgeQuery): Promise<Page<PledgeRow>> {
    return listPage<PledgeRow>(
      tx,
      {
        ...pledgesMeant(poolId, query),
        sorts: {
          reference: { column: 'reference', type: 'text' },
          signedOn: { column: '"signedOn"', type: 'date' },
          funder: { column: 'funder', type: 'text' },
          amount: { column: 'amount', type: 'bigint' },
        },
        defaultSort: '-signedOn',
      },
      query,
    );
  }

  /** What all the pledges of a list come to, not those of one page alone; what was never to come does not count. */
  async totals(tx: Tx, poolId: string, query: PledgeQuery): Promise<PledgeTotals> {
    const { sql, parameters } = pledgesMeant(poolId, query);
    const row = await tx.row<PledgeTotals>(
      `SELECT coalesce(sum(amount) FILTER (WHERE state IN ('signed', 'fulfilled') OR received > 0), 0)::bigint AS amount,
         coalesce(sum(received), 0)::bigint AS received
       FROM (${sql}) AS list`,
      parameters,
    );
    if (!row) throw new Error('A sum without groups is one row.');
    return row;
  }

  /** The instalments of a pledge in order, each with the contributions that settled it. */
  async instalments(tx: Tx, pledge: PledgeRow): Promise<PledgeInstalmentRow[]> {
    const { today } = await coalitionCalendar(tx, pledge.coalitionId);
    const rows = await tx.rows<Omit<PledgeInstalmentRow, 'state' | 'settledBy'>>(
      `SELECT id, number, due_on AS "dueOn", amount, received FROM pledge_instalments WHERE pledge_id = $1 ORDER BY number`,
      [pledge.id],
    );
    const settlements = await tx.rows<PledgeInstalmentRow['settledBy'][number] & { instalmentId: string }>(
      `SELECT a.pledge_instalment_id AS "instalmentId", c.id AS "contributionId", c.bank_reference AS "bankReference",
         c.received_on AS "receivedOn", a.amount
       FROM contribution_applications a JOIN contributions c ON c.id = a.contribution_id
       JOIN pledge_instalments i ON i.id = a.pledge_instalment_id
       WHERE i.pledge_id = $1 ORDER BY c.received_on, c.id`,
      [pledge.id],
    );
    return rows.map((row) => ({
      ...row,
      state: pledgeInstalmentState(row, today),
      settledBy: settlements
        .filter(({ instalmentId }) => instalmentId === row.id)
        .map(({ instalmentId: _, ...settlement }) => settlement),
    }));
  }
}

/** Who is here as a funder only may act for no organisation but its own. */
export function requireOwnOrganisation(access: Access, funderId: string): void {
  if (maySignForAll(access) || access.organisationIds.includes(funderId)) return;
  throw new DomainError('forbidden', 'A funder signs for its own organisation only.', [
    { pointer: '/funderId', code: 'forbidden', message: 'Choose your own organisation.' },
  ]);
}

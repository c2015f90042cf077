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
import { atPlanningRate, planningFactor } from './planning.js';
import type { ChangePlanningRate, PledgeQuery, SignPledge } from './pledge.dto.js';
import {
  maySignForAll,
  pledgeInstalmentState,
  type PledgeInstalmentState,
  requirePlanningRate,
  requireWholePledge,
} from './pledge.rules.js';
import { planReminders } from './reminders/plan-reminders.js';
import { pledgeSigned } from '../pool.entries.js';
import { requireEarmark } from '../earmarks.js';
import { lockPool, requireCovered, requireOpenPeriod } from '../pool-position.js';
import { amountOf } from '../pools.service.js';

/** A pledge, and how much of it has come. Minor units of its own currency, unless said otherwise. */
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
  /** Null in the pool's own currency. */
  planningRate: string | null;
  /** In minor units of the pool's currency, at the planning rate. */
  poolCurrency: string;
  amountInPool: bigint;
  receivedInPool: bigint;
  openInPool: bigint;
  earmarkGoalId: string | null;
  earmarkGrantId: string | null;
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
    p.reference, p.currency, p.amount, p.state, p.signed_on AS "signedOn", p.version, come.received,
    trim_scale(p.planning_rate)::text AS "planningRate", l.currency AS "poolCurrency",
    ${atPlanningRate('p.amount')} AS "amountInPool", ${atPlanningRate('come.received')} AS "receivedInPool",
    CASE WHEN p.state = 'signed' THEN ${atPlanningRate('p.amount - come.received')} ELSE 0 END AS "openInPool",
    p.earmark_goal_id AS "earmarkGoalId", p.earmark_grant_id AS "earmarkGrantId",
    (SELECT min(i.due_on) FROM pledge_instalments i WHERE i.pledge_id = p.id AND i.received < i.amount) AS "nextDueOn"
  FROM pledges p JOIN organisations o ON o.id = p.funder_id JOIN pools l ON l.id = p.pool_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(i.received), 0)::bigint AS received FROM pledge_instalments i WHERE i.pledge_id = p.id) AS come`;

/** What pledges come to together, at their planning rates. Minor units of the pool's currency. */
export interface PledgeTotals {
  amount: bigint;
  received: bigint;
  open: bigint;
}

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
    const currency = command.currency ?? pool.currency;
    const rate = requirePlanningRate(currency, pool.currency, command.planningRate);
    requireOwnOrganisation(access, command.funderId);
    await refuseServingBackbone(tx, pool.coalitionId, command.funderId, '/funderId');
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (command.signedOn > today) {
      throw fieldError('ruleBroken', '/signedOn', 'A pledge cannot have been signed in the future.');
    }
    requireOpenPeriod(pool, command.signedOn, '/signedOn');
    await requireEarmark(tx, pool, command);
    const amount = amountOf(command.amount, currency, '/amount')!;
    const instalments = command.instalments.map(({ dueOn, amount: text }, index) => ({
      dueOn,
      amount: amountOf(text, currency, `/instalments/${index}/amount`)!,
    }));
    requireWholePledge(amount, instalments, (minor) => formatMoney(minor, currency, 'en-GB'));

    const id = newId();
    await tx.run(
      `INSERT INTO pledges (id, coalition_id, pool_id, funder_id, reference, currency, amount, state, signed_on,
         created_by, created_at, earmark_goal_id, earmark_grant_id, planning_rate, planning_factor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'signed', $8, $9, $10, $11, $12, $13,
         coalesce(${planningFactor(13, currency, pool.currency)}, 1))`,
      [
        ...[id, pool.coalitionId, poolId, command.funderId, command.reference, currency, amount],
        ...[command.signedOn, tx.actor.personId ?? null, tx.now],
        ...[command.earmarkGoalId ?? null, command.earmarkGrantId ?? null, rate],
      ],
    );
    await tx.run(
      `INSERT INTO pledge_instalments (coalition_id, pledge_id, number, due_on, amount)
       SELECT $1, $2, number, due_on, amount FROM unnest($3::date[], $4::bigint[]) WITH ORDINALITY AS i (due_on, amount, number)`,
      [pool.coalitionId, id, instalments.map(({ dueOn }) => dueOn), instalments.map((one) => one.amount)],
    );
    const { funderId, reference, signedOn } = command;
    await this.ledger.postOne(
      tx,
      pledgeSigned(pool, { id, reference, funderId, currency, amount, signedOn }),
    );
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

  /**
   * Reckons a foreign pledge at another rate from now on. Nothing is posted: promises stand in their own currency.
   * @throws staleVersion, stateForbids; ruleBroken naming the rate; insufficientFunds when grants that are awarded count
   *   on what it was reckoned for
   */
  async changePlanningRate(
    tx: Tx,
    pledgeId: string,
    version: number,
    command: ChangePlanningRate,
  ): Promise<PledgeRow> {
    const { poolId } = await this.get(tx, pledgeId);
    const pool = await lockPool(tx, poolId);
    const before = await this.get(tx, pledgeId);
    if (before.version !== version)
      throw new DomainError('staleVersion', 'Somebody changed the pledge meanwhile. Look at it again.');
    if (before.planningRate === null)
      throw new DomainError('stateForbids', `The pledge is in ${pool.currency}, the pool’s own currency.`);
    const rate = requirePlanningRate(before.currency, pool.currency, command.planningRate);
    await tx.run(
      `UPDATE pledges SET planning_rate = $2, planning_factor = ${planningFactor(2, before.currency, pool.currency)},
         version = version + 1 WHERE id = $1`,
      [pledgeId, rate],
    );
    const after = await this.get(tx, pledgeId);
    if (after.openInPool < before.openInPool) await requireCovered(tx, poolId);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'pledge.rateChanged',
      subject: { kind: 'pledge', id: pledgeId },
      before: { planningRate: before.planningRate },
      after: { planningRate: after.planningRate },
    });
    return after;
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
          amount: { column: '"amountInPool"', type: 'bigint' },
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
      `SELECT coalesce(sum("amountInPool") FILTER (WHERE state IN ('signed', 'fulfilled') OR received > 0), 0)::bigint AS amount,
         coalesce(sum("receivedInPool"), 0)::bigint AS received, coalesce(sum("openInPool"), 0)::bigint AS open
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

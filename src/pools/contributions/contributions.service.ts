import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar, refuseServingBackbone } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Day } from '../../maths/day.js';
import { basisPoints } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { tell } from '../../platform/outbox/outbox.js';
import type { ContributionQuery, ReceiveContribution, ReverseContribution } from './contribution.dto.js';
import { applyToInstalments, settledByPledge } from './contribution.rules.js';
import { lockOpenInstalments, saveApplications, undoApplications } from './contribution-applications.js';
import { contributionReceived, feeCharged } from '../pool.entries.js';
import { type LockedPool, lockPool, requireCovered, requireOpenPeriod } from '../pool-position.js';
import { amountOf } from '../pools.service.js';

/** Money received, in minor units of the pool's currency. `applied` is what it settles of pledges. */
export interface ContributionRow {
  id: string;
  coalitionId: string;
  poolId: string;
  funderId: string;
  funder: string;
  amount: bigint;
  fee: bigint;
  applied: bigint;
  currency: string;
  receivedOn: Day;
  bankReference: string;
  earmarkGoalId: string | null;
  entryId: string;
  reversalReason: string | null;
  recordedAt: Date;
}

export interface ApplicationRow {
  pledgeId: string;
  reference: string;
  number: number;
  dueOn: Day;
  amount: bigint;
}

const contributions = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.pool_id AS "poolId", c.funder_id AS "funderId", o.name AS funder,
    c.amount, c.fee, c.currency, c.received_on AS "receivedOn", c.bank_reference AS "bankReference",
    c.earmark_goal_id AS "earmarkGoalId", c.entry_id AS "entryId", c.reversal_reason AS "reversalReason",
    c.recorded_at AS "recordedAt",
    (SELECT coalesce(sum(a.amount), 0)::bigint FROM contribution_applications a WHERE a.contribution_id = c.id) AS applied
  FROM contributions c JOIN organisations o ON o.id = c.funder_id`;

/** What contributions come to together. Minor units. */
export type ContributionTotals = Pick<ContributionRow, 'amount' | 'fee' | 'applied'>;

const contributionsMeant = (poolId: string, { funderId }: ContributionQuery) => ({
  sql: `${contributions} WHERE c.pool_id = $1 AND ($2::uuid IS NULL OR c.funder_id = $2)`,
  parameters: [poolId, funderId ?? null],
});

@Injectable()
export class ContributionsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Records money that arrived: applies it to the funder's open pledge instalments, oldest due first, posts it, and
   * charges the host's fee as an entry of its own. What exceeds the pledges is an overpayment and stays in the pool.
   * Those who wait for cash are told.
   * @throws ruleBroken naming the field; alreadyExists for a bank reference that is recorded; periodLocked
   */
  async receive(tx: Tx, poolId: string, command: ReceiveContribution): Promise<ContributionRow> {
    const pool = await lockPool(tx, poolId);
    const amount = await this.requireSensible(tx, pool, command);
    const id = newId();
    const { funderId, receivedOn, bankReference } = command;
    const earmarkGoalId = command.earmarkGoalId ?? null;
    const applications = applyToInstalments(
      amount,
      await lockOpenInstalments(tx, pool.id, funderId, command.pledgeId),
    );
    const fee = pool.feeHostId === null ? 0n : basisPoints(amount, pool.feeBasisPoints);

    const received = contributionReceived(pool, {
      ...{ id, funderId, amount, bankReference, receivedOn, earmarkGoalId },
      settled: settledByPledge(applications),
    });
    const charged = feeCharged(pool, {
      ...{ contributionId: id, funderId, earmarkGoalId, bankReference },
      ...{ hostId: pool.feeHostId ?? '', amount: fee, chargedOn: receivedOn },
    });
    const [entryId] = await this.ledger.post(tx, fee > 0n ? [received, charged] : [received]);
    await tx.run(
      `INSERT INTO contributions (id, coalition_id, pool_id, funder_id, amount, currency, fee, received_on,
         bank_reference, earmark_goal_id, entry_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        pool.coalitionId,
        poolId,
        funderId,
        amount,
        pool.currency,
        fee,
        receivedOn,
        bankReference,
        earmarkGoalId,
        entryId!,
        tx.actor.personId ?? null,
        tx.now,
      ],
    );
    await saveApplications(tx, pool.coalitionId, id, applications);
    const contribution = await this.get(tx, id);
    const subject = { kind: 'contribution', id };
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'contribution.received',
      subject,
      after: contribution,
    });
    await tell(tx, pool.coalitionId, 'contribution.received', { poolId, contributionId: id });
    return contribution;
  }

  /**
   * Takes back a contribution that was recorded by mistake: reverses its entries, and opens again the instalments it
   * settled. Once, with a reason, and by somebody else than who recorded it.
   * @throws makerIsChecker, stateForbids; ruleBroken or periodLocked naming the date; insufficientFunds when the money
   *   has been paid out since, or approved payments or grants count on it
   */
  async reverse(tx: Tx, contributionId: string, command: ReverseContribution): Promise<ContributionRow> {
    const before = await this.get(tx, contributionId);
    const pool = await lockPool(tx, before.poolId);
    const row = await tx.row<{ recordedBy: string | null; reversedAt: Date | null }>(
      `SELECT recorded_by AS "recordedBy", reversed_at AS "reversedAt" FROM contributions WHERE id = $1 FOR UPDATE`,
      [contributionId],
    );
    if (row?.reversedAt) throw new DomainError('stateForbids', 'This contribution is reversed already.');
    if (row?.recordedBy !== null && row?.recordedBy === tx.actor.personId) {
      throw new DomainError(
        'makerIsChecker',
        'You recorded this contribution, so somebody else must reverse it.',
      );
    }
    await this.requireReversalDate(tx, pool, before, command.occurredOn);
    const entries = await tx.rows<{ id: string }>(
      `SELECT id FROM journal_entries WHERE document_id = $1 AND reverses_id IS NULL ORDER BY id DESC`,
      [contributionId],
    );
    // The fee first: it was taken from what the contribution brought.
    for (const { id } of entries) await this.ledger.reverse(tx, id, command.reason, command.occurredOn);
    await undoApplications(tx, contributionId);
    await tx.run(
      `UPDATE contributions SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [contributionId, tx.actor.personId ?? null, tx.now, command.reason],
    );
    await requireCovered(tx, pool.id);
    const after = await this.get(tx, contributionId);
    const subject = { kind: 'contribution', id: contributionId };
    const { coalitionId } = pool;
    await audit(tx, {
      coalitionId,
      action: 'contribution.reversed',
      subject,
      before,
      after,
      reason: command.reason,
    });
    return after;
  }

  async get(tx: Tx, contributionId: string): Promise<ContributionRow> {
    const contribution = await tx.row<ContributionRow>(`${contributions} WHERE c.id = $1`, [contributionId]);
    if (!contribution) throw notFound('contribution');
    return contribution;
  }

  list(tx: Tx, poolId: string, query: ContributionQuery): Promise<Page<ContributionRow>> {
    return listPage<ContributionRow>(
      tx,
      {
        ...contributionsMeant(poolId, query),
        sorts: {
          receivedOn: { column: '"receivedOn"', type: 'date' },
          funder: { column: 'funder', type: 'text' },
          amount: { column: 'amount', type: 'bigint' },
        },
        defaultSort: '-receivedOn',
      },
      query,
    );
  }

  /** What all the contributions of a list come to, not those of one page alone; what was reversed counts no more. */
  async totals(tx: Tx, poolId: string, query: ContributionQuery): Promise<ContributionTotals> {
    const { sql, parameters } = contributionsMeant(poolId, query);
    const row = await tx.row<ContributionTotals>(
      `SELECT coalesce(sum(amount), 0)::bigint AS amount, coalesce(sum(fee), 0)::bigint AS fee,
         coalesce(sum(applied), 0)::bigint AS applied
       FROM (${sql}) AS list WHERE "reversalReason" IS NULL`,
      parameters,
    );
    if (!row) throw new Error('A sum without groups is one row.');
    return row;
  }

  /** What a contribution settled. */
  applications(tx: Tx, contributionId: string): Promise<ApplicationRow[]> {
    return tx.rows<ApplicationRow>(
      `SELECT p.id AS "pledgeId", p.reference, i.number, i.due_on AS "dueOn", a.amount
       FROM contribution_applications a JOIN pledge_instalments i ON i.id = a.pledge_instalment_id
       JOIN pledges p ON p.id = i.pledge_id WHERE a.contribution_id = $1 ORDER BY i.due_on, i.number`,
      [contributionId],
    );
  }

  private async requireSensible(tx: Tx, pool: LockedPool, command: ReceiveContribution): Promise<bigint> {
    if (command.currency !== undefined && command.currency !== pool.currency) {
      const sentence = `The pool is in ${pool.currency}: record what arrived on its account in ${pool.currency}.`;
      throw fieldError('ruleBroken', '/currency', sentence);
    }
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A contribution is more than nothing.');
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (command.receivedOn > today) {
      throw fieldError('ruleBroken', '/receivedOn', 'Money cannot have been received in the future.');
    }
    requireOpenPeriod(pool, command.receivedOn, '/receivedOn');
    await refuseServingBackbone(tx, pool.coalitionId, command.funderId, '/funderId');
    if (command.earmarkGoalId !== undefined) {
      const goal = await tx.row(`SELECT 1 FROM goals WHERE coalition_id = $1 AND id = $2`, [
        pool.coalitionId,
        command.earmarkGoalId,
      ]);
      if (!goal) throw fieldError('ruleBroken', '/earmarkGoalId', 'Choose a goal of this coalition.');
    }
    return amount;
  }

  private async requireReversalDate(
    tx: Tx,
    pool: LockedPool,
    { receivedOn }: ContributionRow,
    on: Day,
  ): Promise<void> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (on > today) throw fieldError('ruleBroken', '/occurredOn', 'A reversal cannot lie in the future.');
    if (on < receivedOn) {
      const sentence = `The contribution was received on ${receivedOn}: it cannot be reversed before that.`;
      throw fieldError('ruleBroken', '/occurredOn', sentence);
    }
    requireOpenPeriod(pool, on, '/occurredOn');
  }
}

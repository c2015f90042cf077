import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { LedgerService } from '../../../ledger/ledger.service.js';
import type { Day } from '../../../maths/day.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { spaced } from '../../../platform/errors/spaced.js';
import type { Access } from '../../../platform/http/request.js';
import { type LockedPool, lockPool, requireCovered, requireOpenPeriod } from '../../pool-position.js';
import { amountOf } from '../../pools.service.js';
import { type PledgeRow, PledgesService, requireOwnOrganisation } from '../pledges.service.js';
import { callOffReminders, planReminders } from '../reminders/plan-reminders.js';
import type { AmendPledge, EndPledge } from './pledge-change.dto.js';
import { pledgeChanged } from './pledge-change.entries.js';
import {
  type ChangedPlan,
  changePlan,
  type ComingPart,
  planInWords,
  type PledgeChangeKind,
  requireAmendment,
  type StandingInstalment,
} from './pledge-change.rules.js';

/** Changes of signed pledges. Each is a version with its reason; what has come is never touched. */
@Injectable()
export class PledgeChangesService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly pledges: PledgesService,
  ) {}

  /**
   * Replaces what is still to come. A funder amends its own organisation's pledges; backbone and finance any.
   * @throws staleVersion, stateForbids, forbidden; ruleBroken or periodLocked naming the field; insufficientFunds when
   *   grants that are awarded count on what would not come
   */
  async amend(
    tx: Tx,
    pledgeId: string,
    version: number,
    command: AmendPledge,
    access: Access,
  ): Promise<PledgeRow> {
    const { pool, pledge, standing } = await this.lock(tx, pledgeId, version);
    requireOwnOrganisation(access, pledge.funderId);
    const coming = command.instalments.map(({ dueOn, amount }, index) => ({
      dueOn,
      amount: amountOf(amount, pledge.currency, `/instalments/${index}/amount`)!,
    }));
    requireAmendment(standing, coming);
    return this.change(tx, { pool, pledge, standing, coming, kind: 'amended', command });
  }

  /**
   * Ends what is still to come, because the funder took it back (`cancelled`) or because it will not be had
   * (`writtenOff`). What has come stays.
   * @throws as `amend`
   */
  async end(
    tx: Tx,
    pledgeId: string,
    version: number,
    kind: 'cancelled' | 'writtenOff',
    command: EndPledge,
  ): Promise<PledgeRow> {
    const { pool, pledge, standing } = await this.lock(tx, pledgeId, version);
    return this.change(tx, { pool, pledge, standing, coming: [], kind, command });
  }

  /** The instalments of a pledge as they stand, in order. */
  standing(tx: Tx, pledgeId: string): Promise<StandingInstalment[]> {
    return tx.rows<StandingInstalment>(
      `SELECT id, number, due_on AS "dueOn", amount, received FROM pledge_instalments WHERE pledge_id = $1
       ORDER BY due_on, number`,
      [pledgeId],
    );
  }

  private async lock(
    tx: Tx,
    pledgeId: string,
    version: number,
  ): Promise<{ pool: LockedPool; pledge: PledgeRow; standing: StandingInstalment[] }> {
    const { poolId } = await this.pledges.get(tx, pledgeId);
    const pool = await lockPool(tx, poolId);
    const pledge = await this.pledges.get(tx, pledgeId);
    if (pledge.version !== version) {
      throw new DomainError('staleVersion', 'Somebody changed the pledge meanwhile. Look at it again.');
    }
    if (pledge.state !== 'signed') {
      throw new DomainError(
        'stateForbids',
        `The pledge is ${spaced(pledge.state)}. Only a signed one, of which something is still to come, is changed.`,
      );
    }
    return { pool, pledge, standing: await this.standing(tx, pledgeId) };
  }

  private async change(
    tx: Tx,
    change: {
      pool: LockedPool;
      pledge: PledgeRow;
      standing: StandingInstalment[];
      coming: ComingPart[];
      kind: PledgeChangeKind;
      command: EndPledge;
    },
  ): Promise<PledgeRow> {
    const { pool, pledge, standing, kind, command } = change;
    const occurredOn = await this.requireDay(tx, pool, pledge, command.occurredOn);
    const plan = changePlan(standing, change.coming);
    const counted = await tx.row<{ number: number }>(
      `SELECT count(*)::int + 1 AS number FROM pledge_changes WHERE pledge_id = $1`,
      [pledge.id],
    );
    const { number } = counted!;
    const entryId =
      plan.openBefore === plan.openAfter
        ? null
        : await this.ledger.postOne(
            tx,
            pledgeChanged(pool, { ...pledge, number, kind, occurredOn, ...plan }),
          );
    await this.save(tx, pledge, plan, kind);
    const added = plan.added.map((part) => ({ ...part, received: 0n }));
    await tx.run(
      `INSERT INTO pledge_changes (id, coalition_id, pledge_id, number, kind, reason, occurred_on, amount_before,
         amount_after, plan_before, plan_after, entry_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[newId(), pledge.coalitionId, pledge.id, number, kind, command.reason, occurredOn],
        ...[pledge.amount, plan.amount],
        JSON.stringify(planInWords(standing, pledge.currency)),
        JSON.stringify(planInWords([...plan.kept, ...added], pledge.currency)),
        ...[entryId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await callOffReminders(tx, standing, `the pledge was changed: ${kind}`);
    if (kind === 'amended') await planReminders(tx, pledge);
    if (plan.openAfter < plan.openBefore) await requireCovered(tx, pool.id);
    const after = await this.pledges.get(tx, pledge.id);
    await audit(tx, {
      coalitionId: pledge.coalitionId,
      action: `pledge.${kind}`,
      subject: { kind: 'pledge', id: pledge.id },
      before: { amount: pledge.amount, state: pledge.state },
      after: { amount: plan.amount, state: after.state, number },
      reason: command.reason,
    });
    return after;
  }

  /** A pledge that ends before anything came keeps its plan, to be read: there is nothing else to show of it. */
  private async save(tx: Tx, pledge: PledgeRow, plan: ChangedPlan, kind: PledgeChangeKind): Promise<void> {
    if (plan.amount > 0n) {
      await tx.run(`DELETE FROM pledge_instalments WHERE id = ANY ($1::uuid[])`, [
        plan.dropped.map(({ id }) => id),
      ]);
      await tx.run(`UPDATE pledge_instalments SET amount = received WHERE id = ANY ($1::uuid[])`, [
        plan.kept.map(({ id }) => id),
      ]);
      await tx.run(
        `INSERT INTO pledge_instalments (coalition_id, pledge_id, number, due_on, amount)
         SELECT $1, $2, number, due_on, amount FROM unnest($3::int[], $4::date[], $5::bigint[]) AS i (number, due_on, amount)`,
        [
          ...[pledge.coalitionId, pledge.id],
          ...[plan.added.map(({ number }) => number), plan.added.map(({ dueOn }) => dueOn)],
          plan.added.map(({ amount }) => amount),
        ],
      );
    }
    await tx.run(`UPDATE pledges SET amount = $2, state = $3, version = version + 1 WHERE id = $1`, [
      pledge.id,
      plan.amount > 0n ? plan.amount : pledge.amount,
      kind === 'amended' ? 'signed' : kind,
    ]);
  }

  private async requireDay(tx: Tx, pool: LockedPool, pledge: PledgeRow, asked?: Day): Promise<Day> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    const day = asked ?? today;
    if (day > today)
      throw fieldError('ruleBroken', '/occurredOn', 'A pledge cannot be changed in the future.');
    if (pledge.signedOn !== null && day < pledge.signedOn) {
      throw fieldError('ruleBroken', '/occurredOn', `The pledge was signed on ${pledge.signedOn}.`);
    }
    requireOpenPeriod(pool, day, '/occurredOn');
    return day;
  }
}

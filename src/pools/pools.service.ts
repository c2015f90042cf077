import { Injectable } from '@nestjs/common';
import type { Day } from '../maths/day.js';
import { isCurrency, parseAmount } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { DecisionKeys } from '../decisions/decision-keys.service.js';
import { canonical } from '../platform/http/once.js';
import { type ApprovalTier, readTiers, twoForAll } from './approvals/approval-tiers.js';
import type { FeeMoment } from './fees/fee.rules.js';
import type { ChangePool, OpenPool } from './pool.dto.js';
import { planNextWatch } from './forecast/pool-watch.js';
import { lockPool, requireCovered } from './pool-position.js';

/** A pool and its policies. Money in minor units of its currency. */
export interface PoolRow {
  id: string;
  coalitionId: string;
  name: string;
  currency: string;
  attributionRule: string;
  refundPolicy: string;
  reserve: bigint;
  confidenceBasisPoints: number;
  feeBasisPoints: number;
  feeOn: FeeMoment;
  feeMinimum: bigint;
  feeCap: bigint | null;
  feeHostId: string | null;
  approvalTiers: ApprovalTier[];
  lockedThrough: Day | null;
  version: number;
}

export const poolColumns = `id, coalition_id AS "coalitionId", name, currency, attribution_rule AS "attributionRule",
  refund_policy AS "refundPolicy", reserve, confidence_basis_points AS "confidenceBasisPoints",
  fee_basis_points AS "feeBasisPoints", fee_on AS "feeOn", fee_minimum AS "feeMinimum",
  fee_cap AS "feeCap", fee_host_id AS "feeHostId", approval_tiers AS "approvalTiers",
  locked_through AS "lockedThrough", version`;

type Policies = Omit<PoolRow, 'id' | 'coalitionId' | 'currency' | 'lockedThrough' | 'version'>;

@Injectable()
export class PoolsService {
  constructor(private readonly keys: DecisionKeys) {}

  /**
   * Opens a pool in a coalition.
   * @throws ruleBroken on an unknown currency, too many digits, or a fee without a host
   */
  async open(tx: Tx, coalitionId: string, command: OpenPool): Promise<PoolRow> {
    if (!isCurrency(command.currency)) {
      throw fieldError('ruleBroken', '/currency', `${command.currency} is not a currency of ISO 4217.`);
    }
    const policies = readPolicies(command, command.currency, {
      name: command.name,
      attributionRule: command.attributionRule,
      refundPolicy: command.refundPolicy,
      reserve: 0n,
      confidenceBasisPoints: 10_000,
      feeBasisPoints: 0,
      feeOn: 'receipt',
      feeMinimum: 0n,
      feeCap: null,
      feeHostId: null,
      approvalTiers: [...twoForAll],
    });
    await this.requireHost(tx, coalitionId, policies);
    const pool = await tx.row<PoolRow>(
      `INSERT INTO pools (coalition_id, currency, created_at, name, attribution_rule, refund_policy, reserve,
         confidence_basis_points, fee_basis_points, fee_host_id, approval_tiers, fee_on, fee_minimum, fee_cap)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING ${poolColumns}`,
      [coalitionId, command.currency, tx.now, ...parametersOf(policies)],
    );
    if (!pool) throw new Error('A pool was inserted, and is not there.');
    await planNextWatch(tx, pool, tx.now);
    await audit(tx, {
      coalitionId,
      action: 'pool.opened',
      subject: { kind: 'pool', id: pool.id },
      after: pool,
    });
    return pool;
  }

  /**
   * Changes the policies. They hold from now on: what is posted stays as it is.
   * @throws staleVersion, ruleBroken; insufficientFunds when a higher reserve, or less confidence in pledges, would
   *   leave approved payments or awarded grants without their money; ruleBroken where the coalition decides on
   *   policies, and no decision that passed is named. A new name alone is no policy.
   */
  async change(tx: Tx, poolId: string, version: number, command: ChangePool): Promise<PoolRow> {
    await lockPool(tx, poolId);
    const before = await this.get(tx, poolId);
    const policies = readPolicies(command, before.currency, before);
    await this.requireHost(tx, before.coalitionId, policies);
    await requireSpendable(tx, poolId, policies.attributionRule);
    const { coalitionId } = before;
    const door = {
      coalitionId,
      kind: 'poolPolicy' as const,
      subjectId: poolId,
      what: `the policies of ${before.name}`,
    };
    const decision =
      command.decisionId || !isSamePolicy(before, policies)
        ? await this.keys.use(tx, door, command.decisionId)
        : null;
    const after = await tx.row<PoolRow>(
      `UPDATE pools SET name = $3, attribution_rule = $4, refund_policy = $5, reserve = $6,
         confidence_basis_points = $7, fee_basis_points = $8, fee_host_id = $9, approval_tiers = $10,
         fee_on = $11, fee_minimum = $12, fee_cap = $13, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING ${poolColumns}`,
      [poolId, version, ...parametersOf(policies)],
    );
    if (!after)
      throw new DomainError('staleVersion', 'Somebody changed the pool meanwhile. Look at it again.');
    const keepsMoreBack =
      after.reserve > before.reserve || after.confidenceBasisPoints < before.confidenceBasisPoints;
    // A fee on payments comes on top of what grants were awarded.
    const chargesMore = after.feeOn === 'disbursement' && after.feeHostId !== null;
    if (keepsMoreBack || chargesMore) await requireCovered(tx, poolId);
    const subject = { kind: 'pool', id: poolId };
    const reason = decision ?? undefined;
    await audit(tx, { coalitionId, action: 'pool.changed', subject, before, after, reason });
    return after;
  }

  /**
   * Locks the period up to and including a day. The lock only moves forward here: moving it back takes two people.
   * @throws ruleBroken when the day is not before today, or not after the lock there is
   */
  async lockThrough(tx: Tx, poolId: string, through: Day): Promise<PoolRow> {
    await lockPool(tx, poolId);
    const before = await this.get(tx, poolId);
    const { today } = await coalitionCalendar(tx, before.coalitionId);
    if (through >= today)
      throw fieldError('ruleBroken', '/through', 'Only days that are over can be locked.');
    if (before.lockedThrough !== null && through <= before.lockedThrough) {
      const sentence = `The pool is locked through ${before.lockedThrough} already. Moving the lock back takes two people.`;
      throw fieldError('ruleBroken', '/through', sentence);
    }
    const after = await tx.row<PoolRow>(
      `UPDATE pools SET locked_through = $2, version = version + 1 WHERE id = $1 RETURNING ${poolColumns}`,
      [poolId, through],
    );
    if (!after) throw notFound('pool');
    await audit(tx, {
      coalitionId: after.coalitionId,
      action: 'pool.periodLocked',
      subject: { kind: 'pool', id: poolId },
      before: { lockedThrough: before.lockedThrough },
      after: { lockedThrough: through },
    });
    return after;
  }

  async get(tx: Tx, poolId: string): Promise<PoolRow> {
    const pool = await tx.row<PoolRow>(`SELECT ${poolColumns} FROM pools WHERE id = $1`, [poolId]);
    if (!pool) throw notFound('pool');
    return pool;
  }

  private async requireHost(
    tx: Tx,
    coalitionId: string,
    { feeBasisPoints, feeMinimum, feeCap, feeHostId }: Policies,
  ): Promise<void> {
    if (feeCap !== null && feeCap < feeMinimum) {
      throw fieldError('ruleBroken', '/feeCap', 'The most that is charged is not less than the least.');
    }
    if ((feeBasisPoints > 0 || feeMinimum > 0n) && feeHostId === null) {
      throw fieldError('ruleBroken', '/feeHostId', 'Say which organisation charges the fee.');
    }
    if (feeHostId === null) return;
    const host = await tx.row(`SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = $2`, [
      coalitionId,
      feeHostId,
    ]);
    if (!host) throw fieldError('ruleBroken', '/feeHostId', 'Choose an organisation of this coalition.');
  }
}

/**
 * A pool that pays pro rata draws on unrestricted money alone: none may be left, or promised, that is restricted.
 * @throws ruleBroken naming the rule
 */
async function requireSpendable(tx: Tx, poolId: string, rule: string): Promise<void> {
  if (rule !== 'pro_rata') return;
  const restricted = await tx.row(
    `SELECT 1 FROM accounts WHERE pool_id = $1 AND kind = 'fundBalance' AND earmark_id IS NOT NULL AND balance <> 0
     UNION ALL SELECT 1 FROM pledges WHERE pool_id = $1 AND state = 'signed'
       AND num_nonnulls(earmark_goal_id, earmark_grant_id) > 0`,
    [poolId],
  );
  if (restricted) {
    const sentence = 'The pool holds or expects restricted money, which could never be spent pro rata.';
    throw fieldError('ruleBroken', '/attributionRule', sentence);
  }
}

/** The policies as they will be: what the command says, and otherwise what was. */
function readPolicies(command: ChangePool, currency: string, before: Policies): Policies {
  return {
    name: command.name ?? before.name,
    attributionRule: command.attributionRule ?? before.attributionRule,
    refundPolicy: command.refundPolicy ?? before.refundPolicy,
    reserve: amountOf(command.reserve, currency, '/reserve') ?? before.reserve,
    confidenceBasisPoints: command.confidenceBasisPoints ?? before.confidenceBasisPoints,
    feeBasisPoints: command.feeBasisPoints ?? before.feeBasisPoints,
    feeOn: (command.feeOn as FeeMoment | undefined) ?? before.feeOn,
    feeMinimum: amountOf(command.feeMinimum, currency, '/feeMinimum') ?? before.feeMinimum,
    feeCap: command.feeCap === null ? null : (amountOf(command.feeCap, currency, '/feeCap') ?? before.feeCap),
    feeHostId: command.feeHostId === undefined ? before.feeHostId : command.feeHostId,
    approvalTiers: command.approvalTiers ? readTiers(command.approvalTiers, currency) : before.approvalTiers,
  };
}

/** Whether nothing but the name changes. */
const isSamePolicy = (before: Policies, after: Policies): boolean =>
  canonical(parametersOf({ ...before, name: after.name })) === canonical(parametersOf(after));

/** A typed amount in minor units; an error of it names the field. */
export function amountOf(text: string | undefined, currency: string, pointer: string): bigint | undefined {
  if (text === undefined) return undefined;
  try {
    return parseAmount(text, currency);
  } catch {
    throw fieldError(
      'ruleBroken',
      pointer,
      `${text} is not an amount in ${currency}: it has too many decimals.`,
    );
  }
}

const parametersOf = (policies: Policies) => [
  policies.name,
  policies.attributionRule,
  policies.refundPolicy,
  policies.reserve,
  policies.confidenceBasisPoints,
  policies.feeBasisPoints,
  policies.feeHostId,
  JSON.stringify(policies.approvalTiers),
  policies.feeOn,
  policies.feeMinimum,
  policies.feeCap,
];

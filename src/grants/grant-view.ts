import { coalitionCalendar } from '../coalitions/coalition.js';
import { type KeyChoice, readKeyChoice } from '../decisions/decision-key-field.js';
import type { Day } from '../maths/day.js';
import { type HistoryEvent, historyOf } from '../platform/audit/history.js';
import type { Tx } from '../platform/database/tx.js';
import { overseers } from '../platform/http/access.js';
import type { Access } from '../platform/http/request.js';
import { poolPosition } from '../pools/pool-position.js';
import { type GrantVersion, versionsOfGrant } from './amendments/amendments.read.js';
import { closuresOfGrant, type GrantClosure } from './closing/closings.read.js';
import { type Condition, conditionsOfGrant } from './conditions/conditions.read.js';
import type { GrantState } from './grant.rules.js';
import { planGrant } from './grant-schedule.js';
import {
  type FunderShare,
  goalsOfGrant,
  type GrantRow,
  paidBy,
  paymentsOfGrant,
  readGrant,
} from './grants.read.js';
import type { HoldReason, InstalmentState } from './instalment.rules.js';
import { instalmentsOfGrant } from './instalments.js';
import type { Trigger } from './triggers/trigger.rules.js';
import { openSuspension, type Suspension } from './suspension/suspensions.read.js';

/** A line of a grant's schedule: an instalment, or what would be one after the award. Minor units. */
export interface ScheduleLine {
  number: number;
  /** While it has no due date, the day by which it is expected. */
  nominalOn: Day;
  /** Null while it waits for what it falls due after. */
  dueOn: Day | null;
  after: Trigger | null;
  /** Uplift included. */
  amount: bigint;
  uplift: bigint;
  state: InstalmentState;
  holdReasons: HoldReason[];
  /** The page of its payment, for those who may see it. */
  href?: string;
}

export interface GrantView {
  grant: GrantRow;
  pool: { id: string; name: string; availableToCommit: bigint };
  schedule: ScheduleLine[];
  goals: { id: string; name: string }[];
  shares: FunderShare[];
  /** The one it is in now. */
  suspension: Suspension | null;
  /** How far it has ended, done or asked for. */
  closures: GrantClosure[];
  conditions: Condition[];
  /** The amendments that were approved, and the one asked for. */
  versions: GrantVersion[];
  /** The decisions that it may be awarded by. */
  awardKeys: KeyChoice;
  history: HistoryEvent[];
  /** Sees the pool, its entries and its payments; a partner does not. */
  seesThePool: boolean;
  /** Who looks at it. */
  personId: string | undefined;
  timeZone: string;
  today: Day;
}

/** States in which the instalments are only what the award would make. */
const beforeAward: readonly GrantState[] = ['draft', 'proposed', 'declined', 'cancelled'];

/** Everything that the page of a grant shows. */
export async function readGrantView(tx: Tx, grantId: string, access: Access): Promise<GrantView> {
  const grant = await readGrant(tx, grantId);
  const calendar = await coalitionCalendar(tx, grant.coalitionId);
  const seesThePool = access.roles.some((role) => overseers.includes(role));
  const schedule = beforeAward.includes(grant.state)
    ? planGrant(grant.template, grant.currency, calendar).instalments.map(asLine)
    : await madeSchedule(tx, grantId, seesThePool);
  const pool = await tx.row<{ id: string; name: string }>(`SELECT id, name FROM pools WHERE id = $1`, [
    grant.poolId,
  ]);
  const { availableToCommit } = await poolPosition(tx, grant.poolId);
  return {
    grant,
    pool: { ...pool!, availableToCommit },
    schedule,
    goals: await goalsOfGrant(tx, grantId),
    shares: await paidBy(tx, grantId),
    suspension: await openSuspension(tx, grantId),
    closures: await closuresOfGrant(tx, grantId),
    conditions: await conditionsOfGrant(tx, grantId),
    versions: await versionsOfGrant(tx, grantId),
    awardKeys: await readKeyChoice(tx, grant.coalitionId, { kind: 'grantAward', id: grantId }),
    history: await historyOf(tx, { kind: 'grant', id: grantId }),
    seesThePool,
    personId: tx.actor.personId,
    timeZone: calendar.timeZone,
    today: calendar.today,
  };
}

async function madeSchedule(tx: Tx, grantId: string, seesThePool: boolean): Promise<ScheduleLine[]> {
  const payments = seesThePool ? await paymentsOfGrant(tx, grantId) : [];
  const paymentOf = new Map(
    payments.map(({ instalmentId, disbursementId }) => [instalmentId, disbursementId]),
  );
  const instalments = await instalmentsOfGrant(tx, grantId);
  // By day: after an amendment the numbers alone are no order.
  instalments.sort((a, b) =>
    a.nominalOn === b.nominalOn ? a.number - b.number : a.nominalOn < b.nominalOn ? -1 : 1,
  );
  return instalments.map(({ id, ...instalment }) => {
    const payment = paymentOf.get(id);
    return { ...instalment, href: payment && `/disbursements/${payment}` };
  });
}

/** A planned instalment, as a line of the schedule. */
export const asLine = (
  planned: Pick<ScheduleLine, 'nominalOn' | 'dueOn' | 'amount' | 'uplift' | 'after'>,
  index: number,
): ScheduleLine => ({ ...planned, number: index + 1, state: 'planned', holdReasons: [] });

import { v7 as newId } from 'uuid';
import { AmendmentsService } from '../../src/grants/amendments/amendments.service.js';
import { ClosingService } from '../../src/grants/closing/closing.service.js';
import { readGrant } from '../../src/grants/grants.read.js';
import { readInstalment } from '../../src/grants/instalments.js';
import { GrantsService } from '../../src/grants/grants.service.js';
import { addDays, addMonths, type Day } from '../../src/maths/day.js';
import { formatAmount } from '../../src/maths/money.js';
import { DisbursementsService } from '../../src/payments/disbursements.service.js';
import { CashArrived, GrantResumed, InstalmentDue } from '../../src/payments/due.processor.js';
import { ReturnedPaymentsService } from '../../src/payments/returned-payments.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { ApprovalDesk } from '../../src/pools/approvals/approval-desk.service.js';
import { BankChargesService } from '../../src/pools/charges/bank-charges.service.js';
import { ContributionApplyingService } from '../../src/pools/contributions/contribution-applying.service.js';
import { ContributionsService } from '../../src/pools/contributions/contributions.service.js';
import { ExchangeDifferencesService } from '../../src/pools/exchange-differences/exchange-differences.service.js';
import { FeePaymentsService } from '../../src/pools/fees/fee-payments.service.js';
import { PledgeChangesService } from '../../src/pools/pledges/changes/pledge-changes.service.js';
import { PledgesService } from '../../src/pools/pledges/pledges.service.js';
import { PoolsService } from '../../src/pools/pools.service.js';
import { feeMoments } from '../../src/pools/fees/fee.rules.js';
import { PartialReleasesService } from '../../src/payments/partial-releases/partial-releases.service.js';
import { readCondition } from '../../src/grants/conditions/conditions.read.js';
import { ConditionsService } from '../../src/grants/conditions/conditions.service.js';
import { ReturnsService } from '../../src/payments/returns/returns.service.js';
import { SuspensionService } from '../../src/grants/suspension/suspension.service.js';
import { RefundsService } from '../../src/pools/refunds/refunds.service.js';
import type { OutboxMessage } from '../../src/platform/outbox/outbox.js';
import type { DueOccurrence } from '../../src/platform/queue/occurrences.js';
import type { Access } from '../../src/platform/http/request.js';
import type { Client, TestApp } from '../support/app.js';
import type { TestCoalition } from '../support/coalition.js';

/** One thing that happens: what, and numbers that choose to whom, how much and when. */
export interface Happening {
  kind: HappeningKind;
  /** Which of those it could happen to. */
  pick: number;
  /** How much, in minor units. */
  amount: number;
  /** Which of a few variants. */
  way: number;
}

export interface Place {
  app: TestApp;
  coalition: TestCoalition;
  funders: string[];
  goalId: string;
  otherFinance: Client;
}

const foreign = [
  undefined,
  { currency: 'EUR', rate: '0.8625' },
  { currency: 'JPY', rate: '0.0053' },
] as const;
const at = <T>(list: readonly T[], index: number): T | undefined =>
  list.length === 0 ? undefined : list[index % list.length];

/** A pool in which anything may happen, by the same services as the API and the jobs call. */
export class HistoryWorld {
  private constructor(
    readonly place: Place,
    readonly poolId: string,
    public today: Day,
  ) {}

  /** Opens an empty pool, in which everything is still to happen. */
  static async begin(place: Place, today: Day, way: number): Promise<HistoryWorld> {
    const { app, coalition } = place;
    app.clock.moveTo(new Date(`${today}T09:00:00Z`));
    const pool = await app.as(coalition.backbone, (tx) =>
      app.nest.get(PoolsService).open(tx, coalition.id, {
        ...{ name: newId(), currency: 'GBP', attributionRule: 'earmark_first', refundPolicy: 'pro_rata' },
        ...{ feeBasisPoints: 150, feeOn: at(feeMoments, way), feeHostId: coalition.hill },
        approvalTiers: [{ above: '2000.00', approvers: 2 }],
      }),
    );
    return new HistoryWorld(place, pool.id, today);
  }

  /** Does it, if there is something it can happen to. */
  happen(happening: Happening): Promise<unknown> {
    const all: Record<HappeningKind, Doing> = happenings;
    return all[happening.kind].call(this, happening);
  }

  service<T>(type: new (...parameters: never[]) => T): T {
    return this.place.app.nest.get(type);
  }

  /** Has somebody do something, in a transaction of its own. */
  finance<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.place.app.as(this.place.coalition.finance, work);
  }

  backbone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.place.app.as(this.place.coalition.backbone, work);
  }

  otherFinance<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.place.app.as(this.place.otherFinance, work);
  }

  async sign(approvalId: string): Promise<void> {
    const { approver, secondApprover } = this.place.coalition;
    for (const person of [approver, secondApprover]) {
      await this.place.app.as(person, async (tx) => {
        const approval = await tx.row<{ state: string; hash: string }>(
          `SELECT state, content_hash AS hash FROM approvals WHERE id = $1`,
          [approvalId],
        );
        if (approval?.state === 'open')
          await this.service(ApprovalDesk).approve(tx, approvalId, approval.hash);
      });
    }
  }

  /** The ids that a statement on this pool answers, in one order. */
  async ids(sql: string): Promise<string[]> {
    const rows = await this.finance((tx) => tx.rows<{ id: string }>(`${sql} ORDER BY 1`, [this.poolId]));
    return rows.map(({ id }) => id);
  }

  funder(pick: number): string {
    return at(this.place.funders, pick)!;
  }

  payee(way: number): string {
    const { stream, hill } = this.place.coalition;
    return way % 2 === 0 ? stream : hill;
  }

  goalId(): string {
    return this.place.goalId;
  }

  moveOn(months: number): void {
    this.today = addMonths(this.today, months);
    this.place.app.clock.moveTo(new Date(`${this.today}T09:00:00Z`));
  }
}

type Doing = (this: HistoryWorld, happening: Happening) => Promise<unknown>;

/** Finance may record what any funder has signed. */
const everyone = { roles: ['finance'], organisationIds: [] } as unknown as Access;
const standing = (table: 'contributions' | 'bank_charges' | 'grant_returns') =>
  `SELECT id FROM ${table} WHERE pool_id = $1 AND reversed_at IS NULL`;
const pounds = (amount: number): string => formatAmount(BigInt(amount), 'GBP');
const restriction = (world: HistoryWorld, way: number): { earmarkGoalId?: string } =>
  way % 5 === 0 ? { earmarkGoalId: world.goalId() } : {};

const happenings = {
  async pledge({ pick, amount, way }) {
    const other = at(foreign, way);
    const currency = other?.currency ?? 'GBP';
    const [first, second] = [BigInt(amount), BigInt(amount) / 3n + 1n];
    const command = {
      ...{ funderId: this.funder(pick), reference: newId(), signedOn: this.today },
      ...{ currency, planningRate: other?.rate, amount: formatAmount(first + second, currency) },
      ...restriction(this, way),
      instalments: [first, second].map((part, index) => ({
        dueOn: addMonths(this.today, 3 * index + (way % 3)),
        amount: formatAmount(part, currency),
      })),
    };
    return this.finance((tx) => this.service(PledgesService).sign(tx, this.poolId, command, everyone));
  },

  async receive({ pick, amount, way }) {
    const other = at(foreign, way);
    const abroad = other && {
      paidCurrency: other.currency,
      paidAmount: formatAmount(BigInt(amount) + BigInt(way), other.currency),
    };
    const command = {
      ...{ funderId: this.funder(pick), amount: pounds(amount), receivedOn: this.today },
      ...{ bankReference: newId(), ...abroad, ...restriction(this, way) },
    };
    return this.finance((tx) => this.service(ContributionsService).receive(tx, this.poolId, command));
  },

  async applyAnew({ pick, way }) {
    const id = at(await this.ids(standing('contributions')), pick);
    return (
      id &&
      this.finance((tx) =>
        this.service(ContributionApplyingService).apply(tx, id, way % 2 === 0 ? {} : { settles: [] }),
      )
    );
  },

  async reverseContribution({ pick }) {
    const id = at(await this.ids(standing('contributions')), pick);
    const command = { reason: 'A mistake', occurredOn: this.today };
    return id && this.otherFinance((tx) => this.service(ContributionsService).reverse(tx, id, command));
  },

  async changePledge({ pick, amount, way }) {
    const id = at(await this.ids(`SELECT id FROM pledges WHERE pool_id = $1 AND state = 'signed'`), pick);
    if (id === undefined) return undefined;
    const [pledges, changes] = [this.service(PledgesService), this.service(PledgeChangesService)];
    return this.finance(async (tx) => {
      const { version, currency, planningRate } = await pledges.get(tx, id);
      if (way % 4 === 3 && planningRate !== null) {
        const command = { planningRate: way % 2 === 0 ? '0.7' : '0.006' };
        return pledges.changePlanningRate(tx, id, version, command);
      }
      if (way % 4 === 2) return changes.end(tx, id, version, 'cancelled', { reason: 'It ends' });
      if (way % 4 === 1) return changes.end(tx, id, version, 'writtenOff', { reason: 'It will not come' });
      const coming = { dueOn: addMonths(this.today, 2), amount: formatAmount(BigInt(amount), currency) };
      return changes.amend(tx, id, version, { reason: 'Otherwise', instalments: [coming] }, everyone);
    });
  },

  async award({ amount, way }) {
    const grants = this.service(GrantsService);
    const id = await this.backbone(async (tx) => {
      const grant = await grants.draft(tx, this.poolId, {
        ...{ organisationId: this.payee(way), reference: newId(), title: 'Core support' },
        ...{
          mode: 'flexible',
          amount: pounds(amount),
          startOn: this.today,
          endOn: addMonths(this.today, 60),
        },
        ...{ firstOn: addMonths(this.today, way % 3), everyMonths: 2, equalInstalments: 1 + (way % 4) },
        ...{ upliftRate: way % 3 === 0 ? '0.03' : undefined, reportingFrequency: 'yearly' },
        ...{ reportingDueAfterDays: 30, goalIds: way % 2 === 0 ? [this.goalId()] : undefined },
      });
      await grants.propose(tx, grant.id);
      return grant.id;
    });
    return this.otherFinance((tx) => grants.award(tx, id, 'Minute 1'));
  },

  /** A grant that waits for something, or what one waits for happens: now or some days ago. */
  async awardThatWaits({ pick, amount, way }) {
    if (way % 2 === 1) {
      const open = `SELECT c.id FROM conditions c JOIN instalments i ON i.after_condition_id = c.id
        WHERE i.pool_id = $1 AND i.state = 'planned' AND i.due_on IS NULL AND c.state = 'open' GROUP BY c.id`;
      const id = at(await this.ids(open), pick);
      if (id === undefined) return undefined;
      const metOn = addDays(this.today, -(way % 40));
      return this.finance((tx) => this.service(ConditionsService).meet(tx, id, { metOn, note: 'Seen' }));
    }
    const grants = this.service(GrantsService);
    const expectedOn = addMonths(this.today, way % 7);
    const count = way % 20;
    const id = await this.backbone(async (tx) => {
      const grant = await grants.draft(tx, this.poolId, {
        ...{ organisationId: this.payee(way), reference: newId(), title: 'Core support', mode: 'flexible' },
        ...{ amount: pounds(amount), startOn: this.today, endOn: addMonths(this.today, 60), everyMonths: 2 },
        ...{ firstOn: addMonths(this.today, 1), reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
        ...{ overheadRate: '0.07' },
        slices: [
          { percent: '25', after: { event: 'award', count, unit: 'workingDays', expectedOn } },
          { percent: '25' },
          {
            percent: '20',
            after: { event: 'documentReceived', subject: 'it', count, unit: 'days', expectedOn },
          },
          {
            remaining: true,
            after: { event: 'decisionPassed', subject: 'it', count, unit: 'months', expectedOn },
          },
        ],
      });
      await grants.propose(tx, grant.id);
      return grant.id;
    });
    return this.otherFinance((tx) => grants.award(tx, id, 'Minute 1'));
  },

  async amendGrant({ pick, amount, way }) {
    const living = `SELECT id FROM grants WHERE pool_id = $1 AND state IN ('awarded', 'active')`;
    const id = at(await this.ids(living), pick);
    if (id === undefined) return undefined;
    const asked = await this.finance(async (tx) => {
      const grant = await tx.row<{ award: bigint }>(`SELECT amount AS award FROM grants WHERE id = $1`, [id]);
      const { award } = grant!;
      const part = BigInt(amount) < award ? BigInt(amount) : award / 2n;
      const [kind, next] =
        way % 2 === 0 ? (['topUp', award + part] as const) : (['cut', award - part] as const);
      const command = { kind, award: formatAmount(next, 'GBP'), reason: 'Otherwise' };
      return this.service(AmendmentsService).ask(tx, id, command);
    });
    await this.sign(asked.approvalId);
    return asked;
  },

  async timePasses({ way }) {
    this.moveOn(1 + (way % 3));
    const due = await this.ids(
      `SELECT id FROM instalments WHERE pool_id = $1 AND state = 'planned' AND due_on <= '${this.today}'`,
    );
    const { id: coalitionId } = this.place.coalition;
    const occurrences = due.map((subjectId) => ({
      id: newId(),
      coalitionId,
      subjectId,
      periodKey: this.today,
    }));
    return this.finance(async (tx) => {
      await this.service(InstalmentDue).handle(tx, occurrences as DueOccurrence[]);
      const payload = { poolId: this.poolId };
      const news = { coalitionId, topic: 'contribution.received' as const, payload };
      await this.service(CashArrived).receive(tx, news as unknown as OutboxMessage);
      return due;
    });
  },

  async pay({ pick, amount, way }) {
    const instalmentId = at(
      await this.ids(`SELECT id FROM instalments WHERE pool_id = $1 AND state = 'due'`),
      pick,
    );
    if (instalmentId === undefined) return undefined;
    const disbursements = this.service(DisbursementsService);
    const asked = await this.finance((tx) => disbursements.release(tx, instalmentId));
    await this.sign(asked.approvalId);
    if (way % 5 === 4) return undefined;
    const abroad = {
      ...{ paidCurrency: 'EUR', paidAmount: formatAmount(BigInt(amount), 'EUR') },
      chargedAmount: formatAmount(asked.amount + BigInt((way % 7) - 3), 'GBP'),
    };
    const command = { bankReference: newId(), paidOn: this.today, ...(way % 3 === 1 ? abroad : {}) };
    return this.finance((tx) => disbursements.settle(tx, asked.id, command));
  },

  async paymentComesBack({ pick }) {
    const id = at(
      await this.ids(`SELECT id FROM disbursements WHERE pool_id = $1 AND state = 'settled'`),
      pick,
    );
    const returned = { returnedOn: this.today, reason: 'AC04' };
    return id && this.finance((tx) => this.service(ReturnedPaymentsService).giveBack(tx, id, returned));
  },

  async unspentComesBack({ pick, amount, way }) {
    const returns = this.service(ReturnsService);
    if (way % 4 === 0) {
      const id = at(await this.ids(standing('grant_returns')), pick);
      const command = { reason: 'A mistake', occurredOn: this.today };
      return id && this.otherFinance((tx) => returns.reverse(tx, id, command));
    }
    const paid = `SELECT DISTINCT grant_id AS id FROM disbursements WHERE pool_id = $1 AND state = 'settled'`;
    const grantId = at(await this.ids(paid), pick);
    const command = { amount: pounds(amount % 20_000), receivedOn: this.today, bankReference: newId() };
    return grantId && this.finance((tx) => returns.record(tx, grantId, command));
  },

  async suspendOrResume({ pick, way }) {
    const suspensions = this.service(SuspensionService);
    const states = way % 2 === 0 ? `('awarded', 'active')` : `('suspended')`;
    const id = at(await this.ids(`SELECT id FROM grants WHERE pool_id = $1 AND state IN ${states}`), pick);
    const reason = 'The accounts are looked into';
    if (id === undefined) return undefined;
    return this.backbone(async (tx) => {
      if (way % 2 === 0) return suspensions.suspend(tx, id, { reason, suspendedOn: this.today });
      const resumed = await suspensions.resume(tx, id, reason);
      const news = { topic: 'grant.resumed' as const, payload: { grantId: id, poolId: this.poolId } };
      await this.service(GrantResumed).receive(tx, news as unknown as OutboxMessage);
      return resumed;
    });
  },

  /** The work first; and once that is closed the money, all that was not given back staying with the partner. */
  async closeGrant({ pick, way }) {
    const closing = this.service(ClosingService);
    const said = { reason: 'It has ended', closedOn: this.today };
    const states = way % 2 === 0 ? `('awarded', 'active', 'suspended')` : `('closing')`;
    const id = at(await this.ids(`SELECT id FROM grants WHERE pool_id = $1 AND state IN ${states}`), pick);
    if (id === undefined) return undefined;
    const asked = await this.finance(async (tx) => {
      if (way % 2 === 0) return closing.closeWork(tx, id, said);
      const { paid, returned } = await readGrant(tx, id);
      return closing.closeMoney(tx, id, { ...said, carriedOver: formatAmount(paid - returned, 'GBP') });
    });
    if (asked.approvalId !== null) await this.sign(asked.approvalId);
    return asked;
  },

  async releasePart({ pick, amount, way }) {
    const splittable = `SELECT id FROM instalments WHERE pool_id = $1 AND state IN ('due', 'held')`;
    const id = at(await this.ids(splittable), pick);
    if (id === undefined) return undefined;
    const asked = await this.finance(async (tx) => {
      const whole = await readInstalment(tx, id);
      const part = (BigInt(amount) % whole.amount) / 2n + 1n;
      const command = { amount: formatAmount(part, 'GBP'), restOn: addMonths(this.today, 1 + (way % 3)) };
      return this.service(PartialReleasesService).release(tx, id, command);
    });
    if (way % 2 === 0) await this.sign(asked.approvalId);
    return asked;
  },

  async condition({ pick, amount, way }) {
    const conditions = this.service(ConditionsService);
    if (way % 3 === 0) {
      const open = `SELECT c.id FROM conditions c JOIN grants g ON g.id = c.grant_id
        WHERE g.pool_id = $1 AND c.state = 'open'`;
      const id = at(await this.ids(open), pick);
      if (id === undefined) return undefined;
      return this.finance(async (tx) => {
        const { kind } = await readCondition(tx, id);
        const raised = kind === 'matchMoneyRaised' ? pounds(amount) : undefined;
        return conditions.meet(tx, id, { metOn: this.today, note: 'Seen', amount: raised });
      });
    }
    const living = `SELECT id FROM grants WHERE pool_id = $1 AND state IN ('awarded', 'active', 'suspended')`;
    const grantId = at(await this.ids(living), pick);
    const match = {
      kind: 'matchMoneyRaised',
      subject: 'it',
      matchAmount: pounds(amount),
      appliesFrom: this.today,
    };
    return grantId && this.backbone((tx) => conditions.add(tx, grantId, match));
  },

  async refund({ amount, way }) {
    const refunds = this.service(RefundsService);
    const wanted = { amount: pounds(amount), reason: 'It ends' };
    const asked = await this.finance((tx) => refunds.ask(tx, this.poolId, wanted));
    await this.sign(asked.approvalId);
    const paid = { bankReference: newId(), paidOn: this.today };
    return way % 4 === 3 ? undefined : this.finance((tx) => refunds.pay(tx, asked.id, paid));
  },

  async bankCharge({ pick, amount, way }) {
    const charges = this.service(BankChargesService);
    if (way % 3 === 0) {
      const id = at(await this.ids(standing('bank_charges')), pick);
      const command = { reason: 'A mistake', occurredOn: this.today };
      return id && this.otherFinance((tx) => charges.reverse(tx, id, command));
    }
    const taken = { amount: pounds(1 + (amount % 5_000)), takenOn: this.today, bankReference: newId() };
    return this.finance((tx) => charges.take(tx, this.poolId, taken));
  },

  async payHost() {
    const [hostId] = await this.ids(
      `SELECT subject_id AS id FROM accounts WHERE pool_id = $1 AND kind = 'feesPayable' AND balance < 0`,
    );
    if (hostId === undefined) return undefined;
    const payments = this.service(FeePaymentsService);
    const asked = await this.finance((tx) => payments.ask(tx, this.poolId, { hostId }));
    await this.sign(asked.approvalId);
    const paid = { bankReference: newId(), paidOn: this.today };
    return this.finance((tx) => payments.pay(tx, asked.id, paid));
  },

  async shareDifference() {
    return this.finance((tx) => this.service(ExchangeDifferencesService).share(tx, this.poolId));
  },

  async changePolicy({ amount, way }) {
    const pools = this.service(PoolsService);
    return this.backbone(async (tx) => {
      const { version } = await pools.get(tx, this.poolId);
      return pools.change(tx, this.poolId, version, {
        attributionRule: at(['pro_rata', 'fifo', 'earmark_first'] as const, way),
        feeOn: way % 2 === 0 ? 'receipt' : 'disbursement',
        ...{ feeBasisPoints: amount % 300, feeHostId: this.payee(1), feeMinimum: pounds(amount % 900) },
        ...{ reserve: pounds(amount % 5_000), confidenceBasisPoints: 10_000 - (amount % 3_000) },
      });
    });
  },
} satisfies Record<string, Doing>;

export type HappeningKind = keyof typeof happenings;
export const happeningKinds = Object.keys(happenings) as HappeningKind[];

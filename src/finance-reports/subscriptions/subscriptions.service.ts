import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { nextOccurrences, type RecurrenceRule } from '../../maths/recurrence.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { callOff, planOccurrences } from '../../platform/queue/occurrences.js';
import { ruleOf } from './recurrence.dto.js';
import {
  findScope,
  findScopeOf,
  type ReportScope,
  type ReportTerms,
  requireTerms,
  scopeOf,
} from '../runs/run-order.js';
import { type ChangeSubscription, type Subscribe, type SubscriptionQuery } from './subscription.dto.js';
import type { SubscriptionPeriod } from './subscription-period.js';
import { termsOf } from '../runs/run-terms.dto.js';

export interface Subscription extends ReportTerms {
  id: string;
  /** The first of its coalitions. */
  coalitionId: string;
  coalitionIds: string[];
  scope: ReportScope['kind'];
  poolId: string | null;
  /** Whose money it is about: "River Towns Fund", "River Towns", or "3 coalitions". */
  about: string;
  period: SubscriptionPeriod;
  recurrence: RecurrenceRule;
  state: 'active' | 'paused' | 'ended';
  ownerId: string;
  owner: string;
  nextAt: Date | null;
  recipients: Recipient[];
  version: number;
}

export interface Recipient {
  personId: string;
  name: string;
  email: string;
  /** Whether they may see the report today: checked again at each run. */
  maySee: boolean;
}

/** Who may see a pool's money, and so receive its reports. */
const readers = `('funder', 'backbone', 'finance', 'approver', 'verifier', 'observer')`;

/** Whether person `p` may see the money of each coalition of $1 on the day $2. */
const seatsToday = `NOT EXISTS (SELECT 1 FROM unnest($1::uuid[]) AS seen (id) WHERE NOT EXISTS (
  SELECT 1 FROM memberships m WHERE m.coalition_id = seen.id AND m.person_id = p.id
    AND m.role IN ${readers} AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)))`;

const subscriptions = `
  SELECT s.id, s.coalition_id AS "coalitionId", s.coalition_ids AS "coalitionIds", s.scope, s.pool_id AS "poolId",
    CASE s.scope WHEN 'pool' THEN l.name WHEN 'coalition' THEN c.name
      WHEN 'everything' THEN 'all coalitions of ' || coalesce(o.name, 'its owner')
      ELSE cardinality(s.coalition_ids) || ' coalitions' END AS about,
    s.report_kind AS kind, s.formats, s.period, s.basis, s.funder_id AS "funderId", s.currency, s.rates,
    s.recurrence, s.state, s.owner_id AS "ownerId", coalesce(o.name, 'Somebody who left') AS owner, s.version,
    (SELECT min(due_at) FROM occurrences c WHERE c.kind = 'subscription.run' AND c.subject_id = s.id AND c.state = 'waiting')
      AS "nextAt"
  FROM subscriptions s JOIN coalitions c ON c.id = s.coalition_id LEFT JOIN pools l ON l.id = s.pool_id
  LEFT JOIN persons o ON o.id = s.owner_id`;

/** Where subscriptions are looked for: those to one pool, or those that lie with or tell of a coalition. */
export type SubscriptionPlace = { poolId: string } | { coalitionId: string };

@Injectable()
export class SubscriptionsService {
  /**
   * Subscribes people to a report on a recurrence, and plans its first run.
   * @throws ruleBroken naming the field
   */
  async subscribe(tx: Tx, scope: ReportScope, command: Subscribe): Promise<Subscription> {
    const found = await findScopeOf(tx, scope);
    const terms = termsOf(command);
    await requireTerms(tx, terms, found);
    const [coalitionId] = found.coalitionIds as [string];
    const { holidays } = await coalitionCalendar(tx, coalitionId);
    const rule = ruleOf(command.recurrence, holidays, '/recurrence');
    const id = newId();
    await tx.run(
      `INSERT INTO subscriptions (id, coalition_id, coalition_ids, scope, pool_id, report_kind, formats, period, basis,
         funder_id, currency, rates, recurrence, owner_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[id, coalitionId, found.coalitionIds, found.kind, found.poolId, terms.kind, terms.formats],
        ...[command.period ?? 'untilThen', terms.basis, terms.funderId, terms.currency],
        ...[JSON.stringify(terms.rates), JSON.stringify(rule), tx.actor.personId ?? null, tx.now],
      ],
    );
    await this.setRecipients(tx, id, found.coalitionIds, command.recipientIds);
    await planNextRun(tx, { id, coalitionId, recurrence: rule }, tx.now);
    const subscription = await this.get(tx, id);
    await this.write(tx, subscription, 'subscription.made', { after: subscription });
    return subscription;
  }

  /** @throws staleVersion, stateForbids, ruleBroken naming the field */
  async change(tx: Tx, id: string, version: number, command: ChangeSubscription): Promise<Subscription> {
    const before = await this.lock(tx, id);
    if (before.version !== version) {
      throw new DomainError('staleVersion', 'Somebody changed the subscription meanwhile. Look at it again.');
    }
    if (before.state === 'ended')
      throw new DomainError('stateForbids', 'The subscription has ended. Make a new one.');
    const { holidays } = await coalitionCalendar(tx, before.coalitionId);
    const rule = command.recurrence ? ruleOf(command.recurrence, holidays, '/recurrence') : before.recurrence;
    const terms = {
      kind: before.kind,
      basis: command.basis ?? before.basis,
      funderId: before.funderId,
      currency: command.currency === undefined ? before.currency : command.currency,
      rates: command.rates ?? before.rates,
      formats: command.formats ?? before.formats,
    };
    await requireTerms(tx, terms, await findScope(tx, scopeOf(before)));
    await tx.run(
      `UPDATE subscriptions SET recurrence = $2, period = $3, basis = $4, formats = $5, currency = $6, rates = $7,
         version = version + 1 WHERE id = $1`,
      [
        ...[id, JSON.stringify(rule), command.period ?? before.period, terms.basis, terms.formats],
        ...[terms.currency, JSON.stringify(terms.rates)],
      ],
    );
    if (command.recipientIds) await this.setRecipients(tx, id, before.coalitionIds, command.recipientIds);
    if (command.recurrence) {
      await moveNextRun(tx, id, rule);
    }
    const after = await this.get(tx, id);
    await this.write(tx, after, 'subscription.changed', { before, after });
    return after;
  }

  /** Nothing is sent while it is paused; what comes due meanwhile is skipped, and says so. */
  pause(tx: Tx, id: string): Promise<Subscription> {
    return this.move(tx, id, 'active', 'paused');
  }

  resume(tx: Tx, id: string): Promise<Subscription> {
    return this.move(tx, id, 'paused', 'active');
  }

  /** Ends it for good. */
  async end(tx: Tx, id: string): Promise<Subscription> {
    const before = await this.lock(tx, id);
    if (before.state === 'ended')
      throw new DomainError('stateForbids', 'The subscription has ended already.');
    await callOff(tx, 'subscription.run', [id], 'the subscription has ended');
    return this.setState(tx, before, 'ended');
  }

  async get(tx: Tx, id: string): Promise<Subscription> {
    const row = await tx.row<Omit<Subscription, 'recipients'>>(`${subscriptions} WHERE s.id = $1`, [id]);
    if (!row) throw notFound('subscription');
    return { ...row, recipients: await recipientsOf(tx, id, row.coalitionIds) };
  }

  /** The subscriptions of a place: those that run first. */
  async list(tx: Tx, place: SubscriptionPlace, query: SubscriptionQuery): Promise<Page<Subscription>> {
    const page = await listPage<Omit<Subscription, 'recipients'>>(
      tx,
      {
        sql: `${subscriptions} WHERE ($1::uuid IS NULL OR s.pool_id = $1) AND ($2::uuid IS NULL OR $2 = ANY (s.coalition_ids))
          AND ($3::text IS NULL OR s.report_kind = $3) AND ($4::text IS NULL OR s.state = $4)
          AND s.coalition_ids <@ (SELECT overseen_coalitions())::uuid[]`,
        parameters: [
          'poolId' in place ? place.poolId : null,
          'coalitionId' in place ? place.coalitionId : null,
          query.kind ?? null,
          query.state ?? null,
        ],
        sorts: {
          state: { column: 'state', type: 'text' },
          kind: { column: 'kind', type: 'text' },
          owner: { column: 'owner', type: 'text' },
        },
        defaultSort: 'state',
      },
      query,
    );
    const items: Subscription[] = [];
    for (const row of page.items)
      items.push({ ...row, recipients: await recipientsOf(tx, row.id, row.coalitionIds) });
    return { ...page, items };
  }

  private async setRecipients(
    tx: Tx,
    id: string,
    coalitionIds: string[],
    personIds: string[],
  ): Promise<void> {
    const known = await tx.rows<{ id: string }>(
      `SELECT p.id FROM persons p WHERE p.id = ANY ($3::uuid[]) AND ${seatsToday}`,
      [coalitionIds, tx.now.toISOString().slice(0, 10), personIds],
    );
    const stranger = personIds.findIndex((personId) => !known.some((one) => one.id === personId));
    if (stranger >= 0) {
      const sentence =
        coalitionIds.length > 1
          ? 'Choose people who may see the money of all of these coalitions today.'
          : 'Choose people who may see the pool’s money today: not partners, and nobody from outside.';
      throw fieldError('ruleBroken', `/recipientIds/${stranger}`, sentence);
    }
    await tx.run(`DELETE FROM subscription_recipients WHERE subscription_id = $1`, [id]);
    await tx.run(
      `INSERT INTO subscription_recipients (coalition_id, subscription_id, person_id)
       SELECT DISTINCT $1::uuid, $2::uuid, person FROM unnest($3::uuid[]) AS person`,
      [coalitionIds[0]!, id, personIds],
    );
  }

  private async move(
    tx: Tx,
    id: string,
    from: 'active' | 'paused',
    to: 'active' | 'paused',
  ): Promise<Subscription> {
    const before = await this.lock(tx, id);
    if (before.state !== from) {
      throw new DomainError(
        'stateForbids',
        `The subscription is ${before.state}, so it cannot be made ${to}.`,
      );
    }
    return this.setState(tx, before, to);
  }

  private async setState(tx: Tx, before: Subscription, state: Subscription['state']): Promise<Subscription> {
    await tx.run(`UPDATE subscriptions SET state = $2, version = version + 1 WHERE id = $1`, [
      before.id,
      state,
    ]);
    const after = await this.get(tx, before.id);
    await this.write(tx, after, `subscription.${state}`, {
      before: { state: before.state },
      after: { state },
    });
    return after;
  }

  private async lock(tx: Tx, id: string): Promise<Subscription> {
    await tx.row(`SELECT id FROM subscriptions WHERE id = $1 FOR UPDATE`, [id]);
    return this.get(tx, id);
  }

  private write(
    tx: Tx,
    subscription: Subscription,
    action: string,
    change: { before?: unknown; after?: unknown },
  ): Promise<void> {
    const { coalitionId, id } = subscription;
    return audit(tx, { coalitionId, action, subject: { kind: 'subscription', id }, ...change });
  }
}

/** Recipients by name, and whether each may see the report today: the money of all of its coalitions. */
export const recipientsOf = (tx: Tx, subscriptionId: string, coalitionIds: string[]): Promise<Recipient[]> =>
  tx.rows<Recipient>(
    `SELECT p.id AS "personId", p.name, p.email, ${seatsToday} AS "maySee"
     FROM subscription_recipients s JOIN persons p ON p.id = s.person_id WHERE s.subscription_id = $3 ORDER BY p.name, p.id`,
    [coalitionIds, tx.now.toISOString().slice(0, 10), subscriptionId],
  );

/** Plans the one next run after an instant. Each run plans the next, so downtime loses none. */
export async function planNextRun(
  tx: Tx,
  subscription: { id: string; coalitionId: string; recurrence: RecurrenceRule },
  after: Date,
): Promise<void> {
  const [next] = nextOccurrences(subscription.recurrence, after, 1);
  if (!next) return;
  await planOccurrences(tx, [
    {
      coalitionId: subscription.coalitionId,
      kind: 'subscription.run',
      subjectId: subscription.id,
      periodKey: next.periodKey,
      channel: 'report',
      dueAt: next.dueAt,
    },
  ]);
}

/** How far a changed rule is looked ahead for a period that has not had its run. */
const MOST_PERIODS = 60;

/** The rule was changed: the run that waits moves to the first time of the new rule whose period had none yet. */
async function moveNextRun(tx: Tx, subscriptionId: string, rule: RecurrenceRule): Promise<void> {
  const ended = await tx.rows<{ periodKey: string }>(
    `SELECT period_key AS "periodKey" FROM occurrences
     WHERE kind = 'subscription.run' AND subject_id = $1 AND state <> 'waiting'`,
    [subscriptionId],
  );
  const had = new Set(ended.map(({ periodKey }) => periodKey));
  const next = nextOccurrences(rule, tx.now, MOST_PERIODS).find(({ periodKey }) => !had.has(periodKey));
  if (!next) throw new Error('The rule never comes round.');
  await tx.run(
    `UPDATE occurrences SET period_key = $2, due_at = $3
     WHERE kind = 'subscription.run' AND subject_id = $1 AND state = 'waiting'`,
    [subscriptionId, next.periodKey, next.dueAt],
  );
}

/** Somebody who may see the pool's money today, and by which roles. */
export interface Candidate {
  id: string;
  name: string;
  roles: string;
}

export const candidatesOf = (tx: Tx, coalitionIds: string[]): Promise<Candidate[]> =>
  tx.rows<Candidate>(
    `SELECT p.id, p.name, string_agg(DISTINCT m.role, ', ' ORDER BY m.role) AS roles
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = ANY ($1::uuid[]) AND m.role IN ${readers} AND m.since_on <= $2
       AND (m.until_on IS NULL OR m.until_on >= $2) AND ${seatsToday}
     GROUP BY p.id ORDER BY p.name, p.id`,
    [coalitionIds, tx.now.toISOString().slice(0, 10)],
  );

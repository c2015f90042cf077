import { v7 as newId } from 'uuid';
import type { CoalitionCalendar } from '../coalitions/coalition.js';
import type { LedgerService } from '../ledger/ledger.service.js';
import { type Day, startOfDayInstant } from '../maths/day.js';
import { formatMoney, sum } from '../maths/money.js';
import { auditAll } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { type LockedPool, poolPosition } from '../pools/pool-position.js';
import { grantAwarded } from './grant.entries.js';
import { type GrantSchedule, planGrant, type ScheduleTemplate } from './grant-schedule.js';
import { planDue } from './instalments.js';

/** A flexible grant that was awarded elsewhere. What it is paid by is kept as its template says. */
export interface PastAward {
  id: string;
  organisationId: string;
  reference: string;
  title: string;
  startOn: Day;
  endOn: Day;
  awardedOn: Day;
  decisionReference: string;
  template: ScheduleTemplate;
}

/** Reporting that nobody has agreed on here: kept with the grant, and no requirement is made of it. */
const UNAGREED = { frequency: 'yearly', dueAfterDays: 90 };

/**
 * Records awards that are facts from elsewhere, in sets: committed, their instalments planned to come due, past days
 * included. Nobody is told: no report is asked for that was not agreed here. The caller holds the pool's lock.
 *
 * Returns how many instalments were made.
 * @throws insufficientFunds, saying by how much, when the pool cannot commit all of them; periodLocked; alreadyExists
 */
export async function recordPastAwards(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  calendar: CoalitionCalendar,
  awards: PastAward[],
): Promise<number> {
  if (awards.length === 0) return 0;
  const planned = awards.map((award) => ({
    ...award,
    schedule: planGrant(award.template, pool.currency, calendar),
  }));
  await requireAvailable(tx, pool, sum(planned.map(({ schedule }) => schedule.award)));
  await insertGrants(tx, pool, calendar, planned);
  const instalments = await insertInstalments(tx, pool, planned);
  await planDue(tx, pool.coalitionId, calendar, instalments);
  await ledger.post(
    tx,
    planned.map(({ id, reference, awardedOn, schedule }) =>
      grantAwarded(pool, { id, reference, amount: schedule.award, awardedOn }),
    ),
  );
  await auditAll(
    tx,
    planned.map(({ id, schedule: { award }, ...after }) => ({
      coalitionId: pool.coalitionId,
      action: 'grant.awarded',
      subject: { kind: 'grant', id },
      after: { ...after, award },
    })),
  );
  return instalments.length;
}

type PlannedAward = PastAward & { schedule: GrantSchedule };

async function requireAvailable(tx: Tx, pool: LockedPool, amount: bigint): Promise<void> {
  const { availableToCommit } = await poolPosition(tx, pool.id);
  if (amount <= availableToCommit) return;
  const show = (minor: bigint) => formatMoney(minor, pool.currency, 'en-GB');
  throw new DomainError(
    'insufficientFunds',
    `The grants come to ${show(amount)} and the pool can commit ${show(availableToCommit)}: it is short by ${show(amount - availableToCommit)}.`,
  );
}

async function insertGrants(
  tx: Tx,
  pool: LockedPool,
  { timeZone }: CoalitionCalendar,
  awards: PlannedAward[],
): Promise<void> {
  const rows = awards.map(({ schedule, awardedOn, ...award }) => ({
    ...award,
    amount: schedule.award.toString(),
    awardedAt: startOfDayInstant(awardedOn, timeZone).toISOString(),
  }));
  await tx.run(
    `INSERT INTO grants (id, coalition_id, pool_id, organisation_id, reference, title, mode, currency, amount, start_on,
       end_on, template, reporting_frequency, reporting_due_after_days, state, decision_reference, awarded_at, created_at)
     SELECT id, $2, $3, "organisationId", reference, title, 'flexible', $4, amount, "startOn", "endOn", template, $5, $6,
       'awarded', "decisionReference", "awardedAt", $7
     FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, "organisationId" uuid, reference text, title text, amount bigint,
       "startOn" date, "endOn" date, template jsonb, "decisionReference" text, "awardedAt" timestamptz)`,
    [
      JSON.stringify(rows),
      pool.coalitionId,
      pool.id,
      pool.currency,
      UNAGREED.frequency,
      UNAGREED.dueAfterDays,
      tx.now,
    ],
  );
}

async function insertInstalments(
  tx: Tx,
  pool: LockedPool,
  awards: PlannedAward[],
): Promise<{ id: string; dueOn: Day }[]> {
  const rows = awards.flatMap(({ id: grantId, schedule }) =>
    schedule.instalments.map((instalment, index) => ({
      ...{ id: newId(), grantId, number: index + 1 },
      // What was awarded elsewhere has its days: nothing of it waits.
      ...{ nominalOn: instalment.nominalOn, dueOn: instalment.dueOn ?? instalment.nominalOn },
      ...{ amount: instalment.amount.toString(), uplift: instalment.uplift.toString() },
    })),
  );
  await tx.run(
    `INSERT INTO instalments (id, coalition_id, grant_id, pool_id, number, nominal_on, due_on, amount, uplift)
     SELECT id, $2, "grantId", $3, number, "nominalOn", "dueOn", amount, uplift
     FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, "grantId" uuid, number int, "nominalOn" date, "dueOn" date,
       amount bigint, uplift bigint)`,
    [JSON.stringify(rows), pool.coalitionId, pool.id],
  );
  return rows;
}

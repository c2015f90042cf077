import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { recordPastAwards } from '../../grants/past-awards.js';
import type { LedgerService } from '../../ledger/ledger.service.js';
import { jobActor } from '../../platform/database/actor.js';
import { type Database, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { tell } from '../../platform/outbox/outbox.js';
import { recordPastPledges, recordPastReceipts } from '../../pools/past-money-in.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import {
  coalitionIdOf,
  ensureCoalition,
  ensureOrganisations,
  ensureSeats,
  poolIdOf,
  readStanding,
  refuseServing,
} from './fund-coalition.js';
import { compareFund, type Comparison, type Difference } from './fund-comparison.js';
import { type FundPlan, templateOf } from './fund-plan.js';

/** What an import has done to a fund, or would do. */
export interface FundOutcome {
  wasThere: boolean;
  pledges: number;
  contributions: number;
  grants: number;
  instalments: number;
  seats: number;
  differences: Difference[];
}

export interface FundImportOptions {
  /** Everything is done and checked, and then undone. */
  dryRun: boolean;
  /** Who is given seats in the coalition. */
  personId: string | null;
}

/** Ends the transaction of a dry run: it carries the outcome out, and nothing else. */
class Undone extends Error {
  constructor(readonly outcome: FundOutcome) {
    super('A dry run writes nothing.');
  }
}

/**
 * Imports a fund in one transaction: all of it or nothing. What is there already is left as it is; what the file says
 * otherwise is answered as differences.
 * @throws DomainError when a rule of the pool says no: a locked period, grants beyond what the pool can commit
 */
export async function importFund(
  db: Database,
  ledger: LedgerService,
  plan: FundPlan,
  { dryRun, personId }: FundImportOptions,
): Promise<FundOutcome> {
  const actor = jobActor('import.cbpf', coalitionIdOf(plan.sourceKey));
  try {
    return await inTransaction(db, actor, async (tx) => {
      const outcome = await writeFund(tx, ledger, plan, personId);
      if (!dryRun) return outcome;
      await tx.run('SET CONSTRAINTS ALL IMMEDIATE');
      throw new Undone(outcome);
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

async function writeFund(
  tx: Tx,
  ledger: LedgerService,
  plan: FundPlan,
  personId: string | null,
): Promise<FundOutcome> {
  const coalitionId = coalitionIdOf(plan.sourceKey);
  const { wasThere } = await ensureCoalition(tx, plan);
  const pool = await lockPool(tx, poolIdOf(plan.sourceKey));
  const comparison = compareFund(plan, wasThere ? await readStanding(tx, plan) : null);
  const organisations = await ensureOrganisations(tx, coalitionId, namesIn(comparison));
  await refuseServing(tx, coalitionId, [...organisations.values()]);
  const contributions = await writeMoneyIn(tx, ledger, pool, comparison, organisations);
  const instalments = await writeGrants(tx, ledger, pool, comparison, organisations);
  // What an earlier import planned may have been held for lack of the cash that has come now.
  if (wasThere && contributions > 0) {
    await tell(tx, coalitionId, 'contribution.received', { poolId: pool.id });
  }
  return {
    wasThere,
    pledges: comparison.newPledges.length,
    contributions,
    grants: comparison.newGrants.length,
    instalments,
    seats: personId === null ? 0 : await ensureSeats(tx, coalitionId, personId),
    differences: comparison.differences,
  };
}

const namesIn = ({ newPledges, newGrants }: Comparison): string[] => [
  ...new Set([...newPledges.map(({ funder }) => funder), ...newGrants.map(({ partner }) => partner)]),
];

/** Pledges first, then what was received for them. Returns how many contributions there were. */
async function writeMoneyIn(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  { newPledges, nowReceived }: Comparison,
  organisations: Map<string, string>,
): Promise<number> {
  const pledges = newPledges.map((planned) => ({
    planned,
    pledge: {
      ...{ id: newId(), instalmentId: newId(), funderId: organisations.get(planned.funder)! },
      ...{ reference: planned.reference, amount: planned.amount },
      ...{ signedOn: planned.signedOn, dueOn: planned.dueOn },
    },
  }));
  await recordPastPledges(
    tx,
    ledger,
    pool,
    pledges.map(({ pledge }) => pledge),
  );
  const settled = [...nowReceived.map(({ standing: pledge, planned }) => ({ pledge, planned })), ...pledges];
  const receipts = settled.flatMap(({ pledge, planned }) =>
    planned.receivedOn === null
      ? []
      : [{ pledge, bankReference: planned.reference, receivedOn: planned.receivedOn }],
  );
  await recordPastReceipts(tx, ledger, pool, receipts);
  return receipts.length;
}

/** Returns how many instalments were planned. */
async function writeGrants(
  tx: Tx,
  ledger: LedgerService,
  pool: LockedPool,
  { newGrants }: Comparison,
  organisations: Map<string, string>,
): Promise<number> {
  const calendar = await coalitionCalendar(tx, pool.coalitionId);
  return recordPastAwards(
    tx,
    ledger,
    pool,
    calendar,
    newGrants.map((planned) => ({
      ...{ id: newId(), organisationId: organisations.get(planned.partner)! },
      ...{ reference: planned.reference, title: planned.title, decisionReference: planned.decision },
      ...{ startOn: planned.startOn, endOn: planned.endOn, awardedOn: planned.awardedOn },
      template: templateOf(planned),
    })),
  );
}

import { coalitionCalendar } from '../../../coalitions/coalition.js';
import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError, notFound } from '../../../platform/errors/domain-error.js';
import { type Bond, readBond, signedTerms } from '../../contracts/bonds.read.js';
import {
  investorFlows,
  type InvestorStanding,
  investorStandings,
  outcomesBy,
} from '../investor-flows.read.js';
import { flowsOnBank } from './flows-on-bank.read.js';
import { type ProjectedReturn, projectedReturn } from './projected-returns.js';
import { type Accrued, accruedTo, statementFigures, type StatementFigures } from './statement.rules.js';

/** What became of one investor's money in a bond, to a day. Minor units. */
export interface InvestorStatement extends StatementFigures {
  bond: Bond;
  investor: InvestorStanding;
  on: Day;
  accrued: Accrued;
}

/** And what it is expected to come to in the end. */
export interface InvestorStatementAhead extends InvestorStatement {
  projected: ProjectedReturn;
}

/**
 * The statement of an investor to a day, since `from` where it is shown for a period, by the days of the bank; today, where none is given.
 * @throws notFound; stateForbids before anything is signed; ruleBroken naming the day
 */
export async function readInvestorStatement(
  tx: Tx,
  bondId: string,
  partyId: string,
  asked?: Day,
  from?: Day,
): Promise<InvestorStatementAhead> {
  const bond = await readBond(tx, bondId);
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  const on = asked ?? today;
  if (on > today)
    throw fieldError('ruleBroken', '/on', 'A statement tells what was: choose today or earlier.');
  if (from !== undefined && from > on)
    throw fieldError('ruleBroken', '/from', 'A period begins no later than it ends.');
  const investor = (await investorStandings(tx, bond)).find((one) => one.partyId === partyId);
  if (!investor) throw notFound('investor of this bond');
  return {
    ...(await statementOf(tx, bond, investor, on)),
    projected: await projectedReturn(tx, bond, investor.organisationId, on),
  };
}

/** The statements of all investors of a bond, to today. */
export async function investorStatements(tx: Tx, bond: Bond): Promise<InvestorStatement[]> {
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  const statements: InvestorStatement[] = [];
  for (const investor of await investorStandings(tx, bond))
    statements.push(await statementOf(tx, bond, investor, today));
  return statements;
}

async function statementOf(
  tx: Tx,
  bond: Bond,
  investor: InvestorStanding,
  on: Day,
): Promise<InvestorStatement> {
  const { terms } = await signedTerms(tx, bond.id);
  const isLadder = terms.returns.kind === 'couponLadder';
  const all = (await investorFlows(tx, bond.id, on)).find(({ partyId }) => partyId === investor.partyId)!;
  const flows = { ...all, distributions: all.distributions.filter((paid) => paid.on <= on) };
  const accrued = accruedTo(flows, terms.returns, {
    ...{ on, currency: bond.currency },
    outcomes: isLadder ? await outcomesBy(tx, bond, on) : null,
  });
  const moved = await flowsOnBank(tx, investor.partyId, on);
  // Of a bond that is closed nothing is out any more: what did not come back is lost.
  const isOver = bond.closedOn !== null && bond.closedOn <= on;
  const owed = isOver ? { ...accrued, amount: 0n, note: 'The bond is closed' } : accrued;
  return {
    ...statementFigures(moved, { on, accrued: owed.amount ?? 0n, isOver }),
    bond,
    investor,
    on,
    accrued: owed,
  };
}

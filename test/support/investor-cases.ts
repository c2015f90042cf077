import { expect } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import type { TestApp } from './app.js';
import type { ProblemBody, TestCoalition } from './coalition.js';
import { InvestorBond, type MoneyBody } from './investor-bond.js';

/** What a distribution comes to. */
export interface WorkedOut {
  available: MoneyBody;
  tiers: { kind: string; paid: MoneyBody; perInvestor: { amount: MoneyBody }[] }[];
  shares: { capital: MoneyBody; income: MoneyBody }[];
  totals: Record<'fee' | 'investors' | 'provider' | 'pool', MoneyBody>;
  paid: MoneyBody;
  remaining: MoneyBody;
  coupon: { percent: string; rate: string } | null;
}

/** What an investor has in a bond on a day. */
export interface Position {
  drawn: MoneyBody;
  outstanding: MoneyBody;
  lost: MoneyBody;
  accrued: { amount: MoneyBody | null; dayCount: string | null };
  realised: { rate: string | null; reason: string | null };
  withResidual: { rate: string | null };
  multiples: { distributed: string | null; residual: string | null; total: string | null };
}

/** What stands in the way of closing a bond, and how it would end. */
export interface Closing {
  items: { key: string; open: string[] }[];
  figures: { surplus: MoneyBody; lost: MoneyBody; shares: { name: string; amount: MoneyBody }[] };
  guarantee: { owed: MoneyBody; open: MoneyBody } | null;
}

export const tiers = [
  { kind: 'fee', amount: '1000.00' },
  { kind: 'capital' },
  { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
  { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
];

/** A band of outcomes, its lower bound included. */
export const bounds = (from: string | null, to: string | null) => ({
  ...{ from, to, fromInclusive: from !== null, toInclusive: false },
});

/** An active bond that pays by a waterfall, unless other terms are given. */
export const activeBond = (
  app: TestApp,
  coalition: TestCoalition,
  more: Partial<Parameters<typeof InvestorBond.active>[2]> = {},
): Promise<InvestorBond> =>
  InvestorBond.active(app, coalition, { returns: { kind: 'waterfall', tiers }, ...more });

/** 100,000.00 of capital of 1 January 2022, and 10,000.00 of outcome payments of 31 December. */
export async function bondWithMoney(
  app: TestApp,
  coalition: TestCoalition,
  commitments: [string, string] = ['60000.00', '40000.00'],
): Promise<InvestorBond> {
  const bond = await activeBond(app, coalition, { commitments });
  await bond.drawn('A', '60000.00', '2022-01-01');
  await bond.drawn('B', '40000.00', '2022-01-01');
  await bond.paidOutcomes('10000', 1, '2022-12-31');
  return bond;
}

export const amountOf = ({ amount }: MoneyBody): string => amount;

/** Status, code, the field that is named, and the sentence. */
export const refusal = async (sent: Promise<{ status: number; body: ProblemBody }>) => {
  const { status, body } = await sent;
  return [status, body.code, body.errors?.[0]?.pointer ?? null, body.detail];
};

/** What stands in the accounts of a bond, each on its natural side. */
export const accountsOf = async ({ app, id }: InvestorBond): Promise<string[]> =>
  (
    await app.rows<{ kind: string; balance: string }>(
      `SELECT kind, sum(abs(balance))::text AS balance FROM accounts
       WHERE subject_id = $1 OR subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1) GROUP BY kind ORDER BY kind`,
      [id],
    )
  ).map(({ kind, balance }) => `${kind} ${balance}`);

/** Nothing that `npm run verify` looks at is broken. */
export const allHold = async (app: TestApp): Promise<void> => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

/** What still blocks the closing of a bond, item by item. */
export const stepOfClosing = async (bond: InvestorBond): Promise<string[][]> => {
  const { items } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
  return items.filter(({ open }) => open.length > 0).map(({ key, open }) => [key, ...open]);
};

/** An investor as a party to its bond. */
export const investorOf = async (bond: InvestorBond, investor: 'A' | 'B') => {
  const { parties } = await bond.get<{ parties: { id: string; name: string; organisationId: string }[] }>(
    `bonds/${bond.id}`,
  );
  return parties.find(({ id }) => id === bond.parties[investor])!;
};

export const positionOf = (bond: InvestorBond, investor: 'A' | 'B', on: string): Promise<Position> =>
  bond.get<Position>(`bonds/${bond.id}/investors/${bond.parties[investor]}/statement?on=${on}`);

import { addDays, addMonths, type Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import type { ExampleWorld } from '../example-world.js';
import { financeAccess, type Funder, type Harbour } from './harbour.js';

/** An instalment of a pledge, and the day on which it arrives; null is still awaited. */
export interface Promised {
  funder: Funder;
  dueOn: Day;
  /** In the currency of its pledge. */
  amount: string;
  arrivesOn: Day | null;
  /** In the currency of the pool, where that is another. */
  arrivesAs?: string;
}

/** What the bank made of the twenty thousand euros that come each year. */
const eurosInPounds = ['17146.00', '16853.00', '17231.50'];

/** Five years from each funder, one of them in euros; the family foundation is late with its third year. */
export async function pledge(world: ExampleWorld, harbour: Harbour, first: Day): Promise<Promised[]> {
  const start = `${first.slice(0, 4)}-01-15`;
  const yearly = (funder: Funder, amount: string, every: number, count: number, delay: number) =>
    Array.from({ length: count }, (_, index): Promised => {
      const dueOn = addMonths(start, index * every);
      return { funder, dueOn, amount, arrivesOn: addDays(dueOn, delay) };
    });
  const promised = [
    ...yearly('north', '120000.00', 12, 5, 2),
    ...yearly('council', '40000.00', 6, 10, 6),
    ...yearly('lanyard', '30000.00', 12, 5, 11).map((one, index) =>
      index === 2 ? { ...one, arrivesOn: null } : one,
    ),
    ...yearly('noordzee', '20000.00', 12, 5, 14).map((one, index) => ({
      ...one,
      arrivesAs: eurosInPounds[index],
    })),
  ];
  const { people } = world;
  for (const [funder, reference] of [
    ['north', 'NRT-1'],
    ['council', 'HC-CYP-7'],
    ['lanyard', 'LFF-2'],
    ['noordzee', 'NK-2'],
  ] as const) {
    const inEuros = { currency: 'EUR', planningRate: '0.85' };
    const instalments = promised.filter((one) => one.funder === funder);
    const amount = instalments.reduce((total, one) => total + BigInt(one.amount.replace('.', '')), 0n);
    await world.as(people.finance, (tx) =>
      world.pledges.sign(
        tx,
        harbour.poolId,
        {
          funderId: harbour.organisations[funder],
          reference,
          amount: formatAmount(amount, 'GBP'),
          signedOn: first,
          ...(funder === 'noordzee' ? inEuros : {}),
          instalments: instalments.map(({ dueOn, amount: part }) => ({ dueOn, amount: part })),
        },
        financeAccess(harbour.coalitionId),
      ),
    );
  }
  return promised;
}

/** What has arrived by a day is recorded, as it stands on the bank statement. */
export async function receive(
  world: ExampleWorld,
  harbour: Harbour,
  promised: Promised[],
  day: Day,
  references: number,
): Promise<number> {
  let next = references;
  for (const one of promised) {
    if (one.arrivesOn === null || one.arrivesOn > day) continue;
    const receivedOn = one.arrivesOn;
    one.arrivesOn = null;
    next += 1;
    const bankReference = `FPS ${700_000 + next * 37}`;
    await world.as(world.people.finance, (tx) =>
      world.contributions.receive(tx, harbour.poolId, {
        funderId: harbour.organisations[one.funder],
        ...{ amount: one.arrivesAs ?? one.amount, receivedOn, bankReference },
        ...(one.arrivesAs === undefined ? {} : { paidAmount: one.amount, paidCurrency: 'EUR' }),
        // The council's money is for school readiness.
        earmarkGoalId: one.funder === 'council' && next % 4 === 0 ? harbour.goals.school : undefined,
      }),
    );
  }
  await world.moveTo(day);
  return next;
}

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks.js';
import { DomainError } from '../../src/platform/errors/domain-error.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { daysBetween, addDays } from '../../src/maths/day.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, type Made } from '../support/coalition.js';
import { untiedReports } from '../support/made-report.js';
import {
  type Happening,
  type HappeningKind,
  happeningKinds,
  HistoryWorld,
  type Place,
} from './history-world.js';

/** How many histories are told: `HISTORIES=3000 npm test -- --testPathPatterns random` tells thousands. */
const histories = Number(process.env.HISTORIES ?? 150);

/** Tells the same again: `SEED=…`, as a run has printed it. */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** After how many of them everything is verified, all pools at once; and once more at the end. */
const batch = 100;

let place: Place;
const done = new Map<HappeningKind, number>();
let told = 0;

beforeAll(async () => {
  const app = await TestApp.start({ now: '2027-01-04T09:00:00Z' });
  const coalition = await foundCoalition(app, 'Random Towns', {
    pool: { attributionRule: 'earmark_first', refundPolicy: 'pro_rata' },
  });
  const { backbone, id, north, south } = coalition;
  const council = await backbone.must(
    backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, { name: 'Council', sector: 'public' }),
  );
  const goal = { name: 'Ready for school', horizonOn: '2034-12-31' };
  const { id: goalId } = await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal));
  const otherFinance = await app.person('Other finance officer');
  await app.seat(otherFinance, id, 'finance');
  await app.seat(otherFinance, id, 'approver');
  place = { app, coalition, goalId, otherFinance, funders: [north, south, council.id] };
});
afterAll(() => place?.app.stop());

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<HappeningKind>('pledge', 'receive', 'award', 'timePasses', 'pay'),
    },
    { weight: 2, arbitrary: fc.constantFrom(...happeningKinds) },
  ),
  pick: fc.nat(50),
  amount: fc.integer({ min: 1, max: 500_000 }),
  way: fc.nat(60),
});

const much = fc.record({
  pick: fc.nat(50),
  amount: fc.integer({ min: 100_000, max: 900_000 }),
  way: fc.nat(60),
});

/** A promise, money and a payment first, so that there is something to change; then anything. */
const history = fc.record({
  money: fc.array(much, { minLength: 1, maxLength: 3 }),
  grant: happening,
  steps: fc.array(happening, { minLength: 6, maxLength: 14, size: 'max' }),
});

/** What is broken, of all that has happened so far. */
async function broken(): Promise<string[]> {
  const results = await runChecks(checks, (sql) => place.app.rows(sql));
  return results
    .filter((result) => result.broken > 0)
    .map(({ rule, example }) => `${rule}: ${example ?? ''}`);
}

/** What is paid of each grant and what is still planned are the award, whatever happens. */
async function awardsAreKept({ poolId }: HistoryWorld): Promise<void> {
  const off = await place.app.rows(
    `SELECT g.reference, g.amount, sum(i.amount) AS planned FROM grants g JOIN instalments i ON i.grant_id = g.id
     WHERE g.pool_id = $1 AND i.state <> 'cancelled' AND g.state IN ('awarded', 'active', 'suspended')
     GROUP BY g.id HAVING sum(i.amount) <> g.amount`,
    [poolId],
  );
  expect(off).toEqual([]);
}

/** After how many of them every finance report is made and held to the ledger. */
const reported = Number(process.env.REPORTED ?? 25);

/** Every report ties, as of now and as of half-way, by either day; also half-way by what is known now. */
async function reportsTie({ poolId, today }: HistoryWorld): Promise<void> {
  const { app, coalition } = place;
  const from = '2027-01-20';
  const middle = addDays('2027-01-04', Math.floor(daysBetween('2027-01-04', today) / 2));
  const [now, then] = [app.clock.now(), new Date(`${middle}T23:59:59Z`)];
  const { untied } = await untiedReports(app, coalition.finance, poolId, [
    { asOf: now, from, to: today },
    { asOf: then, from: null, to: middle },
    { asOf: now, from: null, to: middle },
  ]);
  expect(untied).toEqual([]);
}

/** Something happens, or a rule refuses it; anything else is a fault. */
async function tryIt(world: HistoryWorld, what: Happening): Promise<void> {
  try {
    const result = await world.happen(what);
    if (result !== undefined) done.set(what.kind, (done.get(what.kind) ?? 0) + 1);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

interface History {
  money: Omit<Happening, 'kind'>[];
  grant: Happening;
  steps: Happening[];
}

async function tell({ money, grant, steps }: History): Promise<void> {
  const world = await HistoryWorld.begin(place, '2027-01-04', grant.way);
  const opening: Happening[] = [
    { ...money[0]!, kind: 'pledge' },
    ...money.map((each) => ({ ...each, kind: 'receive' as const })),
    { ...grant, kind: 'award', amount: (grant.amount % 90_000) + 1 },
    { ...grant, kind: 'timePasses', way: 2 },
    { ...grant, kind: grant.way % 4 === 0 ? 'releasePart' : 'pay' },
  ];
  // One of each kind in its turn, so that none is left to chance alone.
  const inTurn = { ...grant, kind: happeningKinds[told % happeningKinds.length]! };
  for (const step of [...opening, inTurn, ...steps, inTurn]) {
    await tryIt(world, step);
    await awardsAreKept(world);
  }
  told += 1;
  if (told % reported === 0) await reportsTie(world);
  if (told % batch !== 0) return;
  expect(await broken()).toEqual([]);
  // A run that is cut off has said how far it came, and by which seed one tells it again.
  if (histories > 10 * batch) process.stdout.write(`${told} told of seed ${seed}\n`);
}

describe('random histories', () => {
  it(
    'keep every invariant that verify knows, and paid and planned are the award at every step',
    async () => {
      // A history that broke something has left it in the database: the next could not be told from it.
      await fc.assert(fc.asyncProperty(history, tell), { seed, numRuns: histories, endOnFailure: true });
    },
    histories * 5_000,
  );

  it('leave nothing broken', async () => {
    expect(await broken()).toEqual([]);
  });

  it('were of every kind, and not only refusals', () => {
    const times = happeningKinds.map((kind) => [kind, done.get(kind) ?? 0] as const);
    expect(times.filter(([, count]) => count === 0)).toEqual([]);
    process.stdout.write(
      `\n${histories} histories of seed ${seed}: ${times.map(([kind, count]) => `${kind} ${count}`).join(', ')}\n`,
    );
  });
});

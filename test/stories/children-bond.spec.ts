import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { bondHeadroom } from '../../src/bonds/invoices/headroom.read.js';
import { readBond } from '../../src/bonds/contracts/bonds.read.js';
import type { Zone } from '../../src/example/children-bond/contract.js';
import { headroomByEnd, paidByEnd } from '../../src/example/children-bond/figures.js';
import { liveChildrenBond } from '../../src/example/children-bond.js';
import { hireCast } from '../../src/example/example-people.js';
import { ExampleWorld } from '../../src/example/example-world.js';
import { formatAmount } from '../../src/maths/money.js';
import { Database } from '../../src/platform/database/database.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { hasHledger, hledgerBeside } from '../support/hledger.js';
import { untiedReports } from '../support/made-report.js';

let app: TestApp;
let world: ExampleWorld;
let zone: Zone;

beforeAll(async () => {
  app = await TestApp.start({ story: 'children bond', now: '2019-04-01T09:00:00Z' });
  const { people } = await hireCast(app.nest.get(Database));
  world = new ExampleWorld(app.nest, app.clock, people);
  zone = await liveChildrenBond(world);
});
afterAll(() => app?.stop());

const money = (minor: bigint | null) => (minor === null ? null : formatAmount(minor, 'GBP'));
const headroomOn = (on: string) =>
  world.as(world.people.finance, async (tx) => bondHeadroom(tx, await readBond(tx, zone.bondId), on));

describe('a collective impact bond in the figures of a real one', () => {
  it('has paid 15,147,230 by December 2023, and has 1,097,730 of headroom left', async () => {
    const { bond } = await headroomOn('2023-12-29');
    expect([money(bond.cap), money(bond.received), money(bond.left)]).toEqual([
      '16244960.00',
      paidByEnd,
      headroomByEnd,
    ]);
  });

  it('keeps every payer under its cap; what is left of each is the headroom of the whole', async () => {
    const { payers } = await headroomOn('2023-12-29');
    expect(payers).toHaveLength(7);
    expect(payers.every(({ left }) => left !== null && left >= 0n)).toBe(true);
    expect(money(payers.reduce((sum, { left }) => sum + left!, 0n))).toBe(headroomByEnd);
  });

  it('was paid for sign-ups 739,200, 440,160 and 1,458,240', async () => {
    const rows = await app.rows<{ net: string }>(
      `SELECT w.net::text FROM outcome_workings w JOIN outcome_claims c ON c.id = w.claim_id
       WHERE w.metric = 'signUp' ORDER BY c.period`,
    );
    expect(rows.map(({ net }) => net)).toEqual(['73920000', '44016000', '145824000']);
  });

  it('was paid by a schedule while schools were closed, and planned anew three times', async () => {
    const [row] = await app.rows<{ schedule: string; plans: number }>(
      `SELECT (SELECT sum(invoiced)::text FROM substitute_payments) AS schedule,
         (SELECT count(*)::int FROM bond_plans) AS plans`,
    );
    expect(row).toEqual({ schedule: '385513000', plans: 4 });
  });

  it('says at an earlier day what was left then', async () => {
    const { bond } = await headroomOn('2020-04-01');
    expect(money(bond.left)).toBe('15505760.00');
  });

  it('ties in every finance report, whatever the day', async () => {
    const now = app.clock.now();
    const [pool] = await app.rows<{ poolId: string }>(`SELECT pool_id AS "poolId" FROM bonds WHERE id = $1`, [
      zone.bondId,
    ]);
    const { poolId } = pool!;
    const { untied, looked } = await untiedReports(app, world.people.finance, poolId, [
      { asOf: now, from: null, to: now.toISOString().slice(0, 10) },
      { asOf: now, from: '2020-04-01', to: '2021-03-31' },
      { asOf: new Date('2021-03-31T12:00:00Z'), from: null, to: '2021-03-31' },
    ]);
    expect(untied).toEqual([]);
    expect(looked).toBeGreaterThan(150);
  });

  (hasHledger ? it : it.skip)(
    'is added up by hledger to the same balances, whole and year by year',
    async () => {
      const now = app.clock.now();
      const [{ poolId }] = (await app.rows(`SELECT pool_id AS "poolId" FROM bonds WHERE id = $1`, [
        zone.bondId,
      ])) as [{ poolId: string }];
      for (const about of [
        { asOf: now, from: null, to: now.toISOString().slice(0, 10) },
        { asOf: now, from: '2020-04-01', to: '2021-03-31' },
      ]) {
        const { found, posted } = await hledgerBeside(app, world.people.finance, poolId, about);
        expect(found).toEqual(posted);
        expect(found.length).toBeGreaterThan(3);
      }
    },
  );

  it('holds in all its books', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { hireCast } from '../../src/example/example-people.js';
import { ExampleWorld } from '../../src/example/example-world.js';
import { liveHarbourTowns } from '../../src/example/harbour-towns.js';
import { Database } from '../../src/platform/database/database.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { hasHledger, hledgerBeside } from '../support/hledger.js';
import { untiedReports } from '../support/made-report.js';

const now = '2026-11-30T12:00:00Z';
let app: TestApp;
let world: ExampleWorld;
let poolId: string;

/** The example that `npm start` shows first, lived through from its founding to now. */
beforeAll(async () => {
  app = await TestApp.start({ story: 'harbour_towns', now });
  const { people } = await hireCast(app.nest.get(Database));
  world = new ExampleWorld(app.nest, app.clock, people);
  await liveHarbourTowns(world, '2026-11-30');
  await world.moveToInstant(new Date(now));
  const [pool] = await app.rows<{ id: string }>(
    `SELECT p.id FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE c.name LIKE 'Harbour Towns%'`,
  );
  poolId = pool!.id;
}, 300_000);
afterAll(() => app?.stop());

const periods = [
  { asOf: new Date(now), from: null, to: '2026-11-30' },
  { asOf: new Date(now), from: '2025-01-01', to: '2025-12-31' },
  { asOf: new Date('2025-06-30T12:00:00Z'), from: null, to: '2025-06-30' },
];

describe('the example coalition', () => {
  it('keeps every invariant', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(results.filter(({ examined }) => examined > 0).length).toBeGreaterThan(60);
  });

  it('ties in every finance report, whatever the day', async () => {
    const { untied, looked } = await untiedReports(app, world.people.finance, poolId, periods);
    expect(untied).toEqual([]);
    expect(looked).toBeGreaterThan(200);
  });

  (hasHledger ? it : it.skip)('is added up by hledger to the same balances', async () => {
    for (const period of periods) {
      const { found, posted } = await hledgerBeside(app, world.people.finance, poolId, period);
      expect(found).toEqual(posted);
      expect(found.length).toBeGreaterThan(10);
    }
  });
});

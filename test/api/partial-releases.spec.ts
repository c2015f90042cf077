import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  fund,
  type ProblemBody,
  sign,
  type TestCoalition,
} from '../support/coalition.js';

interface Instalment {
  id: string;
  nominalOn: string;
  amount: { amount: string };
  state: string;
}
interface Disbursement {
  id: string;
  amount: { amount: string };
  approvalId: string;
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
/** 1,000.00 is due at the end of December, and there are 600.00. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Split Towns ${coalitions}`);
  await fund(coalition, '600.00');
  const { finance, poolId, north } = coalition;
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      ...{ funderId: north, amount: '900.00', reference: 'P-LATER', signedOn: '2026-11-20' },
      instalments: [{ dueOn: '2027-02-01', amount: '900.00' }],
    }),
  );
  grantId = await award(coalition, {
    ...{ amount: '1000.00', startOn: '2026-12-01', endOn: '2027-11-30', firstOn: '2026-12-31' },
    ...{ everyMonths: 12, equalInstalments: 1 },
  });
  await app.moveTo('2027-01-05T09:00:00Z');
});

const instalments = async () => {
  const { backbone } = coalition;
  const grant = await backbone.must(backbone.get<{ instalments: Instalment[] }>(`/api/v1/grants/${grantId}`));
  return grant.instalments;
};
const shown = async () =>
  (await instalments()).map(({ nominalOn, amount, state }) => [nominalOn, amount.amount, state]);
const release = async <Body = Disbursement>(more: object = {}) =>
  coalition.finance.post<Body>(`/api/v1/instalments/${(await instalments())[0]!.id}/partial-releases`, {
    ...{ amount: '600.00', restOn: '2027-02-06' },
    ...more,
  });
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a partial release', () => {
  it('pays what there is cash for, and leaves the rest planned on a business day', async () => {
    expect(await shown()).toEqual([['2026-12-31', '1000.00', 'held']]);
    const { body } = await release();
    expect(body.amount.amount).toBe('600.00');
    await sign(coalition, body.approvalId);
    const paid = { bankReference: 'BACS 1', paidOn: '2027-01-05' };
    await coalition.finance.must(coalition.finance.post(`/api/v1/disbursements/${body.id}/settle`, paid));
    expect(await shown()).toEqual([
      ['2026-12-31', '600.00', 'paid'],
      ['2027-02-06', '400.00', 'planned'],
    ]);
    await allHold();
    await fund(coalition, '400.00', { on: '2027-01-04' });
    await app.moveTo('2027-02-08T09:00:00Z');
    expect((await shown())[1]).toEqual(['2027-02-06', '400.00', 'due']);
    await allHold();
  });

  it('that is rejected leaves both parts, and the award whole', async () => {
    const { body } = await release({ amount: '100.00' });
    const { approver } = coalition;
    const approval = `/api/v1/approvals/${body.approvalId}`;
    const { contentHash } = await approver.must(approver.get<{ contentHash: string }>(approval));
    await approver.must(approver.post(`${approval}/reject`, { contentHash, reason: 'Not yet' }));
    expect(await shown()).toEqual([
      ['2026-12-31', '100.00', 'due'],
      ['2027-02-06', '900.00', 'planned'],
    ]);
    await allHold();
  });

  it.each([
    [{ amount: '1000.00' }, '/amount'],
    [{ amount: '0.00' }, '/amount'],
    [{ restOn: '2027-01-05' }, '/restOn'],
  ])('is refused as %j, and nothing is split', async (more, pointer) => {
    const { status, body } = await release<ProblemBody>(more);
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
    expect(await shown()).toEqual([['2026-12-31', '1000.00', 'held']]);
  });

  it('is refused where there is no cash even for the part, or a condition is open', async () => {
    const short = await release<ProblemBody>({ amount: '600.01' });
    expect(short.body.code).toBe('stateForbids');
    const { backbone } = coalition;
    const condition = { kind: 'documentReceived', subject: 'it', appliesFrom: '2026-12-31' };
    await backbone.must(backbone.post(`/api/v1/grants/${grantId}/conditions`, condition));
    const waits = await release<ProblemBody>();
    expect(waits.body.detail).toContain('waits: it is received');
    expect(await shown()).toEqual([['2026-12-31', '1000.00', 'held']]);
  });

  it('is asked for on a page that the payment run leads to', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const { html } = await browser.get(`/coalitions/${coalition.id}/payments`);
    const path = /\/instalments\/[0-9a-f-]{36}\/release-part/.exec(html)![0];
    const asked = await browser.submit(path, {
      ...{ _idempotencyKey: crypto.randomUUID(), amount: '250', restOn: '2027-02-01' },
    });
    expect(asked.location).toMatch(/^\/approvals\//);
    expect(await shown()).toEqual([
      ['2026-12-31', '250.00', 'due'],
      ['2027-02-01', '750.00', 'planned'],
    ]);
  });
});

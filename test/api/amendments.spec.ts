import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface Amount {
  amount: string;
}
interface Line {
  number: number;
  nominalOn: string;
  amount: Amount;
  state: string;
}
interface Amendment {
  id: string;
  number: number | null;
  state: string;
  approvalId: string;
  awardBefore: Amount;
  awardAfter: Amount;
  endOnAfter: string;
  planAfter: Line[];
  decidedBy: string | null;
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;

/** 100,000.00 in four slices of half a year; the first is paid. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '150000.00');
  grantId = await award(coalition, {
    amount: '100000.00',
    startOn: '2026-12-01',
    endOn: '2028-11-30',
    firstOn: '2026-12-31',
    everyMonths: 6,
    equalInstalments: 4,
  });
  await app.moveTo('2027-01-05T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-05');
});
afterAll(() => app?.stop());

const address = () => `/api/v1/grants/${grantId}/amendments`;
const ask = (body: object) =>
  coalition.finance.post<Amendment & ProblemBody>(address(), { reason: 'The partner asked for it', ...body });

/** Has an approval signed by as many as it needs. Returns the last answer. */
async function sign(approvalId: string) {
  const path = `/api/v1/approvals/${approvalId}`;
  const { contentHash, required } = await coalition.finance.must(
    coalition.finance.get<{ contentHash: string; required: number }>(path),
  );
  const answers = [];
  for (const person of [coalition.approver, coalition.secondApprover].slice(0, required)) {
    answers.push(await person.post<ProblemBody>(`${path}/approve`, { contentHash }));
  }
  return answers.at(-1)!;
}

async function amend(body: object): Promise<Amendment> {
  const { body: asked, status } = await ask(body);
  expect([status, asked.detail]).toEqual([201, undefined]);
  expect((await sign(asked.approvalId)).status).toBe(200);
  const { items } = await coalition.partner.must(coalition.partner.get<{ items: Amendment[] }>(address()));
  return items.find(({ id }) => id === asked.id)!;
}

const shown = (lines: Line[]) =>
  lines.map(({ number, nominalOn, amount, state }) => [number, nominalOn, amount.amount, state]);

async function grant() {
  return coalition.partner.must(
    coalition.partner.get<{ amount: Amount; endOn: string; instalments: Line[] }>(
      `/api/v1/grants/${grantId}`,
    ),
  );
}

async function position() {
  const { backbone, poolId } = coalition;
  const pool = await backbone.must(
    backbone.get<{ position: Record<string, Amount> }>(`/api/v1/pools/${poolId}`),
  );
  return [pool.position.grantsOutstanding!.amount, pool.position.availableToCommit!.amount];
}

const reports = async () =>
  app.rows(
    `SELECT number, period_from::text AS "from", period_to::text AS "to", state FROM spend_reports
     WHERE grant_id = $1 ORDER BY number`,
    [grantId],
  );

describe('an amendment', () => {
  it('can be looked at first, and nothing is saved', async () => {
    const { finance } = coalition;
    const preview = await finance.must(
      finance.post<Amendment>(`${address()}/preview`, {
        kind: 'topUp',
        reason: 'A second cohort',
        award: '130000.00',
      }),
    );
    expect(shown(preview.planAfter)).toEqual([
      [1, '2026-12-31', '25000.00', 'paid'],
      [5, '2027-06-30', '35000.00', 'planned'],
      [6, '2027-12-31', '35000.00', 'planned'],
      [7, '2028-06-30', '35000.00', 'planned'],
    ]);
    expect((await finance.must(finance.get<{ total: number }>(address()))).total).toBe(0);
    expect((await grant()).amount.amount).toBe('100000.00');
  });

  it('that tops up commits the difference when two others have approved it, and replaces what is unpaid', async () => {
    expect(await position()).toEqual(['75000.00', '50000.00']);
    const version = await amend({ kind: 'topUp', award: '130000.00' });
    expect([version.number, version.state, version.decidedBy]).toEqual([
      2,
      'approved',
      'Second approver of River Towns',
    ]);
    const { amount, instalments } = await grant();
    expect(amount.amount).toBe('130000.00');
    expect(shown(instalments)).toEqual([
      [1, '2026-12-31', '25000.00', 'paid'],
      [2, '2027-06-30', '25000.00', 'cancelled'],
      [3, '2027-12-31', '25000.00', 'cancelled'],
      [4, '2028-06-30', '25000.00', 'cancelled'],
      [5, '2027-06-30', '35000.00', 'planned'],
      [6, '2027-12-31', '35000.00', 'planned'],
      [7, '2028-06-30', '35000.00', 'planned'],
    ]);
    expect(await position()).toEqual(['105000.00', '20000.00']);
  });

  it('that cuts frees the money, and what comes due is what stands now', async () => {
    await amend({
      kind: 'cut',
      instalments: [
        { dueOn: '2027-06-30', amount: '35000.00' },
        { dueOn: '2027-12-31', amount: '30000.00' },
      ],
    });
    expect(await position()).toEqual(['65000.00', '60000.00']);
    await app.moveTo('2027-06-30T09:00:00Z');
    expect(shown((await grant()).instalments).filter(([, , , state]) => state !== 'cancelled')).toEqual([
      [1, '2026-12-31', '25000.00', 'paid'],
      [5, '2027-06-30', '35000.00', 'due'],
      [8, '2027-12-31', '30000.00', 'planned'],
    ]);
  });

  it('that extends the term brings reports for it, and one that shortens it withdraws them', async () => {
    await amend({ kind: 'noCostExtension', endOn: '2030-11-30' });
    await app.drain();
    expect(await reports()).toEqual([
      { number: 1, from: '2026-12-01', to: '2027-11-30', state: 'draft' },
      { number: 2, from: '2027-12-01', to: '2028-11-30', state: 'draft' },
      { number: 3, from: '2028-12-01', to: '2029-11-30', state: 'draft' },
      { number: 4, from: '2029-12-01', to: '2030-11-30', state: 'draft' },
    ]);
    await amend({ kind: 'reschedule', endOn: '2029-05-31' });
    await app.drain();
    expect(await reports()).toEqual([
      { number: 1, from: '2026-12-01', to: '2027-11-30', state: 'draft' },
      { number: 2, from: '2027-12-01', to: '2028-11-30', state: 'draft' },
      { number: 3, from: '2028-12-01', to: '2029-05-31', state: 'draft' },
      { number: 4, from: '2029-12-01', to: '2030-11-30', state: 'withdrawn' },
    ]);
    const waiting = await app.rows(
      `SELECT r.number, o.state, min(o.due_at)::text AS first FROM occurrences o
       JOIN spend_reports r ON r.id = o.subject_id WHERE r.grant_id = $1 AND r.number > 2 GROUP BY 1, 2 ORDER BY 1`,
      [grantId],
    );
    expect(waiting).toEqual([
      { number: 3, state: 'waiting', first: '2029-06-09 07:00:00+00' },
      { number: 4, state: 'skipped', first: '2030-12-09 08:00:00+00' },
    ]);
  });

  it('is refused as stale when somebody asked for a payment meanwhile', async () => {
    const { body: asked } = await ask({ kind: 'cut', award: '80000.00' });
    const due = (await grant()).instalments.find(({ number }) => number === 5) as Line & { id: string };
    await coalition.finance.must(coalition.finance.post(`/api/v1/instalments/${due.id}/release`));
    const refused = await sign(asked.approvalId);
    expect([refused.status, refused.body.code]).toEqual([412, 'staleVersion']);
    expect((await grant()).amount.amount).toBe('90000.00');

    const second = await ask({ kind: 'cut', award: '85000.00' });
    expect([second.status, second.body.code]).toEqual([409, 'stateForbids']);
    const { contentHash } = await coalition.approver.must(
      coalition.approver.get<{ contentHash: string }>(`/api/v1/approvals/${asked.approvalId}`),
    );
    await coalition.approver.must(
      coalition.approver.post(`/api/v1/approvals/${asked.approvalId}/reject`, {
        contentHash,
        reason: 'It is being paid',
      }),
    );
    const { items } = await coalition.finance.must(coalition.finance.get<{ items: Amendment[] }>(address()));
    expect(items.map(({ number, state }) => [number, state])).toEqual([
      [null, 'rejected'],
      [5, 'approved'],
      [4, 'approved'],
      [3, 'approved'],
      [2, 'approved'],
    ]);
  });

  it('cannot be approved by who asked for it', async () => {
    await app.seat(coalition.finance, coalition.id, 'approver');
    const { body } = await ask({ kind: 'topUp', award: '90100.00' });
    const { contentHash } = await coalition.finance.must(
      coalition.finance.get<{ contentHash: string }>(`/api/v1/approvals/${body.approvalId}`),
    );
    const refused = await coalition.finance.post<ProblemBody>(
      `/api/v1/approvals/${body.approvalId}/approve`,
      { contentHash },
    );
    expect([refused.status, refused.body.code]).toEqual([403, 'makerIsChecker']);
    await coalition.finance.must(
      coalition.finance.post(`/api/v1/approvals/${body.approvalId}/withdraw`, { reason: 'A mistake' }),
    );
  });

  it.each([
    ['/award', 'ruleBroken', 'below what is paid or under way', { kind: 'cut', award: '59999.99' }],
    ['/award', 'insufficientFunds', 'beyond what the pool can commit', { kind: 'topUp', award: '150000.01' }],
    [
      '/award',
      'ruleBroken',
      'with an amount that the currency does not have',
      { kind: 'topUp', award: '95000.001' },
    ],
    ['/endOn', 'ruleBroken', 'that extends to an earlier day', { kind: 'extension', endOn: '2029-01-01' }],
    ['/endOn', 'ruleBroken', 'that ends the term in the past', { kind: 'reschedule', endOn: '2027-06-01' }],
    [
      '/instalments/0/dueOn',
      'ruleBroken',
      'outside the term',
      { kind: 'reschedule', instalments: [{ dueOn: '2031-01-31', amount: '30000.00' }] },
    ],
    [
      '/instalments',
      'ruleBroken',
      'that is a cut by another name',
      { kind: 'reschedule', instalments: [{ dueOn: '2028-01-31', amount: '29999.99' }] },
    ],
    ['/kind', 'invalidInput', 'of no kind', { kind: 'gift' }],
    ['/reason', 'invalidInput', 'without a reason', { kind: 'topUp', award: '95000.00', reason: '' }],
  ])('names %s (%s) when it is %s', async (pointer, code, _, wrong) => {
    const { body } = await ask(wrong);
    expect([body.code, body.errors?.map((error) => error.pointer)]).toEqual([code, [pointer]]);
  });

  it('that the pool cannot carry says by how much', async () => {
    const { body } = await ask({ kind: 'topUp', award: '150000.01' });
    expect(body.detail).toBe('The pool can commit £60,000.00, so this amendment is short by £0.01.');
  });

  it('leaves every invariant standing', async () => {
    const results = await runChecks(checks, (sql) => app.rows(sql));
    const wrong = results.filter(({ broken }) => broken > 0);
    expect(wrong).toEqual([]);
  });
});

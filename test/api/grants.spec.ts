import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, type Made, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface GrantBody extends Made {
  state: string;
  amount: { amount: string };
  instalments: {
    number: number;
    nominalOn: string;
    dueOn: string;
    amount: { amount: string };
    state: string;
  }[];
}
let app: TestApp;
let backbone: Client;
let approver: Client;
let partner: Client;
let coalition: TestCoalition;
let poolId: string;

const draft = (more: object = {}) => ({
  organisationId: coalition.stream,
  reference: 'G-1',
  title: 'Core support 2027–2031',
  mode: 'flexible',
  amount: '500000.00',
  startOn: '2027-01-01',
  endOn: '2031-12-31',
  firstOn: '2027-01-31',
  everyMonths: 3,
  equalInstalments: 20,
  reportingFrequency: 'yearly',
  reportingDueAfterDays: 30,
  ...more,
});

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  ({ backbone, approver, partner, poolId } = coalition);
  await backbone.must(
    backbone.post(`/api/v1/pools/${poolId}/pledges`, {
      funderId: coalition.north,
      reference: 'P-1',
      amount: '600000.00',
      signedOn: '2026-11-01',
      instalments: [
        { dueOn: '2026-12-01', amount: '300000.00' },
        { dueOn: '2027-12-01', amount: '300000.00' },
      ],
    }),
  );
});

afterAll(() => app?.stop());

describe('a multi-year grant', () => {
  it('is drafted, proposed by one person and awarded by another; the pool commits it and the schedule stands', async () => {
    const grant = await backbone.must(backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, draft()));
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    const awarded = await approver.must(
      approver.post<GrantBody>(`/api/v1/grants/${grant.id}/award`, { decisionReference: 'Minute 4' }),
    );
    expect(awarded.state).toBe('awarded');

    const seen = await partner.must(partner.get<GrantBody>(`/api/v1/grants/${grant.id}`));
    expect(seen.instalments).toHaveLength(20);
    expect(
      seen.instalments.slice(0, 3).map((one) => [one.nominalOn, one.dueOn, one.amount.amount, one.state]),
    ).toEqual([
      ['2027-01-31', '2027-01-29', '25000.00', 'planned'],
      ['2027-04-30', '2027-04-30', '25000.00', 'planned'],
      ['2027-07-31', '2027-07-30', '25000.00', 'planned'],
    ]);
    const planned = await app.rows(
      `SELECT count(*)::int AS count, min(due_at)::text AS first FROM occurrences WHERE kind = 'instalment.due' AND state = 'waiting'`,
    );
    expect(planned).toEqual([{ count: 20, first: '2027-01-29 00:00:00+00' }]);
    const position = await backbone.must(
      backbone.get<{ position: Record<string, { amount: string }> }>(`/api/v1/pools/${poolId}`),
    );
    expect(position.position.grantsOutstanding?.amount).toBe('500000.00');
    expect(position.position.availableToCommit?.amount).toBe('100000.00');
  });

  it('that exceeds what the pool can commit is refused, saying by how much', async () => {
    const grant = await backbone.must(
      backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, draft({ reference: 'G-2', amount: '100000.01' })),
    );
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    const refused = await approver.post<ProblemBody>(`/api/v1/grants/${grant.id}/award`, {
      decisionReference: 'M 5',
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'insufficientFunds']);
    expect(refused.body.detail).toBe('The pool can commit £100,000.00, so this award is short by £0.01.');
  });

  it('of two that together exceed the pool, awarded at once, exactly one is', async () => {
    const grants = await Promise.all(
      ['G-3', 'G-4'].map((reference) =>
        backbone.must(
          backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, draft({ reference, amount: '60000.00' })),
        ),
      ),
    );
    for (const { id } of grants) await backbone.must(backbone.post(`/api/v1/grants/${id}/propose`));
    const answers = await Promise.all(
      grants.map(({ id }) => approver.post(`/api/v1/grants/${id}/award`, { decisionReference: 'M 6' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('cannot be awarded by who proposed it', async () => {
    await app.seat(backbone, coalition.id, 'approver');
    const grant = await backbone.must(
      backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, draft({ reference: 'G-5', amount: '100.00' })),
    );
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    const refused = await backbone.post<ProblemBody>(`/api/v1/grants/${grant.id}/award`, {
      decisionReference: 'M 7',
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'makerIsChecker']);
  });

  it.each([
    ['/organisationId', { organisationId: '01930000-0000-7000-8000-000000000000' }],
    ['/currency', { currency: 'EUR' }],
    ['/amount', { amount: '1.001' }],
    ['/firstOn', { firstOn: '2026-12-31' }],
    ['/endOn', { endOn: '2031-10-01' }],
    ['/goalIds', { mode: 'earmarked' }],
    ['/slices', { slices: [{ remaining: true }] }],
    ['/reportingFrequency', { reportingFrequency: 'weekly' }],
    ['/budget', { budget: 'line items' }],
  ])('names %s when that is wrong', async (pointer, wrong) => {
    const refused = await backbone.post<ProblemBody>(
      `/api/v1/pools/${poolId}/grants`,
      draft({ reference: 'G-X', ...wrong }),
    );
    expect([400, 422]).toContain(refused.status);
    expect(refused.body.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it("is seen by its partner, and another partner's is not", async () => {
    const grant = await backbone.must(
      backbone.post<Made>(
        `/api/v1/pools/${poolId}/grants`,
        draft({ reference: 'G-6', organisationId: coalition.hill }),
      ),
    );
    expect((await partner.get(`/api/v1/grants/${grant.id}`)).status).toBe(404);
    const own = await partner.must(
      partner.get<{ items: { organisationId: string }[] }>(`/api/v1/coalitions/${coalition.id}/grants`),
    );
    expect(new Set(own.items.map(({ organisationId }) => organisationId))).toEqual(
      new Set([coalition.stream]),
    );
  });

  it('a stale change is refused, and so is a change of what is proposed', async () => {
    const grant = await backbone.must(
      backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, draft({ reference: 'G-7', amount: '10.00' })),
    );
    const change = draft({ reference: 'G-7', amount: '20.00' });
    expect((await backbone.patch(`/api/v1/grants/${grant.id}`, change, grant.version)).status).toBe(200);
    expect((await backbone.patch(`/api/v1/grants/${grant.id}`, change, grant.version)).status).toBe(412);
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    expect((await backbone.patch(`/api/v1/grants/${grant.id}`, change, grant.version + 2)).status).toBe(409);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
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
interface Return {
  id: string;
  amount: Amount;
  reversalReason: string | null;
  parts: { funder: string; earmark: string | null; amount: Amount }[];
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());

/** North gave £200 and South £100: £90 of the £150 for Stream is paid, £60 by North and £30 by South. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Thrifty Towns ${coalitions}`);
  await fund(coalition, '200.00');
  await fund(coalition, '100.00', { funderId: coalition.south });
  grantId = await award(coalition, {
    amount: '150.00',
    firstOn: '2026-12-31',
    everyMonths: 6,
    slices: [{ amount: '90.00' }, { remaining: true }],
  });
  await app.moveTo('2027-01-05T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-04');
});

const record = <Body = Return>(more: object = {}) =>
  coalition.finance.post<Body>(`/api/v1/grants/${grantId}/returns`, {
    amount: '10.00',
    receivedOn: '2027-01-05',
    bankReference: 'RET 1',
    ...more,
  });
const read = (id: string) =>
  coalition.finance.must(coalition.finance.get<Return>(`/api/v1/grant-returns/${id}`));
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
async function otherFinance(): Promise<Client> {
  const other = await app.person(`Other finance of thrifty towns ${coalitions}`);
  await app.seat(other, coalition.id, 'finance');
  return other;
}
const paidBy = async () => {
  const { backbone } = coalition;
  const grant = await backbone.must(
    backbone.get<{ returned: Amount; paidBy: { funder: string; amount: Amount }[] }>(
      `/api/v1/grants/${grantId}`,
    ),
  );
  return [grant.returned.amount, ...grant.paidBy.map(({ funder, amount }) => [funder, amount.amount])];
};

describe('what a partner gives back', () => {
  it('goes to the funders whose money paid the grant, in the shares that paid it', async () => {
    const { body } = await record();
    expect((await read(body.id)).parts.map(({ funder, amount }) => [funder, amount.amount])).toEqual([
      ['North River Trust', '6.67'],
      ['South Bank Fund', '3.33'],
    ]);
    expect(await paidBy()).toEqual(['10.00', ['North River Trust', '53.33'], ['South Bank Fund', '26.67']]);
    const { finance, poolId } = coalition;
    const { position } = await finance.must(
      finance.get<{ position: Record<string, Amount> }>(`/api/v1/pools/${poolId}`),
    );
    expect([position.cash?.amount, position.fundBalances?.amount]).toEqual(['220.00', '220.00']);
    await allHold();
  });

  it('is taken off what each funder paid, so that a second return shares what is left', async () => {
    await record({ amount: '89.99' });
    const { body } = await record({ amount: '0.01', bankReference: 'RET 2' });
    expect((await read(body.id)).parts.map(({ funder, amount }) => [funder, amount.amount])).toEqual([
      [expect.any(String), '0.01'],
    ]);
    expect(await paidBy()).toEqual(['90.00']);
    await allHold();
  });

  it('is in the statement of each funder, and in the figures of the pool', async () => {
    await record();
    const { finance, poolId, north } = coalition;
    const statement = await finance.must(
      finance.get<{ parts: Record<string, Amount>; closing: Amount }>(
        `/api/v1/pools/${poolId}/funders/${north}/statement`,
      ),
    );
    expect([
      statement.parts.paidOut?.amount,
      statement.parts.returned?.amount,
      statement.closing.amount,
    ]).toEqual(['-60.00', '6.67', '146.67']);
    const browser = await Browser.of(app, finance);
    expect((await browser.get(`/pools/${poolId}`)).html).toContain('£80.00');
  });

  it('frees cash for those who wait for it', async () => {
    const { finance, poolId, north } = coalition;
    await finance.must(
      finance.post(`/api/v1/pools/${poolId}/pledges`, {
        funderId: north,
        amount: '100.00',
        reference: 'P-LATER',
        signedOn: '2027-01-05',
        instalments: [{ dueOn: '2027-12-01', amount: '100.00' }],
      }),
    );
    const waitingId = await award(coalition, {
      amount: '215.00',
      firstOn: '2027-01-04',
      everyMonths: 1,
      equalInstalments: 1,
    });
    await app.drain();
    const waiting = async () => {
      const { instalments } = await finance.must(
        finance.get<{ instalments: { state: string; holdReasons: string[] }[] }>(
          `/api/v1/grants/${waitingId}`,
        ),
      );
      return instalments.map(({ state, holdReasons }) => [state, ...holdReasons]);
    };
    expect(await waiting()).toEqual([['held', 'short by £5.00']]);
    await record();
    await app.drain();
    expect(await waiting()).toEqual([['due']]);
    await allHold();
  });

  it.each([
    [{ amount: '0.00' }, 422, '/amount'],
    [{ amount: '90.01' }, 422, '/amount'],
    [{ amount: '1.234' }, 422, '/amount'],
    [{ receivedOn: '2027-01-06' }, 422, '/receivedOn'],
    [{ receivedOn: '2027-01-03' }, 422, '/receivedOn'],
  ])('is refused as %j', async (wrong, expected, pointer) => {
    const { status, body } = await record<ProblemBody>(wrong);
    expect([status, body.errors[0]?.pointer]).toEqual([expected, pointer]);
  });

  it('is recorded once', async () => {
    await record();
    const { status, body } = await record<ProblemBody>();
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([409, 'alreadyExists', '/bankReference']);
  });

  it('is not recorded in a locked period', async () => {
    const { finance, poolId } = coalition;
    await finance.must(finance.post(`/api/v1/pools/${poolId}/lock`, { through: '2027-01-04' }));
    const { body } = await record<ProblemBody>({ receivedOn: '2027-01-04' });
    expect([body.code, body.errors[0]?.pointer]).toEqual(['periodLocked', '/receivedOn']);
  });

  it('is reversed once, by somebody else', async () => {
    const { body: returned } = await record();
    const reverse = <Body = Return>(who: Client, more: object = {}) =>
      who.post<Body>(`/api/v1/grant-returns/${returned.id}/reverse`, {
        reason: 'Another grant’s',
        occurredOn: '2027-01-05',
        ...more,
      });
    expect((await reverse<ProblemBody>(coalition.finance)).body.code).toBe('makerIsChecker');
    const other = await otherFinance();
    const early = await reverse<ProblemBody>(other, { occurredOn: '2027-01-04' });
    expect(early.body.errors[0]?.pointer).toBe('/occurredOn');
    expect((await reverse(other)).body.reversalReason).toBe('Another grant’s');
    expect((await reverse<ProblemBody>(other)).body.code).toBe('stateForbids');
    expect(await paidBy()).toEqual(['0.00', ['North River Trust', '60.00'], ['South Bank Fund', '30.00']]);
    await allHold();
  });

  it('is seen by its partner, without the funders behind it', async () => {
    const { body } = await record();
    const { partner } = coalition;
    const list = await partner.must(partner.get<{ items: Return[] }>(`/api/v1/grants/${grantId}/returns`));
    expect(list.items.map(({ amount }) => amount.amount)).toEqual(['10.00']);
    expect((await partner.get(`/api/v1/grant-returns/${body.id}`)).status).toBe(403);
  });

  it('is recorded, read and reversed on pages', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/grants/${grantId}/returns`;
    expect((await browser.get(`/grants/${grantId}`)).html).toContain('Record a return');
    const fields = { amount: '12.5', receivedOn: '2027-01-05', bankReference: 'RET 9' };
    const key = () => ({ _idempotencyKey: crypto.randomUUID() });
    const refused = await browser.submit(home, { ...fields, ...key(), amount: '900' }, `${home}/new`);
    expect(refused.html).toContain('no more than that can be returned');
    const saved = await browser.submit(home, { ...fields, ...key() }, `${home}/new`);
    expect(saved.status).toBe(303);
    const { html } = await browser.get(saved.location!);
    expect(html).toContain('Return of £12.50');
    expect(html).toContain('You recorded this return');
    expect((await browser.get(home)).html).toContain('RET 9');
    expect((await browser.get(`/grants/${grantId}`)).html).toContain('recorded a return');
    const other = await Browser.of(app, await otherFinance());
    const reversed = await other.submit(
      `${saved.location}/reverse`,
      { reason: 'Recorded twice', occurredOn: '2027-01-05', ...key() },
      saved.location,
    );
    expect(reversed.status).toBe(303);
    expect((await other.get(saved.location!)).html).toContain('It counts no more');
  });
});

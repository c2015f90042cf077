import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface BankCharge {
  id: string;
  amount: { amount: string };
  reversalReason: string | null;
  shares: { funder: string; amount: { amount: string } }[];
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
/** North has £200 and South £100. */
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Charged Towns ${coalitions}`);
  await fund(coalition, '200.00');
  await fund(coalition, '100.00', { funderId: coalition.south });
});

const take = <Body = BankCharge>(more: object = {}) =>
  coalition.finance.post<Body>(`/api/v1/pools/${coalition.poolId}/bank-charges`, {
    amount: '10.00',
    takenOn: '2026-11-22',
    bankReference: 'CHG 10',
    note: 'Charges for October',
    ...more,
  });
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a bank charge', () => {
  it('is borne by the funders, by what each has left', async () => {
    const { body } = await take();
    const { finance, poolId } = coalition;
    const charge = await finance.must(finance.get<BankCharge>(`/api/v1/bank-charges/${body.id}`));
    expect(charge.shares.map(({ funder, amount }) => [funder, amount.amount])).toEqual([
      ['North River Trust', '6.67'],
      ['South Bank Fund', '3.33'],
    ]);
    const { position } = await finance.must(
      finance.get<{ position: Record<string, { amount: string }> }>(`/api/v1/pools/${poolId}`),
    );
    expect([position.cash?.amount, position.fundBalances?.amount]).toEqual(['290.00', '290.00']);
    await allHold();
  });

  it('is in the statement of each funder', async () => {
    await take();
    const { finance, poolId, north } = coalition;
    const { parts, closing } = await finance.must(
      finance.get<{ parts: Record<string, { amount: string }>; closing: { amount: string } }>(
        `/api/v1/pools/${poolId}/funders/${north}/statement`,
      ),
    );
    expect([parts.charges?.amount, closing.amount]).toEqual(['-6.67', '193.33']);
  });

  it('is recorded once', async () => {
    await take();
    const { status, body } = await take<ProblemBody>();
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([409, 'alreadyExists', '/bankReference']);
  });

  it.each([
    [{ amount: '0.00' }, '/amount'],
    [{ amount: '300.01' }, '/amount'],
    [{ takenOn: '2026-11-24' }, '/takenOn'],
  ])('is refused as %j', async (wrong, pointer) => {
    const { status, body } = await take<ProblemBody>(wrong);
    expect([status >= 409, body.errors[0]?.pointer]).toEqual([true, pointer]);
  });

  it('is reversed once, by somebody else', async () => {
    const { body: charge } = await take();
    const reverse = <Body = BankCharge>(who: TestCoalition['finance']) =>
      who.post<Body>(`/api/v1/bank-charges/${charge.id}/reverse`, {
        reason: 'Not ours',
        occurredOn: '2026-11-23',
      });
    expect((await reverse<ProblemBody>(coalition.finance)).body.code).toBe('makerIsChecker');
    const other = await app.person(`Other finance ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    expect((await reverse(other)).body.reversalReason).toBe('Not ours');
    expect((await reverse<ProblemBody>(other)).body.code).toBe('stateForbids');
    await allHold();
  });

  it('is recorded and read on pages', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/bank-charges`;
    const fields = { amount: '1.50', takenOn: '2026-11-23', bankReference: 'CHG 11' };
    const saved = await browser.submit(
      home,
      { ...fields, _idempotencyKey: crypto.randomUUID() },
      `${home}/new`,
    );
    expect(saved.status).toBe(303);
    const { html } = await browser.get(saved.location!);
    expect(html).toContain('Bank charge of £1.50');
    expect(html).toContain('Who bore it');
    expect((await browser.get(home)).html).toContain('CHG 11');
  });
});

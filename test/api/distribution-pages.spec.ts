import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, sign, type TestCoalition } from '../support/coalition.js';
import { InvestorBond } from '../support/investor-bond.js';

const returns = {
  kind: 'waterfall',
  tiers: [
    { kind: 'fee', amount: '1000.00' },
    { kind: 'capital' },
    { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
    { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
  ],
};

let app: TestApp;
let coalition: TestCoalition;
let bond: InvestorBond;
let finance: Browser;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
/** 100,000.00 of capital of 1 January 2022, and 10,000.00 of outcome payments of 31 December. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Shared Towns ${coalitions}`);
  bond = await InvestorBond.active(app, coalition, { returns });
  await bond.drawn('A', '60000.00', '2022-01-01');
  await bond.drawn('B', '40000.00', '2022-01-01');
  await bond.paidOutcomes('10000', 1, '2022-12-31');
  finance = await Browser.of(app, coalition.finance);
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const form = () => `/bonds/${bond.id}/distributions/new`;
const key = async (path: string) =>
  /name="_idempotencyKey" value="([^"]+)"/.exec((await finance.get(path)).html)![1]!;
/** Sends a form that moves money, with the key it was drawn with. */
const send = async (path: string, fields: Record<string, string>, from: string) =>
  finance.submit(path, { _idempotencyKey: await key(from), ...fields }, from);
const ask = (fields: Record<string, string>) => send(`/bonds/${bond.id}/distributions`, fields, form());
const approve = async (path: string) => {
  const { approvalId } = await bond.get<{ approvalId: string }>(path);
  await sign(coalition, approvalId);
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('asking for a distribution', () => {
  it('shows first what all that is free would come to, tier by tier', async () => {
    const page = words(await finance.get(form()));
    expect(page).toContain('£109,396.71 would leave the account, of £110,000.00 that is free.');
    expect(page).toMatch(/1\. Fee .*£1,000\.00 .*2\. Return of capital .*£100,000\.00/);
  });

  it('works out anew what is typed, and saves nothing', async () => {
    const preview = await finance.submit(
      `/bonds/${bond.id}/distributions/preview`,
      { asOf: '2022-12-31', amount: '51,000', reason: '' },
      form(),
    );
    expect(preview.status).toBe(200);
    expect(words(preview)).toContain('£51,000.00 would leave the account');
    expect(words(preview)).toMatch(/Patient Capital \d+ 30,000\.00 0\.00 30,000\.00/);
    expect(await app.rows(`SELECT 1 FROM distributions WHERE bond_id = $1`, [bond.id])).toEqual([]);
  });

  it('says why nothing can be worked out, and refuses it at the field', async () => {
    const preview = await finance.submit(
      `/bonds/${bond.id}/distributions/preview`,
      { asOf: '2022-12-31', amount: '110,000.01' },
      form(),
    );
    expect(words(preview)).toContain('The bond has £110,000.00 to distribute as of 2022-12-31.');
    const refused = await ask({ asOf: '2022-12-31', amount: '110,000.01', reason: 'All' });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/id="field-amount"[^>]* aria-invalid="true"[^>]* value="110000\.01"/);
  });

  it('is approved by others, paid, and then an entry of the ledger', async () => {
    const asked = await ask({ asOf: '2022-12-31', amount: '51,000', reason: 'The first year' });
    const path = asked.location!;
    expect(words(await finance.get(path))).toMatch(/Distribution of £51,000\.00 .*To approve/);
    await approve(path.slice(1));
    const paid = await send(`${path}/pay`, { bankReference: 'BACS 9', paidOn: '2022-12-31' }, path);
    expect(paid.location).toBe(path);
    const page = await finance.get(path);
    expect(words(page)).toMatch(/Paid on 31 Dec 2022 Bank reference BACS 9/);
    const entry = /href="(\/entries\/[^"]+)"/.exec(page.html)![1]!;
    expect((await finance.get(entry)).html).toContain(`href="${path}"`);
    await allHold();
  });

  it('is taken back with a reason while it is not paid', async () => {
    const path = (await ask({ asOf: '2022-12-31', amount: '51,000', reason: 'The first year' })).location!;
    await approve(path.slice(1));
    const refused = await finance.submit(`${path}/withdraw`, { reason: '' }, path);
    expect(refused.status).toBe(422);
    await finance.submit(`${path}/withdraw`, { reason: 'Asked for too early' }, path);
    expect(words(await finance.get(path))).toMatch(/Not paid .*Asked for too early/);
  });
});

describe('closing a bond', () => {
  const home = () => `/bonds/${bond.id}/closing`;

  it('says what must be over first, and where that is mended', async () => {
    const page = await finance.get(home());
    expect(words(page)).toContain('£109,396.71 is due by the terms, and not distributed.');
    expect(page.html).toContain(`href="${form()}"`);
    expect(page.html).not.toContain('Ask to close the bond');
  });

  it('shows how it would end, is asked for, and closes it when others agree', async () => {
    await bond.distributed('2022-12-31');
    expect(words(await finance.get(home()))).toMatch(/Left over, for the pool £603\.29/);
    const early = await send(home(), { closedOn: '2022-12-30', reason: 'Over' }, home());
    expect(early.status).toBe(422);
    expect(early.html).toContain('Money of the bond moved on 2022-12-31.');
    const asked = await send(home(), { closedOn: '2022-12-31', reason: 'The term is over' }, home());
    expect(words(await finance.get(home()))).toContain('has asked to close it.');
    await approve(asked.location!.slice(1));
    const page = words(await finance.get(asked.location!));
    expect(page).toMatch(/Closed .*North River Trust 402\.19 South Bank Fund 201\.10/);
    await allHold();
  });
});

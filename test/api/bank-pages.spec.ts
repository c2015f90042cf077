import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { camt, TestBank } from '../support/bank.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Bank Page Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
});

describe('the page beside the bank', () => {
  it('takes a file, says what came of it, and offers what a line may be', async () => {
    const paymentId = await bank.approvedPayment();
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/bank`;
    const { html } = await browser.get(home);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!;
    const xml = camt('S-1', [{ reference: 'B-1', amount: '2500.00' }], {
      opening: '10000.00',
      closing: '7500.00',
    });
    const sent = await browser.upload(
      `/pools/${coalition.poolId}/bank-statements`,
      { _csrf: csrf },
      'file',
      xml,
    );
    expect([sent.status, sent.location]).toEqual([303, home]);
    const after = await browser.get(home);
    expect(after.html).toContain('1 line added, 0 matched, 1 waiting.');
    expect(after.html).toContain('approved, due 1 Dec 2026; of this amount, 1 day apart');
    const [line] = await bank.lines();
    await browser.submit(
      `/bank-lines/${line!.id}/match`,
      { kind: 'disbursement', id: paymentId, _idempotencyKey: crypto.randomUUID() },
      home,
    );
    expect((await browser.get(home)).html).toContain('all is accounted for');
  });

  it('says what is wrong with a file, and keeps nothing', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/bank`;
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get(home)).html)![1]!;
    await browser.upload(`/pools/${coalition.poolId}/bank-statements`, { _csrf: csrf }, 'file', 'Dear Sir');
    expect((await browser.get(home)).html).toContain('The file is not readable XML');
  });

  it('records a line that nobody has recorded yet', async () => {
    app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    const lines = [{ reference: 'B-9', amount: '40.00', direction: 'CRDT' as const }];
    await bank.send(camt('S-1', lines, { opening: '0.00', closing: '40.00' }));
    const [line] = await bank.lines();
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/bank`;
    await browser.submit(
      `/bank-lines/${line!.id}/contribution`,
      { funderId: coalition.north, _idempotencyKey: crypto.randomUUID() },
      home,
    );
    expect((await browser.get(home)).html).toContain('Line B-9 is recorded as a contribution.');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../src/platform/verify/check.js';
import { poolsChecks } from '../../src/pools/pools.checks.js';
import type { Page } from '../../src/platform/http/list.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  type Made,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';
import { madeReport, tableOf } from '../support/finance-report.js';

interface Amount {
  amount: string;
}
interface Pledge extends Made {
  state: string;
  amount: Amount;
  received: Amount;
  instalments: { number: number; dueOn: string; amount: Amount; received: Amount; state: string }[];
}
interface Change {
  number: number;
  kind: string;
  reason: string;
  amountBefore: Amount;
  amountAfter: Amount;
  planAfter: { dueOn: string; amount: string; received: string }[];
  entryId: string | null;
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Pledge Towns ${coalitions}`);
});

/** £300 in three years, of which £110 have come: the first instalment, and a tenth of the second. */
async function pledged({ received = '110.00' }: { received?: string | null } = {}): Promise<Pledge> {
  const { finance, poolId, north } = coalition;
  const { id } = await finance.must(
    finance.post<Made>(`/api/v1/pools/${poolId}/pledges`, {
      ...{ funderId: north, reference: 'NRT', amount: '300.00', signedOn: '2026-11-01' },
      instalments: [
        { dueOn: '2026-11-15', amount: '100.00' },
        { dueOn: '2027-11-15', amount: '100.00' },
        { dueOn: '2028-11-15', amount: '100.00' },
      ],
    }),
  );
  if (received !== null) await receive(received);
  return read(id);
}

const receive = (amount: string) =>
  coalition.finance.must(
    coalition.finance.post<Made>(`/api/v1/pools/${coalition.poolId}/contributions`, {
      ...{ funderId: coalition.north, amount, receivedOn: '2026-11-20', bankReference: `FPS ${amount}` },
    }),
  );
const read = (id: string) => coalition.finance.must(coalition.finance.get<Pledge>(`/api/v1/pledges/${id}`));
const changesOf = async (id: string) =>
  (await coalition.finance.must(coalition.finance.get<Page<Change>>(`/api/v1/pledges/${id}/changes`))).items;
const receivable = async () =>
  (
    await app.rows<{ balance: bigint | string }>(
      `SELECT coalesce(sum(balance), 0)::text AS balance FROM accounts
       WHERE kind = 'pledgesReceivable' AND coalition_id = '${coalition.id}'`,
    )
  )[0]!.balance;
const change = <Body = Pledge>(
  pledge: Made,
  how: 'amend' | 'cancel' | 'write-off',
  body: object,
  { who = coalition.finance, version = pledge.version } = {},
) =>
  who.send<Body>({
    method: 'POST',
    url: `/api/v1/pledges/${pledge.id}/${how}`,
    payload: body,
    headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': `"${version}"` },
  });
const allHold = async () => {
  const results = await runChecks(poolsChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('an amendment', () => {
  it('keeps what has come, replaces what is to come, and says why', async () => {
    const pledge = await pledged();
    const instalments = [
      { dueOn: '2027-06-01', amount: '50.00' },
      { dueOn: '2028-06-01', amount: '40.00' },
    ];
    const { body } = await change(pledge, 'amend', { instalments, reason: 'The trust gives less' });
    expect(body).toMatchObject({ state: 'signed', amount: { amount: '200.00' } });
    const after = await read(pledge.id);
    expect(after.instalments.map((each) => [each.dueOn, each.amount.amount, each.received.amount])).toEqual([
      ['2026-11-15', '100.00', '100.00'],
      ['2027-11-15', '10.00', '10.00'],
      ['2027-06-01', '50.00', '0.00'],
      ['2028-06-01', '40.00', '0.00'],
    ]);
    expect(await receivable()).toBe('9000');
    const [version] = await changesOf(pledge.id);
    expect(version).toMatchObject({
      ...{ number: 1, kind: 'amended', reason: 'The trust gives less' },
      ...{ amountBefore: { amount: '300.00' }, amountAfter: { amount: '200.00' } },
    });
    await allHold();
  });

  it('of dates alone posts nothing: the ledger holds no due dates', async () => {
    const pledge = await pledged({ received: null });
    const instalments = [{ dueOn: '2029-01-01', amount: '300.00' }];
    await change(pledge, 'amend', { instalments, reason: 'All at the end' });
    const [version] = await changesOf(pledge.id);
    expect(version).toMatchObject({ entryId: null, amountAfter: { amount: '300.00' } });
    expect(await receivable()).toBe('30000');
    await allHold();
  });

  it('names what is wrong, and changes nothing', async () => {
    const pledge = await pledged();
    const refused = await change<ProblemBody>(pledge, 'amend', {
      instalments: [
        { dueOn: '2028-01-01', amount: '0.00' },
        { dueOn: '2028-01-01', amount: '1.00' },
      ],
      reason: 'x',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
      '/instalments/0/amount',
      '/instalments/1/dueOn',
    ]);
    expect((await read(pledge.id)).version).toBe(pledge.version);
  });

  it('is refused to who saw an older version, and to another funder', async () => {
    const pledge = await pledged();
    const body = { instalments: [{ dueOn: '2028-01-01', amount: '5.00' }], reason: 'x' };
    expect((await change(pledge, 'amend', body, { version: pledge.version - 1 })).status).toBe(412);
    const other = await app.person('Funder for South');
    await app.seat(other, coalition.id, 'funder', coalition.south);
    expect((await change(pledge, 'amend', body, { who: other })).status).toBe(403);
    expect((await change(pledge, 'amend', body, { who: coalition.funder })).status).toBe(200);
  });

  it('cannot take away what an awarded grant counts on', async () => {
    const pledge = await pledged({ received: null });
    await award(coalition, { amount: '250.00', firstOn: '2027-12-01', everyMonths: 12, equalInstalments: 1 });
    const less = { instalments: [{ dueOn: '2027-06-01', amount: '249.99' }], reason: 'Less' };
    const refused = await change<ProblemBody>(pledge, 'amend', less);
    expect([refused.status, refused.body.code]).toEqual([422, 'insufficientFunds']);
    expect(await changesOf(pledge.id)).toEqual([]);
    const enough = { instalments: [{ dueOn: '2027-06-01', amount: '250.00' }], reason: 'Just enough' };
    expect((await change(pledge, 'amend', enough)).status).toBe(200);
  });
});

describe('a pledge that ends', () => {
  it('is cancelled as to its open part; what has come stays', async () => {
    const pledge = await pledged();
    const { body } = await change(pledge, 'cancel', { reason: 'The programme is closed' });
    expect(body).toMatchObject({
      ...{ state: 'cancelled', amount: { amount: '110.00' }, received: { amount: '110.00' } },
    });
    expect(await receivable()).toBe('0');
    const refused = await change<ProblemBody>({ ...pledge, version: body.version }, 'cancel', {
      reason: 'Again',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'stateForbids']);
    await allHold();
  });

  it('is written off by finance alone, and keeps its plan to be read where nothing had come', async () => {
    const pledge = await pledged({ received: null });
    const byBackbone = await change(pledge, 'write-off', { reason: 'x' }, { who: coalition.backbone });
    expect(byBackbone.status).toBe(403);
    const { body } = await change(pledge, 'write-off', { reason: 'The trust is insolvent' });
    expect(body).toMatchObject({ state: 'writtenOff', amount: { amount: '300.00' } });
    expect((await changesOf(pledge.id))[0]).toMatchObject({ amountAfter: { amount: '0.00' } });
    expect(await receivable()).toBe('0');
    await allHold();
  });

  it('is open again for what is found not to have come', async () => {
    const pledge = await pledged();
    await change(pledge, 'cancel', { reason: 'The programme is closed' });
    const [contribution] = await app.rows<{ id: string }>(
      `SELECT id FROM contributions WHERE coalition_id = '${coalition.id}'`,
    );
    const checker = await app.person('Second finance officer');
    await app.seat(checker, coalition.id, 'finance');
    await checker.must(
      checker.post(`/api/v1/contributions/${contribution!.id}/reverse`, {
        ...{ reason: 'It was another trust’s', occurredOn: '2026-11-23' },
      }),
    );
    expect(await read(pledge.id)).toMatchObject({ state: 'signed', received: { amount: '0.00' } });
    expect(await receivable()).toBe('11000');
    await allHold();
  });
});

describe('the reminders of a pledge', () => {
  const mails = () =>
    app.rows<{ to: string; subject: string }>(
      `SELECT to_address AS to, subject FROM mail_messages WHERE template = 'pledge.reminder'
       AND coalition_id = '${coalition.id}' ORDER BY created_at, to_address`,
    );

  it('reach the funder before and after, finance once it is late, and end when it has come', async () => {
    const { finance, funder } = coalition;
    await pledged();
    await app.moveTo('2027-11-01T09:00:00Z');
    await app.moveTo('2027-11-12T09:00:00Z');
    expect((await mails()).map(({ to, subject }) => [to, subject])).toEqual([
      [funder.email, '£90.00 of pledge NRT is due on 15 Nov 2027'],
      [funder.email, '£90.00 of pledge NRT is due on 15 Nov 2027'],
    ]);
    await app.moveTo('2027-11-18T09:00:00Z');
    const late = (await mails()).slice(2);
    expect(new Set(late.map(({ to }) => to))).toEqual(new Set([funder.email, finance.email]));
    expect(late[0]!.subject).toBe('£90.00 of pledge NRT was due on 15 Nov 2027');
    await receive('90.00');
    await app.moveTo('2027-12-20T09:00:00Z');
    expect(await mails()).toHaveLength(4);
  });

  it('follow an amendment: those of the old plan do not come', async () => {
    const pledge = await pledged();
    const instalments = [{ dueOn: '2028-03-01', amount: '190.00' }];
    await change(pledge, 'amend', { instalments, reason: 'Later' });
    await app.moveTo('2028-02-16T09:00:00Z');
    await app.moveTo('2028-02-27T09:00:00Z');
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      '£190.00 of pledge NRT is due on 1 Mar 2028',
      '£190.00 of pledge NRT is due on 1 Mar 2028',
    ]);
  });
});

describe('a report on the pool as of an earlier instant', () => {
  it('shows the plan as it was then, whatever was changed since', async () => {
    const pledge = await pledged();
    const asOf = app.clock.now().toISOString();
    const years = async () => {
      const run = await madeReport(app, coalition.finance, coalition.poolId, { asOf });
      return tableOf(run, 'years').map(({ year, pledged }) => [Number(year), pledged]);
    };
    const before = await years();
    app.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
    const instalments = [{ dueOn: '2031-06-01', amount: '1000.00' }];
    await change(pledge, 'amend', { instalments, reason: 'More, and later' });
    expect(await years()).toEqual(before);
    expect(before).toEqual([
      [2026, '100.00'],
      [2027, '100.00'],
      [2028, '100.00'],
    ]);
  });
});

describe('the pages of a pledge', () => {
  it('amend it by a form that begins with what is expected, and show both versions side by side', async () => {
    const pledge = await pledged();
    const browser = await Browser.of(app, coalition.finance);
    const form = await browser.get(`/pledges/${pledge.id}/amend`);
    expect(form.html).toMatch(/name="instalments\[0\].amount"[^>]*value="90.00"/);
    const sent = await browser.submit(`/pledges/${pledge.id}/amend`, {
      ...{ version: String(pledge.version), occurredOn: '2026-11-23', reason: 'A shorter term' },
      ...{ 'instalments[0].dueOn': '2027-06-01', 'instalments[0].amount': '1,250.5' },
      _idempotencyKey: crypto.randomUUID(),
    });
    expect([sent.status, sent.location]).toEqual([303, `/pledges/${pledge.id}`]);
    const { html } = await browser.get(`/pledges/${pledge.id}`);
    expect(html).toContain('“A shorter term”');
    expect(html).toContain('£1,360.50');
  });

  it('do not offer a write-off to the backbone, nor a change to an observer', async () => {
    const pledge = await pledged();
    const backbone = await Browser.of(app, coalition.backbone);
    const { html } = await backbone.get(`/pledges/${pledge.id}`);
    expect([html.includes('/cancel"'), html.includes('/write-off"')]).toEqual([true, false]);
  });
});

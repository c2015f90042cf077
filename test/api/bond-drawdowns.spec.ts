import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import type { CallBody } from '../support/investor-bond.js';
import { accountsOf, activeBond, allHold, investorOf, refusal } from '../support/investor-cases.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Call Towns ${coalitions}`);
});

const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);

describe('capital', () => {
  it('is called within the commitment, comes in parts, and is capital of the investor', async () => {
    const bond = await active();
    const call = await coalition.finance.must(bond.call('A', '45000.00', '2022-02-01'));
    expect([call.reference, call.state]).toEqual([`${bond.reference}/C1`, 'called']);
    expect(await refusal(bond.call('A', '15000.01', '2022-03-01'))).toEqual([
      ...[422, 'ruleBroken', '/amount'],
      `£15,000.00 of what ${(await investorOf(bond, 'A')).name} committed is not called yet.`,
    ]);
    bond.moveTo('2022-02-20');
    await bond.received(call.id, '20000.00', '2022-02-01');
    await bond.received(call.id, '25000.00', '2022-02-20');
    const { state, received } = await bond.get<CallBody>(`drawdown-calls/${call.id}`);
    expect([state, received.amount]).toEqual(['received', '45000.00']);
    expect(await accountsOf(bond)).toEqual(['investorCapital 4500000']);
    expect(
      await refusal(
        bond.post(`drawdown-calls/${call.id}/receipts`, {
          ...{ amount: '0.01', receivedOn: '2022-02-20', bankReference: 'More' },
        }),
      ),
    ).toEqual([422, 'ruleBroken', '/amount', '£0.00 is open of this call. Call what is more first.']);
    await allHold(app);
  });

  it('is reminded of on the ladder of invoices, and no more once it has come', async () => {
    const bond = await active();
    await app.seat(
      await app.person(`Investor of call ${coalitions}`),
      coalition.id,
      'funder',
      (await investorOf(bond, 'A')).organisationId,
    );
    const call = await coalition.finance.must(bond.call('A', '45000.00', '2022-02-01'));
    await app.moveTo('2022-01-20T09:00:00Z');
    await bond.received(call.id, '5000.00', '2022-01-20');
    await app.moveTo('2022-01-30T09:00:00Z');
    await app.moveTo('2022-02-04T09:00:00Z');
    await bond.received(call.id, '40000.00', '2022-02-04');
    await app.moveTo('2022-03-10T09:00:00Z');
    const mails = await app.rows<{ subject: string }>(
      `SELECT subject FROM mail_messages WHERE template = 'drawdownCall.reminder' AND coalition_id = $1 ORDER BY created_at, to_address`,
      [coalition.id],
    );
    expect(mails.map(({ subject }) => subject)).toEqual([
      `£45,000.00 of capital call ${bond.reference}/C1 is due on 1 Feb 2022`,
      `£40,000.00 of capital call ${bond.reference}/C1 is due on 1 Feb 2022`,
      // Late: to the investor, and to finance.
      `£40,000.00 of capital call ${bond.reference}/C1 was due on 1 Feb 2022`,
      `£40,000.00 of capital call ${bond.reference}/C1 was due on 1 Feb 2022`,
    ]);
  });

  it('that was recorded by mistake is taken back by somebody else, unless it is spent or was counted', async () => {
    await fund(coalition, '20000.00', { on: '2022-01-01' });
    const bond = await active();
    const other = await app.person(`Other finance of call ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    const reverse = (receiptId: string, who: Client) =>
      who.post<ProblemBody>(`/api/v1/drawdown-receipts/${receiptId}/reverse`, {
        ...{ reason: 'It was for another bond', occurredOn: '2022-01-01' },
      });
    const call = await coalition.finance.must(bond.call('A', '10000.00', '2022-01-01'));
    const first = await bond.received(call.id, '4000.00', '2022-01-01');
    const second = await bond.received(call.id, '6000.00', '2022-01-01');
    expect((await reverse(first.id, coalition.finance)).body.code).toBe('makerIsChecker');
    expect((await reverse(first.id, other)).status).toBe(200);
    expect((await reverse(first.id, other)).body.code).toBe('stateForbids');
    await bond.advanced('5000.00', '2022-01-01');
    expect(await refusal(reverse(second.id, other))).toEqual([
      ...[
        422,
        'insufficientFunds',
        null,
        'The bond has spent this money already, so it cannot be taken back.',
      ],
    ]);
    expect(await accountsOf(bond)).toEqual(['investorCapital 600000', 'programmeCost 500000']);
    await allHold(app);
  });

  it('that is not expected any more is cancelled, and may be called again', async () => {
    const bond = await active();
    const call = await coalition.finance.must(bond.call('B', '40000.00', '2022-02-01'));
    await bond.received(call.id, '10000.00', '2022-01-01');
    await bond.must(`drawdown-calls/${call.id}/cancel`, { reason: 'Less is needed' });
    expect((await bond.get<CallBody>(`drawdown-calls/${call.id}`)).state).toBe('cancelled');
    const receipt = { amount: '1.00', receivedOn: '2022-01-01', bankReference: 'Late' };
    expect((await bond.post<ProblemBody>(`drawdown-calls/${call.id}/receipts`, receipt)).status).toBe(409);
    expect((await bond.call<ProblemBody>('B', '30000.01', '2022-02-01')).status).toBe(422);
    expect((await bond.call('B', '30000.00', '2022-02-01')).status).toBe(201);
    await allHold(app);
  });
});

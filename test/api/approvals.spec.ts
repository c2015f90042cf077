import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { readInbox, signaturesOf } from '../../src/pools/approvals/approvals.read.js';
import { DisbursementsService } from '../../src/payments/disbursements.service.js';
import type { CheckResult } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Approval {
  id: string;
  contentHash: string;
  required: number;
  given: number;
  state: string;
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
  coalition = await foundCoalition(app, `Signing Towns ${coalitions}`, {
    pool: {
      approvalTiers: [
        { above: '10000.00', approvers: 2 },
        { above: '50000.00', approvers: 3 },
      ],
    },
  });
});

/** A request to release this amount, due on 1 December. */
async function request(amount: string): Promise<Approval> {
  const { finance } = coalition;
  await fund(coalition, '100000.00');
  const grant = await award(coalition, {
    ...{ amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 },
  });
  await app.moveTo('2026-12-01T08:00:00Z');
  const { instalments } = await finance.must(
    finance.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grant}`),
  );
  const payment = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/instalments/${instalments[0]!.id}/release`),
  );
  return read(payment.approvalId);
}

const read = (id: string): Promise<Approval> =>
  coalition.finance.must(coalition.finance.get<Approval>(`/api/v1/approvals/${id}`));
const approve = (by: Client, { id, contentHash }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/approve`, { contentHash });
const reject = (by: Client, { id, contentHash }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/reject`, { contentHash, reason: 'Not now' });
const withdraw = (by: Client, { id }: Approval) =>
  by.post<Approval & ProblemBody>(`/api/v1/approvals/${id}/withdraw`, { reason: 'By mistake' });

const happened = async (action: string): Promise<number> =>
  (
    await app.rows(`SELECT 1 FROM audit_events WHERE coalition_id = $1 AND action = $2`, [
      coalition.id,
      action,
    ])
  ).length;

async function seatApprovers(count: number): Promise<Client[]> {
  const people: Client[] = [];
  for (let number = 1; number <= count; number += 1) {
    const person = await app.person(`Approver ${coalitions}-${number}`);
    await app.seat(person, coalition.id, 'approver');
    people.push(person);
  }
  return people;
}

describe('the tiers of a pool', () => {
  it.each([
    ['10000.00', 1],
    ['10000.01', 2],
    ['50000.01', 3],
  ])('ask %s for %s', async (amount, required) => {
    expect((await request(amount)).required).toBe(required);
  });

  it('are refused where a higher amount takes no more people, naming the field', async () => {
    const { backbone, poolId } = coalition;
    const { version } = await backbone.must(backbone.get<{ version: number }>(`/api/v1/pools/${poolId}`));
    const refused = await backbone.patch<ProblemBody>(
      `/api/v1/pools/${poolId}`,
      {
        approvalTiers: [
          { above: '10.00', approvers: 3 },
          { above: '20.00', approvers: 2 },
        ],
      },
      version,
    );
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]!.pointer).toBe('/approvalTiers/1/approvers');
  });

  it('are shown as they hold', async () => {
    const { funder, poolId } = coalition;
    expect(await funder.must(funder.get(`/api/v1/pools/${poolId}`))).toMatchObject({
      approvalTiers: [
        { above: { amount: '10000.00', currency: 'GBP' }, approvers: 2 },
        { above: { amount: '50000.00', currency: 'GBP' }, approvers: 3 },
      ],
    });
  });

  it('take n of m: any of those with an approver’s seat, each once', async () => {
    const asked = await request('60000.00');
    const [third] = await seatApprovers(1);
    expect((await approve(coalition.approver, asked)).body).toMatchObject({ state: 'open', given: 1 });
    expect(await approve(coalition.approver, asked)).toMatchObject({ status: 409 });
    expect((await approve(third!, asked)).body).toMatchObject({ state: 'open', given: 2 });
    expect((await approve(coalition.secondApprover, asked)).body).toMatchObject({
      state: 'approved',
      given: 3,
    });
  });
});

describe('an approver who is away', () => {
  const away = { sinceOn: '2026-11-30', untilOn: '2026-12-04', reason: 'On leave' };
  const delegate = (by: Client, to: Client, more: object = {}) =>
    by.post<{ id: string } & ProblemBody>(`/api/v1/coalitions/${coalition.id}/delegations`, {
      ...{ delegateId: to.id, ...away, ...more },
    });

  it('lets somebody sign in their stead, who sees it in the inbox, and both names stay', async () => {
    const { approver, backbone } = coalition;
    await approver.must(delegate(approver, backbone));
    const asked = await request('500.00');
    const waiting = await app.as(backbone, (tx) => readInbox(tx, backbone.id));
    expect(waiting).toEqual([
      expect.objectContaining({ id: asked.id, place: 'mine', inSteadOf: approver.name }),
    ]);
    expect((await approve(backbone, asked)).body).toMatchObject({ state: 'approved' });
    const signatures = await app.as(backbone, (tx) => signaturesOf(tx, asked.id));
    expect(signatures).toEqual([
      expect.objectContaining({ name: backbone.name, inSteadOf: approver.name, verdict: 'approve' }),
    ]);
  });

  it('is not stood in for outside the days, nor after the delegation was ended', async () => {
    const { approver, backbone } = coalition;
    await approver.must(delegate(approver, backbone, { untilOn: '2026-11-30' }));
    const { id } = await approver.must(delegate(approver, backbone));
    await approver.must(approver.post(`/api/v1/delegations/${id}/end`));
    const asked = await request('500.00');
    expect(await approve(backbone, asked)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('is never stood in for by who asked', async () => {
    const { approver, finance } = coalition;
    await approver.must(delegate(approver, finance));
    const asked = await request('500.00');
    expect(await approve(finance, asked)).toMatchObject({ status: 403, body: { code: 'makerIsChecker' } });
  });

  it('is not signed for once they have signed themselves, and the other way round', async () => {
    const { approver, backbone, secondApprover } = coalition;
    await approver.must(delegate(approver, backbone));
    const first = await request('20000.00');
    await approver.must(approve(approver, first));
    expect(await approve(backbone, first)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const second = await request('20000.00');
    await backbone.must(approve(backbone, second));
    expect(await approve(approver, second)).toMatchObject({ status: 409, body: { code: 'stateForbids' } });
    expect((await approve(secondApprover, second)).body).toMatchObject({ state: 'approved', given: 2 });
  });

  it('who stands in for another signs once, for themselves', async () => {
    const { approver, secondApprover } = coalition;
    await approver.must(delegate(approver, secondApprover));
    const asked = await request('20000.00');
    await secondApprover.must(approve(secondApprover, asked));
    expect(await approve(secondApprover, asked)).toMatchObject({ status: 409 });
    expect(await read(asked.id)).toMatchObject({ state: 'open', given: 1 });
  });

  it('names somebody else, with a seat other than a partner’s, on days that are not over', async () => {
    const { approver, partner, backbone, finance } = coalition;
    const pointerOf = async (sent: ReturnType<typeof delegate>) => (await sent).body.errors[0]!.pointer;
    expect(await pointerOf(delegate(approver, approver))).toBe('/delegateId');
    expect(await pointerOf(delegate(approver, partner))).toBe('/delegateId');
    expect(await pointerOf(delegate(approver, backbone, { untilOn: '2026-11-29' }))).toBe('/untilOn');
    expect((await delegate(finance, backbone)).status).toBe(403);
  });

  it('cannot be stood in for behind the rules', async () => {
    const { backbone, approver } = coalition;
    const asked = await request('500.00');
    const forged = app.as(backbone, (tx) =>
      tx.run(
        `INSERT INTO approval_signatures (coalition_id, approval_id, person_id, verdict, content_hash, at, for_person_id,
           delegation_id) VALUES ($1, $2, $3, 'approve', $4, now(), $5, $2)`,
        [coalition.id, asked.id, backbone.id, asked.contentHash, approver.id],
      ),
    );
    await expect(forged).rejects.toThrow(expect.objectContaining({ code: 'ruleBroken' }));
  });
});

describe('whoever can sign', () => {
  interface Letter {
    to: string;
    subject: string;
    text: string;
    state: string;
  }
  const letters = () =>
    app.rows<Letter>(
      `SELECT to_address AS to, subject, text_body AS text, state FROM mail_messages
       WHERE template = 'approval.waiting' AND coalition_id = $1 ORDER BY created_at, to_address`,
      [coalition.id],
    );
  const readers = async () => (await letters()).map(({ to }) => to);
  const steps = (id: string) =>
    app.rows<{ step: string; state: string; note: string }>(
      `SELECT period_key AS step, state, note FROM occurrences WHERE kind = 'approval.remind' AND subject_id = $1
       ORDER BY due_at`,
      [id],
    );

  it('is told what waits, with amount, subject and link; who asked is not', async () => {
    const { approver, secondApprover } = coalition;
    const asked = await request('500.00');
    await app.drain();
    expect(await readers()).toEqual([approver.email, secondApprover.email]);
    const [letter] = await letters();
    expect(letter!.subject).toMatch(
      /^Your approval is asked for: Release £500\.00 to Stream Youth Work \(G-\d+, instalment 1\)$/,
    );
    expect(letter!.text).toContain(`/approvals/${asked.id}`);
    expect(letter!.text).toContain(`Finance of Signing Towns ${coalitions}`);
    const inbox = await approver.must(
      approver.get<{ items: { topic: string; subject: string }[] }>('/api/v1/me/notices'),
    );
    expect(inbox.items).toEqual([expect.objectContaining({ topic: 'payments', subject: letter!.subject })]);
  });

  it('is reminded after two and five working days, until it is decided', async () => {
    const { approver } = coalition;
    // Asked on Tuesday 1 December: reminded on Thursday, and on Tuesday.
    const asked = await request('500.00');
    await app.moveTo('2026-12-03T07:59:00Z');
    expect(await readers()).toHaveLength(2);
    await app.moveTo('2026-12-03T08:00:00Z');
    expect((await letters()).at(-1)!.subject).toMatch(/^Still waits for your approval: Release £500\.00/);
    expect(await readers()).toHaveLength(4);
    await approver.must(approve(approver, asked));
    expect((await letters()).map(({ state }) => state)).toEqual(Array(4).fill('withdrawn'));
    await app.moveTo('2026-12-09T09:00:00Z');
    expect(await readers()).toHaveLength(4);
    expect(await steps(asked.id)).toEqual([
      { step: 'asked', state: 'done', note: 'written to 2 readers' },
      { step: 'w+2', state: 'done', note: 'written to 2 readers' },
      { step: 'w+5', state: 'skipped', note: 'it was approved' },
    ]);
  });

  it.each([
    ['rejected', (asked: Approval) => reject(coalition.approver, asked), 'it was rejected'],
    ['taken back', (asked: Approval) => withdraw(coalition.finance, asked), 'it was taken back'],
  ])('hears no more of what was %s', async (_how, end, note) => {
    const asked = await request('500.00');
    expect((await end(asked)).status).toBe(200);
    await app.moveTo('2026-12-09T09:00:00Z');
    expect(await readers()).toEqual([]);
    expect((await steps(asked.id)).map((step) => step.note)).toEqual([note, note, note]);
  });

  it('hears no more of what they have signed, while others still do', async () => {
    const { approver, secondApprover } = coalition;
    const asked = await request('20000.00');
    await app.drain();
    await approver.must(approve(approver, asked));
    expect((await letters()).map(({ to, state }) => [to, state])).toEqual([
      [approver.email, 'withdrawn'],
      [secondApprover.email, 'queued'],
    ]);
    await app.moveTo('2026-12-03T08:00:00Z');
    expect((await readers()).slice(2)).toEqual([secondApprover.email]);
    expect((await letters()).at(-1)!.text).toContain('It takes 2 signatures, of which 1 is given.');
  });

  it('in somebody’s stead is told too, and for whom; who asked never is', async () => {
    const { approver, backbone, finance } = coalition;
    const away = { sinceOn: '2026-11-30', untilOn: '2026-12-04', reason: 'On leave' };
    for (const { id: delegateId } of [backbone, finance])
      await approver.must(
        approver.post(`/api/v1/coalitions/${coalition.id}/delegations`, { delegateId, ...away }),
      );
    await request('500.00');
    await app.drain();
    const told = (await letters()).find(({ to }) => to === backbone.email);
    expect(told!.text).toContain(`in the stead of ${approver.name}`);
    expect(await readers()).not.toContain(finance.email);
  });

  it('gets one letter for all that is asked for together; it is taken back when the last is decided', async () => {
    const { approver, secondApprover, finance } = coalition;
    await fund(coalition, '100000.00');
    const grant = await award(coalition, {
      ...{ amount: '12000.00', firstOn: '2026-12-01', everyMonths: 1, equalInstalments: 12 },
    });
    await app.moveTo('2027-11-02T09:00:00Z');
    const { instalments } = await finance.must(
      finance.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grant}`),
    );
    const ids = instalments.map(({ id }) => id);
    await app.as(finance, (tx) => app.nest.get(DisbursementsService).releaseAll(tx, coalition.id, ids));
    await app.drain();
    expect(await readers()).toEqual([approver.email, secondApprover.email]);
    const [letter] = await letters();
    expect(letter!.subject).toBe(`Signing Towns ${coalitions}: 12 requests wait for your approval`);
    expect(letter!.text.match(/Release £1,000\.00 to Stream Youth Work/g)).toHaveLength(12);
    const { items } = await approver.must(
      approver.get<{ items: Approval[] }>(`/api/v1/coalitions/${coalition.id}/approvals?state=open`),
    );
    const [last, ...others] = items;
    for (const other of others) await approver.must(approve(approver, other));
    expect((await letters()).map(({ state }) => state)).toEqual(['queued', 'queued']);
    await approver.must(approve(approver, last!));
    expect((await letters()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('is told as they like to hear of payments', async () => {
    const { approver } = coalition;
    await approver.must(
      approver.send({ method: 'PATCH', url: '/api/v1/me/mail-preferences', payload: { payments: 'daily' } }),
    );
    await request('500.00');
    await app.drain();
    expect((await letters())[0]).toMatchObject({ to: approver.email, state: 'waiting' });
    await app.moveTo('2026-12-01T09:00:00Z');
    expect((await letters())[0]).toMatchObject({ state: 'digested' });
  });
});

describe('at the same moment', () => {
  it('100 approvers of one request release it once', async () => {
    const asked = await request('9000.00');
    const people = await seatApprovers(100);
    const answers = await Promise.all(people.map((person) => approve(person, asked)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(99);
    expect(await read(asked.id)).toMatchObject({ state: 'approved', given: 1 });
    expect(await happened('disbursement.approved')).toBe(1);
  });

  it('100 approvals of one person count once', async () => {
    const asked = await request('20000.00');
    const answers = await Promise.all(Array.from({ length: 100 }, () => approve(coalition.approver, asked)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await read(asked.id)).toMatchObject({ state: 'open', given: 1 });
  });

  it('approving, rejecting and taking back end a request once, in one way', async () => {
    for (let round = 0; round < 5; round += 1) {
      app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
      const asked = await request('500.00');
      const { approver, secondApprover, finance } = coalition;
      const answers = await Promise.all([
        approve(approver, asked),
        reject(secondApprover, asked),
        withdraw(finance, asked),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const { state } = await read(asked.id);
      const [payment] = await app.rows<{ state: string }>(
        `SELECT state FROM disbursements WHERE approval_id = $1`,
        [asked.id],
      );
      expect(payment!.state).toBe(state === 'approved' ? 'approved' : 'rejected');
    }
  });

  it('approving and changing what was asked for never release what was not seen', async () => {
    const asked = await request('700.00');
    const changed = app.as(coalition.finance, (tx) =>
      tx.run(`UPDATE approvals SET content_hash = 'other' WHERE id = $1`, [asked.id]),
    );
    const [approved, edit] = await Promise.allSettled([approve(coalition.approver, asked), changed]);
    expect(edit.status).toBe('rejected');
    expect(approved).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
    expect(await happened('disbursement.approved')).toBe(1);
  });
});

describe('verify', () => {
  it('holds every approval to its signatures', async () => {
    const broken: string[] = [];
    for (const { rule, sql } of checks) {
      const [result] = await app.rows<CheckResult>(sql);
      if (result!.broken > 0) broken.push(`${rule}: ${result!.example}`);
    }
    expect(broken).toEqual([]);
  });
});

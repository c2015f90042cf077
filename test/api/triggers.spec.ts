import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  fund,
  type Made,
  pay,
  type ProblemBody,
  sign,
  type TestCoalition,
} from '../support/coalition.js';

interface Instalment {
  id: string;
  number: number;
  nominalOn: string;
  dueOn: string | null;
  amount: { amount: string };
  state: string;
  after: { text: string; conditionId: string | null; expectedOn: string } | null;
}
interface Condition {
  id: string;
  text: string;
  kind: string;
  appliesFrom: string | null;
  state: string;
  waiverApprovalId: string;
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Waiting Towns ${coalitions}`);
  await fund(coalition, '9000.00');
});

const agreement = {
  event: 'documentReceived',
  subject: 'the signed agreement',
  count: 10,
  unit: 'workingDays',
};
const report = { event: 'reportAccepted', onDay: '2027-11-30', count: 30, unit: 'days' };

/** 1,000.00: a fifth with the award, half after the agreement, a tenth on a day, the rest after the first report. */
const terms = {
  ...{ amount: '1000.00', startOn: '2026-11-01', endOn: '2028-11-30', firstOn: '2027-06-30', everyMonths: 6 },
  slices: [
    { percent: '20', after: { event: 'award', count: 5, unit: 'days', expectedOn: '2026-12-31' } },
    { percent: '50', after: { ...agreement, expectedOn: '2027-02-28' } },
    { percent: '10' },
    { remaining: true, after: { ...report, expectedOn: '2028-02-28' } },
  ],
};

const read = <Body>(path: string) => coalition.backbone.must(coalition.backbone.get<Body>(`/api/v1${path}`));
const instalmentsOf = async (grantId: string) =>
  (await read<{ instalments: Instalment[] }>(`/grants/${grantId}`)).instalments;
const shown = async (grantId: string) =>
  (await instalmentsOf(grantId))
    .filter(({ state }) => state !== 'cancelled')
    .map(({ number, nominalOn, dueOn, amount, state }) => [number, nominalOn, dueOn, amount.amount, state]);
const conditionsOf = async (grantId: string) =>
  (await read<{ items: Condition[] }>(`/grants/${grantId}/conditions`)).items;
const meet = async (grantId: string, kind: string, metOn: string, more: object = {}) => {
  const { id } = (await conditionsOf(grantId)).find((condition) => condition.kind === kind)!;
  return coalition.finance.must(
    coalition.finance.post(`/api/v1/conditions/${id}/meet`, { metOn, note: 'Filed under A-27', ...more }),
  );
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('an instalment that falls due after something', () => {
  it('is planned without a due date; the award gives the day of what falls due after it', async () => {
    const grantId = await award(coalition, terms);
    expect(await shown(grantId)).toEqual([
      [1, '2026-11-28', '2026-11-30', '200.00', 'planned'], // a Saturday, so the Monday after
      [2, '2027-02-28', null, '500.00', 'planned'],
      [3, '2027-06-30', '2027-06-30', '100.00', 'planned'],
      [4, '2028-02-28', null, '200.00', 'planned'],
    ]);
    expect((await instalmentsOf(grantId)).map(({ after }) => after?.text ?? null)).toEqual([
      '5 days after the award',
      '10 working days after the signed agreement is received',
      null,
      '30 days after a report through 30 Nov 2027 is accepted',
    ]);
    // Each waits for a condition of the grant, which holds nothing by itself.
    expect(
      (await conditionsOf(grantId)).map(({ kind, appliesFrom, state }) => [kind, appliesFrom, state]),
    ).toEqual([
      ['documentReceived', null, 'open'],
      ['reportAccepted', null, 'open'],
    ]);
    await app.moveTo('2027-07-01T09:00:00Z');
    expect((await shown(grantId)).map((line) => line[4])).toEqual(['due', 'planned', 'due', 'planned']);
    await allHold();
  });

  it('has its day by the coalition’s calendar once it happens, and comes due by itself', async () => {
    const grantId = await award(coalition, terms);
    await app.moveTo('2026-12-21T09:00:00Z');
    await meet(grantId, 'documentReceived', '2026-12-18');
    // Ten working days after Friday 18 December, over Christmas, Boxing Day’s substitute and New Year.
    expect((await shown(grantId))[1]).toEqual([2, '2027-01-06', '2027-01-06', '500.00', 'planned']);
    await app.moveTo('2027-01-05T23:59:00Z');
    expect((await shown(grantId))[1]![4]).toBe('planned');
    await app.moveTo('2027-01-06T00:01:00Z');
    expect((await shown(grantId))[1]![4]).toBe('due');
    await pay(coalition, grantId, 2, '2027-01-06');
    expect((await shown(grantId))[1]![4]).toBe('paid');
    await allHold();
  });

  it('is due at once where it happened long ago, and after a condition that is waived counts from then', async () => {
    const grantId = await award(coalition, terms);
    await app.moveTo('2027-03-15T09:00:00Z');
    await meet(grantId, 'documentReceived', '2026-12-18');
    await app.drain();
    expect((await shown(grantId))[1]).toEqual([2, '2027-01-06', '2027-01-06', '500.00', 'due']);
    const { id } = (await conditionsOf(grantId)).find(({ kind }) => kind === 'reportAccepted')!;
    const asked = await coalition.finance.must(
      coalition.finance.post<Condition>(`/api/v1/conditions/${id}/waiver`, { reason: 'It comes in spring' }),
    );
    expect((await shown(grantId))[3]![2]).toBeNull();
    await sign(coalition, asked.waiverApprovalId);
    expect((await shown(grantId))[3]).toEqual([4, '2027-04-14', '2027-04-14', '200.00', 'planned']);
    await allHold();
  });

  it('waits for the condition that the grant has already, and for match money until all of it is raised', async () => {
    const { backbone, approver, poolId, stream } = coalition;
    const match = {
      event: 'matchMoneyRaised',
      subject: 'the nursery',
      matchAmount: '300.00',
      count: 1,
      unit: 'months',
    };
    const grant = await backbone.must(
      backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, {
        ...terms,
        ...{ organisationId: stream, reference: 'G-M', title: 'Nursery', mode: 'flexible' },
        ...{ reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
        slices: [{ remaining: true, after: { ...match, expectedOn: '2027-02-28' } }],
      }),
    );
    const condition = await backbone.must(
      backbone.post<Condition>(`/api/v1/grants/${grant.id}/conditions`, {
        ...{
          kind: 'matchMoneyRaised',
          subject: 'the nursery',
          matchAmount: '300.00',
          appliesFrom: '2027-01-01',
        },
      }),
    );
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    await approver.must(approver.post(`/api/v1/grants/${grant.id}/award`, { decisionReference: 'Minute 1' }));
    expect((await conditionsOf(grant.id)).map(({ id }) => id)).toEqual([condition.id]);
    await meet(grant.id, 'matchMoneyRaised', '2026-11-23', { amount: '299.99' });
    expect((await shown(grant.id))[0]![2]).toBeNull();
    await meet(grant.id, 'matchMoneyRaised', '2026-11-23', { amount: '0.01' });
    expect((await shown(grant.id))[0]).toEqual([1, '2026-12-23', '2026-12-23', '1000.00', 'planned']);
    await allHold();
  });

  it('counts as committed, and in the forecast where it is expected at the latest, marked as waiting', async () => {
    const grantId = await award(coalition, terms);
    const { position } = await read<{ position: Record<string, { amount: string }> }>(
      `/pools/${coalition.poolId}`,
    );
    expect(position.grantsOutstanding?.amount).toBe('1000.00');
    const waiting = async () => {
      const { months } = await read<{
        months: { month: string; out: { amount: string }; outWaiting: { amount: string } }[];
      }>(`/pools/${coalition.poolId}/forecast`);
      return months
        .filter(({ out }) => out.amount !== '0.00')
        .map(({ month, out, outWaiting }) => [month, out.amount, outWaiting.amount]);
    };
    expect(await waiting()).toEqual([
      ['2026-11', '200.00', '0.00'],
      ['2027-02', '500.00', '500.00'],
      ['2027-06', '100.00', '0.00'],
      ['2028-02', '200.00', '200.00'],
    ]);
    // Later than expected: it may happen any day.
    app.clock.moveTo(new Date('2027-04-10T09:00:00Z'));
    expect((await waiting())[0]).toEqual(['2027-04', '700.00', '500.00']);
    await meet(grantId, 'documentReceived', '2027-04-10');
    expect((await waiting())[0]).toEqual(['2027-04', '700.00', '0.00']);
    const browser = await Browser.of(app, coalition.finance);
    expect((await browser.get(`/pools/${coalition.poolId}/forecast`)).html).toMatch(/waits\s*for something/);
  });

  it('goes on waiting when the grant is amended, and one can be made to wait, or be given a day', async () => {
    const grantId = await award(coalition, terms);
    await app.moveTo('2026-11-30T09:00:00Z');
    await pay(coalition, grantId, 1, '2026-11-30');
    const amend = async (body: object) => {
      const asked = await coalition.finance.must(
        coalition.finance.post<{ approvalId: string }>(`/api/v1/grants/${grantId}/amendments`, {
          reason: 'Otherwise',
          ...body,
        }),
      );
      await sign(coalition, asked.approvalId);
    };
    await amend({ kind: 'topUp', award: '1800.00' });
    expect(await shown(grantId)).toEqual([
      [1, '2026-11-28', '2026-11-30', '200.00', 'paid'],
      [5, '2027-02-28', null, '1000.00', 'planned'],
      [6, '2027-06-30', '2027-06-30', '200.00', 'planned'],
      [7, '2028-02-28', null, '400.00', 'planned'],
    ]);
    const [first] = await conditionsOf(grantId);
    await amend({
      kind: 'reschedule',
      instalments: [
        {
          amount: '900.00',
          after: { conditionId: first!.id, count: 1, unit: 'months', expectedOn: '2027-03-31' },
        },
        { amount: '700.00', dueOn: '2027-12-31' },
      ],
    });
    expect(await shown(grantId)).toEqual([
      [1, '2026-11-28', '2026-11-30', '200.00', 'paid'],
      [8, '2027-03-31', null, '900.00', 'planned'],
      [9, '2027-12-31', '2027-12-31', '700.00', 'planned'],
    ]);
    await allHold();
    await meet(grantId, first!.kind, '2026-11-30');
    expect((await shown(grantId))[1]).toEqual([8, '2026-12-30', '2026-12-30', '900.00', 'planned']);
    await app.moveTo('2027-01-04T09:00:00Z');
    expect((await shown(grantId))[1]![4]).toBe('due');
    await allHold();
  });

  it('that happened while an amendment waited for approval has its day when that is approved', async () => {
    const grantId = await award(coalition, { ...terms, slices: undefined, equalInstalments: 2 });
    const { backbone, finance } = coalition;
    const condition = await backbone.must(
      backbone.post<Condition>(`/api/v1/grants/${grantId}/conditions`, {
        ...{ kind: 'decisionPassed', subject: 'Board 27/3' },
      }),
    );
    const ask = (instalments: object[]) =>
      finance.post<{ approvalId: string } & ProblemBody>(`/api/v1/grants/${grantId}/amendments`, {
        ...{ kind: 'reschedule', reason: 'The board decides', instalments },
      });
    const wait = { conditionId: condition.id, count: 0, unit: 'days', expectedOn: '2027-12-31' };
    const asked = await ask([
      { dueOn: '2027-06-30', amount: '500.00' },
      { amount: '500.00', after: wait },
    ]);
    await meet(grantId, 'decisionPassed', '2026-11-20');
    await sign(coalition, asked.body.approvalId);
    expect((await shown(grantId)).at(-1)).toEqual([3, '2026-11-20', '2026-11-20', '500.00', 'planned']);
    const refused = await ask([{ amount: '1000.00', after: wait }]);
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([
      422,
      '/instalments/0/after/conditionId',
    ]);
    await allHold();
  });

  it('is cancelled when the work of the grant is closed, whatever happens later', async () => {
    const grantId = await award(coalition, terms);
    await app.moveTo('2026-11-30T09:00:00Z');
    await pay(coalition, grantId, 1, '2026-11-30');
    const closing = await coalition.finance.must(
      coalition.finance.post<{ approvalId: string | null }>(`/api/v1/grants/${grantId}/close`, {
        ...{ reason: 'It has ended', closedOn: '2026-11-30' },
      }),
    );
    if (closing.approvalId !== null) await sign(coalition, closing.approvalId);
    expect(await shown(grantId)).toEqual([[1, '2026-11-28', '2026-11-30', '200.00', 'paid']]);
    await meet(grantId, 'documentReceived', '2026-11-30');
    expect((await shown(grantId)).length).toBe(1);
    await allHold();
  });

  it('of a suspended grant has its day, and is held when that comes', async () => {
    const grantId = await award(coalition, terms);
    await coalition.backbone.must(
      coalition.backbone.post(`/api/v1/grants/${grantId}/suspend`, {
        ...{ reason: 'The accounts are looked into', suspendedOn: '2026-11-23' },
      }),
    );
    await meet(grantId, 'documentReceived', '2026-11-23');
    await app.moveTo('2026-12-08T09:00:00Z');
    expect((await shown(grantId))[1]).toEqual([2, '2026-12-07', '2026-12-07', '500.00', 'held']);
    await allHold();
  });

  it.each([
    ['/slices/0/after/expectedOn', 422, { ...agreement }],
    ['/slices/0/after/expectedOn', 422, { ...agreement, expectedOn: '2029-01-31' }],
    ['/slices/0/after/subject', 422, { ...agreement, subject: undefined, expectedOn: '2027-01-31' }],
    ['/slices/0/after/event', 400, { ...agreement, event: 'date', expectedOn: '2027-01-31' }],
    ['/slices/0/after/count', 400, { ...agreement, count: -1, expectedOn: '2027-01-31' }],
  ])('is refused at %s with %d', async (pointer, status, after) => {
    const { backbone, poolId, stream } = coalition;
    const refused = await backbone.post<ProblemBody>(`/api/v1/pools/${poolId}/grants`, {
      ...terms,
      ...{ organisationId: stream, reference: 'G-X', title: 'Core support', mode: 'flexible' },
      ...{ reportingFrequency: 'yearly', reportingDueAfterDays: 30, slices: [{ remaining: true, after }] },
    });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([status, pointer]);
  });
});

describe('the pages', () => {
  const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  it('draft a slice that waits, preview it, and say on the grant what it waits for', async () => {
    const browser = await Browser.of(app, coalition.backbone);
    const form = `/pools/${coalition.poolId}/grants/new`;
    const typed = {
      ...{ organisationId: coalition.stream, reference: 'G-P', title: 'Visitors', mode: 'flexible' },
      ...{
        startOn: '2026-12-01',
        endOn: '2028-12-31',
        amount: '1,000',
        firstOn: '2027-01-31',
        everyMonths: '12',
      },
      ...{ reportingFrequency: 'yearly', reportingDueAfterDays: '30' },
      ...{ 'slices[0].percent': '40', 'slices[1].remaining': 'true', 'slices[1].after.count': '30' },
      ...{ 'slices[1].after.unit': 'days', 'slices[1].after.event': 'matchMoneyRaised' },
      ...{ 'slices[1].after.subject': 'the van', 'slices[1].after.matchAmount': '2,500' },
    };
    const refused = await browser.submit(`/pools/${coalition.poolId}/grants/preview`, typed, form);
    expect(refused.html).toMatch(/id="field-slices-1-after-expectedOn-error"/);
    const whole = { ...typed, 'slices[1].after.expectedOn': '2027-08-31' };
    const text = '30 days after £2,500.00 of other money is raised for the van expected by 31 Aug 2027';
    const preview = await browser.submit(`/pools/${coalition.poolId}/grants/preview`, whole, form);
    expect(words(preview.html)).toContain(text);
    const saved = await browser.submit(`/pools/${coalition.poolId}/grants`, whole, form);
    const page = await browser.get(saved.location!);
    expect(words(page.html)).toContain(text);
    const edit = await browser.get(`${saved.location!}/edit`);
    expect(edit.html).toMatch(/name="slices\[1\]\.after\.matchAmount"[^>]*value="2500.00"/);
    expect(edit.html).toMatch(/<details class="tb-more tb-rows-more" open/);
  });
});

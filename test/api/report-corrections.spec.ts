import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../src/platform/verify/check.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { SpendReportAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { gbp, refusal, reportedGrant, type TestReports } from '../support/report.js';

let app: TestApp;
let world: TestReports;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
});
afterAll(() => app?.stop());

/** The first report is accepted with £1,500.00 unspent, the second with £100.00. */
beforeEach(async () => {
  coalitions += 1;
  world = await reportedGrant(app, `River Towns ${coalitions}`);
  await world.submit(1, '8500.00');
  await world.accept(1);
  await world.submit(2, '11400.00');
  await world.accept(2);
});

const reason = 'An invoice of March was booked twice.';
const at = (id: string, step = '') => `/api/v1/spend-reports/${id}${step && `/${step}`}`;

async function begin(number = 1): Promise<SpendReportAnswer> {
  const { partner } = world.coalition;
  return partner.must(partner.post<SpendReportAnswer>(world.address(number, 'correct'), { reason }));
}

async function hand(correction: SpendReportAnswer, spent: string) {
  const { partner } = world.coalition;
  const lines = [{ goalId: world.youth, amount: spent }];
  await partner.must(partner.patch(at(correction.id), { lines }, correction.version));
  return partner.post<SpendReportAnswer>(at(correction.id, 'submit'));
}

const accept = (id: string) => {
  const { backbone } = world.coalition;
  return backbone.must(backbone.post<SpendReportAnswer>(at(id, 'accept')));
};

describe('a correction', () => {
  it('begins as a copy of the accepted report, which counts until it is accepted', async () => {
    const correction = await begin();
    expect(correction).toMatchObject({
      ...{ state: 'draft', number: 1, periodFrom: '2027-01-01', periodTo: '2027-03-31', dueOn: '2027-07-16' },
      ...{ stands: false, correctionReason: reason, story: 'Two new evenings a week.' },
      ...{ opening: gbp('0.00'), received: gbp('10000.00'), closing: gbp('1500.00') },
      lines: [{ goalId: world.youth, amount: gbp('8500.00') }],
    });
    expect((await hand(correction, '8300.00')).body).toMatchObject({
      state: 'submitted',
      closing: gbp('1700.00'),
    });
    expect(await world.read(1)).toMatchObject({
      ...{ state: 'accepted', stands: true, closing: gbp('1500.00'), correctedById: correction.id },
    });
    expect(await world.read(2)).toMatchObject({ opening: gbp('1500.00') });
  });

  it('supersedes it once accepted, and every later report follows', async () => {
    const correction = await begin();
    await hand(correction, '8300.00');
    expect(await accept(correction.id)).toMatchObject({
      state: 'accepted',
      stands: true,
      correctsId: (await world.read(1)).id,
    });
    expect(await world.read(1)).toMatchObject({
      ...{ state: 'superseded', stands: false, spent: gbp('8500.00'), closing: gbp('1500.00') },
      payments: [{ amount: gbp('10000.00') }],
    });
    expect(await world.read(2)).toMatchObject({ opening: gbp('1700.00'), closing: gbp('300.00') });
    expect(await world.read(3)).toMatchObject({ opening: gbp('300.00') });
    const { backbone, id } = world.coalition;
    expect(await backbone.must(backbone.get(`/api/v1/coalitions/${id}/spend-by-goal`))).toMatchObject({
      items: [{ goalId: world.youth, spent: gbp('19700.00') }],
    });
    const again = await backbone.must(
      backbone.post<SpendReportAnswer>(at(correction.id, 'correct'), { reason }),
    );
    expect(again).toMatchObject({ correctsId: correction.id, number: 1, lines: [], story: null });
  });

  it('is refused where a later report would have spent more than there was', async () => {
    const correction = await begin();
    expect(await refusal(hand(correction, '8600.01'))).toEqual({
      status: 422,
      detail: expect.stringContaining(
        'With this, the report for 1 Apr 2027 – 30 Jun 2027 would have spent £0.01 more than there was.',
      ),
      pointers: ['/lines'],
    });
  });

  it('is one at a time, of what was accepted, and can be given up', async () => {
    const { partner, backbone, funder } = world.coalition;
    const correct = (number: number, by = partner) =>
      refusal(by.post(world.address(number, 'correct'), { reason }));
    expect(await correct(3)).toMatchObject({
      status: 409,
      detail: expect.stringContaining('is draft cannot be corrected'),
    });
    expect((await funder.post(world.address(1, 'correct'), { reason })).status).toBe(403);
    const correction = await begin();
    expect(await correct(1, backbone)).toMatchObject({
      status: 409,
      detail: 'A correction of this report is under way. Go on with that one, or withdraw it.',
    });
    await partner.must(partner.post(at(correction.id, 'withdraw')));
    expect(await world.read(1)).toMatchObject({ state: 'accepted', correctedById: null });
    expect(await refusal(partner.post(world.address(3, 'withdraw')))).toMatchObject({
      status: 409,
      detail: 'This report was agreed with the award, so it cannot be withdrawn.',
    });
    expect((await begin()).state).toBe('draft');
  });

  it('is returned and reviewed like any other, while later reports stand on the old one', async () => {
    const correction = await begin();
    await hand(correction, '8300.00');
    const { backbone } = world.coalition;
    const returned = await backbone.must(
      backbone.post<SpendReportAnswer>(at(correction.id, 'return'), { comment: 'Which invoice?' }),
    );
    expect(returned).toMatchObject({ state: 'returned', received: gbp('10000.00') });
    expect((await world.read(1)).payments).toHaveLength(1);
    expect((await hand(returned, '8200.00')).body).toMatchObject({ state: 'submitted' });
    await accept(correction.id);
    expect(await world.read(2)).toMatchObject({ opening: gbp('1800.00') });
  });

  it('is not for what a grant was closed on', async () => {
    await app.rows(`UPDATE grants SET state = 'closing' WHERE id = $1`, [world.grantId]);
    const { partner } = world.coalition;
    expect(await refusal(partner.post(world.address(1, 'correct'), { reason }))).toMatchObject({
      status: 409,
      detail: 'The grant was closed on what its reports say, so none of them can be corrected any more.',
    });
  });
});

describe('the pages of a corrected report', () => {
  it('begin it with a reason, and lead from the old to the new and back', async () => {
    const partner = await Browser.of(app, world.coalition.partner);
    const old = world.address(1).replace('/api/v1', '');
    expect((await partner.get(old)).html).toContain('Begin the correction');
    const { status, location } = await partner.submit(`${old}/correct`, { reason }, old);
    expect(status).toBe(303);
    const { html } = await partner.get(location!);
    expect(html).toContain('Corrected spend report');
    expect(html).toContain(reason);
    expect(html).toContain('Withdraw the correction');
    const correction = await world.coalition.partner.must(
      world.coalition.partner.get<SpendReportAnswer>(`/api/v1${location}`),
    );
    await hand(correction, '8300.00');
    await accept(correction.id);
    const superseded = (await partner.get(old)).html;
    expect(superseded).toContain('It no longer counts, and stays to be read.');
    expect(superseded).toContain(`href="${location}"`);
    const { html: grant } = await partner.get(`/grants/${world.grantId}/reports`);
    expect(grant).toContain('Superseded');
    expect(grant).toContain('19,700.00');
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  expect(results.find(({ rule }) => rule.includes('superseded'))!.examined).toBeGreaterThan(1);
});

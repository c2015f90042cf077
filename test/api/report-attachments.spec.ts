import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { FunderReportAnswer } from '../../src/reporting/for-funders/funder-report.dto.js';
import type { SpendReportAnswer } from '../../src/reporting/spend-report.dto.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser, csrfIn } from '../support/browser.js';
import type { ProblemBody } from '../support/coalition.js';
import { refusal, reportedGrant, type TestReports } from '../support/report.js';
import { upload } from '../support/upload.js';

let app: TestApp;
let world: TestReports;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  world = await reportedGrant(app, 'River Towns');
});
afterAll(() => app?.stop());

const receipts = Buffer.from('%PDF-1.7 receipts');
const files = () => world.address(1, 'attachments');
const page = () => world.address(1).replace('/api/v1', '');
const add = <Body = SpendReportAnswer>(name: string, content: Buffer) =>
  upload<Body>(world.coalition.partner, files(), name, content);
const names = (report: SpendReportAnswer) => report.attachments.map(({ name }) => name);

describe('a file of a report', () => {
  it('is taken while the report is open, if it is what its name says; once, and of 10 MB at most', async () => {
    const { body } = await add('receipts.pdf', receipts);
    expect(body.attachments).toMatchObject([
      {
        name: 'receipts.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 17,
        addedBy: world.coalition.partner.name,
      },
    ]);
    expect(names((await add('again.pdf', receipts)).body)).toEqual(['receipts.pdf']);
    const wrong = await add<ProblemBody>('photo.png', Buffer.from('<script>'));
    expect([wrong.status, wrong.body.errors[0]?.pointer]).toEqual([422, '/file']);
    const large = await add<ProblemBody>(
      'large.pdf',
      Buffer.concat([receipts, Buffer.alloc(10 * 1024 * 1024)]),
    );
    expect([large.status, large.body.detail]).toEqual([413, 'An attachment is of 10 MB a file at most.']);
  });

  it('is nobody else’s before the report is handed in, and not to be had by another partner ever', async () => {
    const { partner, backbone } = world.coalition;
    const id = (await world.read(1)).attachments[0]!.id;
    expect((await partner.get<string>(`${files()}/${id}`)).body).toBe('%PDF-1.7 receipts');
    expect((await backbone.get(`${files()}/${id}`)).status).toBe(404);
    expect((await world.read(1, backbone)).attachments).toEqual([]);
    const html = (await (await Browser.of(app, backbone)).get(page())).html;
    expect(html).not.toContain('receipts.pdf');
    const stranger = await app.person('Another Partner');
    await app.seat(stranger, world.coalition.id, 'partner', world.coalition.north);
    expect((await stranger.get(`${files()}/${id}`)).status).toBe(404);
    expect((await upload(stranger, files(), 'x.pdf', receipts)).status).toBe(404);
  });

  it('comes and goes on the page, and says why it is not taken', async () => {
    const browser = await Browser.of(app, world.coalition.partner);
    const _csrf = csrfIn((await browser.get(page())).html);
    const refused = await browser.upload(`${page()}/attachments`, { _csrf }, 'file', '<x/>');
    expect(refused.location).toBe(`${page()}#attachments`);
    expect((await browser.get(page())).html).toContain('An attachment is a PDF, a PNG or JPEG picture');
    const taken = (await add('rota.csv', Buffer.from('week,hours\n1,40\n'))).body.attachments[1]!;
    await browser.submit(`${page()}/attachments/${taken.id}/remove`, {}, page());
    expect(names(await world.read(1))).toEqual(['receipts.pdf']);
    expect((await browser.get(page())).html).toContain('took a file off');
  });

  it('stays from when the report is handed in, and is there for reviewers and funders', async () => {
    const { partner, backbone, funder, id: coalitionId, north } = world.coalition;
    const id = (await world.submit(1, '8500.00')).attachments[0]!.id;
    const handedIn = { status: 409, detail: expect.stringContaining('cannot be changed') as unknown };
    expect(await refusal(add<ProblemBody>('late.pdf', Buffer.from('%PDF-1.4 late')))).toMatchObject(handedIn);
    expect(await refusal(partner.send({ method: 'DELETE', url: `${files()}/${id}` }))).toMatchObject(
      handedIn,
    );
    const kept = await backbone.get<string>(`${files()}/${id}`);
    expect([kept.headers['content-disposition'], kept.body]).toEqual([
      "attachment; filename*=UTF-8''receipts.pdf",
      '%PDF-1.7 receipts',
    ]);
    const review = await (await Browser.of(app, backbone)).get(page());
    expect(review.html).toContain(`href="${files()}/${id}"`);
    expect(review.html).not.toContain('Take it off');
    await world.accept(1);
    const home = `/coalitions/${coalitionId}/funders/${north}/report?year=2027`;
    const read = await funder.must(funder.get<FunderReportAnswer>(`/api/v1${home}`));
    expect(read.reports[0]!.attachments).toEqual([{ id, name: 'receipts.pdf' }]);
    const forFunder = await (
      await Browser.of(app, funder)
    ).get(`/coalitions/${coalitionId}/reports/for-funders/${north}?year=2027`);
    expect(forFunder.html).toContain(`href="${files()}/${id}"`);
  });

  it('is carried into a correction, where it can be taken off, and stays in what is corrected', async () => {
    const { partner } = world.coalition;
    const reason = 'An invoice was booked twice.';
    const begun = await partner.must(
      partner.post<SpendReportAnswer>(world.address(1, 'correct'), { reason }),
    );
    expect(names(begun)).toEqual(['receipts.pdf']);
    const id = begun.attachments[0]!.id;
    const url = `/api/v1/spend-reports/${begun.id}/attachments/${id}`;
    expect((await partner.send({ method: 'DELETE', url })).status).toBe(204);
    expect(names(await world.read(1))).toEqual(['receipts.pdf']);
    await expect(app.asSuperuser(`DELETE FROM report_attachments`)).rejects.toThrow(
      'The report is handed in.',
    );
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});

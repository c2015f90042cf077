import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  foundCoalition,
  fund,
  type Made,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface Run extends Made {
  state: string;
  asOf: string;
  late: boolean;
  periodKey: string | null;
  files: { format: string; fileName: string; sha256: string; sizeBytes: number }[];
  sections: {
    keyFigures: { name: string; amount: string }[];
    tables: { name: string; rows: Record<string, string>[] }[];
    controlTotals: { name: string; report: string; ledger: string }[];
  }[];
  deliveries: { to: string; state: string }[];
}
interface Subscription extends Made {
  recurrence: string;
  state: string;
  comingAt: string[];
}

let app: TestApp;
let coalition: TestCoalition;

const monthly = { every: 'month', on: 'businessDay', day: 3, time: '08:00', timeZone: 'Europe/London' };

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'River Towns', { pool: { reserve: '1000.00' } });
  await fund(coalition, '20000.00');
  await fund(coalition, '10000.01', { funderId: coalition.south });
});
afterAll(() => app?.stop());

const read = ({ id }: Made): Promise<Run> =>
  coalition.finance.must(coalition.finance.get<Run>(`/api/v1/report-runs/${id}`));

/** Asks for a report, and lets the worker make it. */
async function make(more: object = {}): Promise<Run> {
  const asked = await coalition.finance.must(
    coalition.finance.post<Run>(`/api/v1/pools/${coalition.poolId}/finance-reports`, {
      kind: 'poolPosition',
      ...more,
    }),
  );
  expect([asked.state, asked.files]).toEqual(['queued', []]);
  await app.drain();
  return read(asked);
}

const position = ({ sections: [section] }: Run): Record<string, string> =>
  Object.fromEntries(section!.keyFigures.map(({ name, amount }) => [name, amount]));

const rowsOf = ({ sections: [section] }: Run, table: string) =>
  section!.tables.find(({ name }) => name === table)!.rows;

const subscribe = (more: object = {}): Promise<Subscription> =>
  coalition.finance.must(
    coalition.finance.post<Subscription>(`/api/v1/pools/${coalition.poolId}/subscriptions`, {
      ...{
        kind: 'poolPosition',
        formats: ['csv'],
        recurrence: monthly,
        recipientIds: [coalition.finance.id],
      },
      ...more,
    }),
  );

const runsOf = (subscription: Made): Promise<{ period: string; late: boolean; asOf: string }[]> =>
  app.rows(
    `SELECT period_key AS period, late, to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "asOf"
     FROM report_runs WHERE subscription_id = $1 ORDER BY as_of`,
    [subscription.id],
  );

describe('a report', () => {
  it('says what the ledger says, and proves it', async () => {
    const run = await make();
    expect(run.state).toBe('made');
    expect(position(run)).toMatchObject({
      cash: '30000.01',
      fundBalances: '30000.01',
      feesPayable: '0.00',
      reserve: '1000.00',
      availableToDisburse: '29000.01',
      availableToCommit: '29000.01',
    });
    expect(
      rowsOf(run, 'funders').map(({ funder, received, balance }) => [funder, received, balance]),
    ).toEqual([
      ['North River Trust', '20000.00', '20000.00'],
      ['South Bank Fund', '10000.01', '10000.01'],
    ]);
    const { controlTotals } = run.sections[0]!;
    expect(controlTotals.length).toBeGreaterThan(8);
    expect(controlTotals.filter(({ report, ledger }) => report !== ledger)).toEqual([]);
  });

  it('made again as of then has the same figures and the same hash, whatever happened since', async () => {
    const first = await make();
    app.clock.moveTo(new Date('2026-11-23T10:00:00Z'));
    await fund(coalition, '5.00');
    const { finance } = coalition;
    const asked = await finance.must(finance.post<Run>(`/api/v1/report-runs/${first.id}/again`));
    await app.drain();
    const again = await read(asked);
    expect(again.sections.map(({ keyFigures, tables }) => ({ keyFigures, tables }))).toEqual(
      first.sections.map(({ keyFigures, tables }) => ({ keyFigures, tables })),
    );
    const facts = ({ files: [file] }: Run) => [file!.format, file!.fileName, file!.sha256, file!.sizeBytes];
    expect(facts(again)).toEqual(facts(first));
    expect(position(await make()).cash).toBe('30005.01');
  });

  it('has a file whose content is what its hash says, in CSV', async () => {
    const run = await make({ asOf: '2026-11-23T09:30:00Z' });
    const file = await coalition.finance.get<string>(`/api/v1/report-runs/${run.id}/files/csv`);
    expect(createHash('sha256').update(file.body).digest('hex')).toBe(run.files[0]!.sha256);
    const lines = file.body.split('\r\n');
    expect(lines.slice(0, 7)).toEqual([
      'pool,table,row,column,value,currency',
      ',about,,report,poolPosition,',
      ',about,,title,Pool position,',
      ',about,,scope,River Towns Fund,',
      ',about,,from,,',
      ',about,,to,2026-11-23,',
      ',about,,asOf,2026-11-23T09:30:00.000Z,',
    ]);
    expect(lines).toContain('River Towns Fund,keyFigures,,cash,30000.01,GBP');
    expect(lines).toContain('River Towns Fund,funders,1,received,20000.00,GBP');
  });

  it('cannot look into the future', async () => {
    const refused = await coalition.finance.post<ProblemBody>(
      `/api/v1/pools/${coalition.poolId}/finance-reports`,
      {
        kind: 'poolPosition',
        asOf: '2027-01-01T00:00:00Z',
      },
    );
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/asOf']);
  });
});

describe('a subscription', () => {
  it('comes round on the 3rd business day, at local time, over DST and the new year', async () => {
    const subscription = await subscribe();
    expect(subscription.recurrence).toBe('on the 3rd business day of each month at 08:00, Europe/London');
    for (let month = 12; month <= 16; month += 1) {
      const [year, of] = month > 12 ? [2027, month - 12] : [2026, month];
      await app.moveTo(`${year}-${String(of).padStart(2, '0')}-06T08:00:00Z`);
    }
    expect(await runsOf(subscription)).toEqual(
      [
        { period: '2026-12', late: true, asOf: '2026-12-03 08:00' },
        { period: '2027-01', late: true, asOf: '2027-01-06 08:00' },
        { period: '2027-02', late: true, asOf: '2027-02-03 08:00' },
        { period: '2027-03', late: true, asOf: '2027-03-03 08:00' },
        { period: '2027-04', late: true, asOf: '2027-04-05 07:00' },
      ].map((run) => ({ ...run, late: run.asOf !== '2027-01-06 08:00' })),
    );
    const mails = await app.rows<{ count: number }>(
      `SELECT count(*)::int FROM mail_messages WHERE template = 'financeReport' AND to_address = $1`,
      [coalition.finance.email],
    );
    expect(mails[0]!.count).toBe(5);
    // Its main figure, the funders' money, and a chart of which the mail has the picture with it.
    const [mail] = await app.rows<{ id: string; text: string; html: string; files: string[]; chart: Buffer }>(
      `SELECT m.id, m.text_body AS text, m.html_body AS html, f.content AS chart,
         (SELECT array_agg(a.file_name ORDER BY a.number) FROM mail_attachments a WHERE a.mail_id = m.id) AS files
       FROM mail_messages m JOIN mail_attachments c ON c.mail_id = m.id AND c.file_name = 'chart.png'
       JOIN stored_files f ON f.id = c.file_id WHERE m.template = 'financeReport' ORDER BY m.id LIMIT 1`,
    );
    const [, cash] = /^Cash: +£(30,00[\d.]+)$/m.exec(mail!.text)!;
    expect(mail!.text).toMatch(new RegExp(`^Total .* ${cash}$`, 'm'));
    expect(mail!.html).toContain('<img src="cid:chart.png@tributary" alt="Pledged beside received');
    expect(mail!.files.at(-1)).toBe('chart.png');
    expect(mail!.chart.subarray(1, 4).toString()).toBe('PNG');
    // In the inbox it stands in the letter itself: a page reaches no part of a mail.
    const browser = await Browser.of(app, coalition.finance);
    const letter = await browser.get(`/inbox/${mail!.id}/letter`);
    expect(letter.html).toContain(`<img src="data:image/png;base64,${mail!.chart.toString('base64')}"`);
    expect(letter.headers['content-security-policy']).toContain('img-src data:;');
    await coalition.finance.must(coalition.finance.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });

  it('missed during a long downtime is made once for each time, late, and says so', async () => {
    app.clock.moveTo(new Date('2027-05-20T00:00:00Z'));
    const subscription = await subscribe();
    await app.moveTo('2027-08-04T07:30:00Z');
    expect(await runsOf(subscription)).toEqual([
      { period: '2027-06', late: true, asOf: '2027-06-03 07:00' },
      { period: '2027-07', late: true, asOf: '2027-07-05 07:00' },
      { period: '2027-08', late: false, asOf: '2027-08-04 07:00' },
    ]);
    await coalition.finance.must(coalition.finance.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });

  it('sends nothing while paused, and nothing to who may not see it any more', async () => {
    app.clock.moveTo(new Date('2027-08-20T00:00:00Z'));
    const leaving = await app.person('Leaving funder');
    await app.seat(leaving, coalition.id, 'observer');
    const { finance } = coalition;
    const subscription = await subscribe({ recipientIds: [finance.id, leaving.id] });
    await finance.must(finance.post(`/api/v1/subscriptions/${subscription.id}/pause`));
    await app.moveTo('2027-09-10T09:00:00Z');
    expect(await runsOf(subscription)).toEqual([]);
    await finance.must(finance.post(`/api/v1/subscriptions/${subscription.id}/resume`));
    await app.rows(`UPDATE memberships SET until_on = '2027-09-30' WHERE person_id = $1`, [leaving.id]);
    await app.moveTo('2027-10-10T09:00:00Z');
    expect(await runsOf(subscription)).toHaveLength(1);
    const told = await app.rows<{ to: string }>(
      `SELECT m.to_address AS "to" FROM mail_messages m JOIN report_runs r ON r.id = m.cause_id WHERE r.subscription_id = $1`,
      [subscription.id],
    );
    expect(told.map(({ to }) => to)).toEqual([finance.email]);
    await finance.must(finance.post(`/api/v1/subscriptions/${subscription.id}/end`));
  });

  it('whose report does not tie is sent to nobody, and an alarm is raised', async () => {
    app.clock.moveTo(new Date('2027-10-20T00:00:00Z'));
    const subscription = await subscribe();
    // Somebody with the keys to the database changes a balance behind everybody's back.
    await app.asSuperuser(
      `UPDATE accounts SET balance = balance + 1 WHERE kind = 'cash' AND pool_id = '${coalition.poolId}'`,
    );
    await app.moveTo('2027-11-03T08:00:00Z');
    const mails = await app.rows<{ template: string; state: string }>(
      `SELECT m.template, r.state FROM mail_messages m JOIN report_runs r ON r.id = m.cause_id WHERE r.subscription_id = $1`,
      [subscription.id],
    );
    expect(mails).toEqual([{ template: 'financeReport.alarm', state: 'doesNotTie' }]);
    await app.asSuperuser(
      `UPDATE accounts SET balance = balance - 1 WHERE kind = 'cash' AND pool_id = '${coalition.poolId}'`,
    );
  });

  it.each([
    ['/recipientIds/0', { recipientIds: ['partner'] }],
    ['/recurrence/day', { recurrence: { ...monthly, day: undefined } }],
    ['/recurrence/timeZone', { recurrence: { ...monthly, timeZone: 'Europe/Atlantis' } }],
    ['/recurrence/time', { recurrence: { ...monthly, time: '25:00' } }],
    ['/formats', { formats: ['paper'] }],
  ])('is refused at %s', async (pointer, wrong) => {
    const { finance, partner, poolId } = coalition;
    const more = 'recipientIds' in wrong ? { recipientIds: [partner.id] } : wrong;
    const refused = await finance.post<ProblemBody>(`/api/v1/pools/${poolId}/subscriptions`, {
      ...{ kind: 'poolPosition', formats: ['csv'], recurrence: monthly, recipientIds: [finance.id] },
      ...more,
    });
    expect(refused.body.errors.map((error) => error.pointer)).toEqual([pointer]);
  });
});

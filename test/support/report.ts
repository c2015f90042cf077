import type { Page } from '../../src/platform/http/list.js';
import type { SpendReportAnswer, SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import type { Client, TestApp } from './app.js';
import { award, foundCoalition, fund, pay, type ProblemBody, type TestCoalition } from './coalition.js';

/** A coalition with two goals, and a grant that is reported on. */
export interface TestReports {
  coalition: TestCoalition;
  grantId: string;
  school: string;
  youth: string;
  read(number: number, by?: Client): Promise<SpendReportAnswer>;
  address(number: number, step?: string): string;
  /** Saves what was spent on the second goal, with a story. */
  save(number: number, body: object): Promise<SpendReportAnswer>;
  submit(number: number, spent: string): Promise<SpendReportAnswer>;
  accept(number: number): Promise<SpendReportAnswer>;
}

/** £40,000.00 over 2027 in quarters: the first is paid on 4 January, the second on 6 April, and it is 2 July. */
export async function reportedGrant(app: TestApp, name: string, terms: object = {}): Promise<TestReports> {
  app.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
  const coalition = await foundCoalition(app, name);
  await fund(coalition, '500000.00');
  const { id, backbone, partner } = coalition;
  const goals = `/api/v1/coalitions/${id}/goals`;
  const goal = async (called: string) =>
    (await backbone.must(backbone.post<{ id: string }>(goals, { name: called, horizonOn: '2031-12-31' }))).id;
  const [school, youth] = [await goal('Ready for school'), await goal('Somewhere to go')];
  const grantId = await award(coalition, {
    ...{ amount: '40000.00', startOn: '2027-01-01', endOn: '2027-12-31' },
    ...{ firstOn: '2027-01-04', everyMonths: 3, equalInstalments: 4, reportingFrequency: 'quarterly' },
    ...terms,
  });
  await app.moveTo('2027-01-04T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-04');
  await app.moveTo('2027-04-06T09:00:00Z');
  await pay(coalition, grantId, 2, '2027-04-06');
  await app.moveTo('2027-07-02T09:00:00Z');
  const path = `/api/v1/grants/${grantId}/spend-reports`;
  const reports = (await backbone.must(backbone.get<Page<SpendReportSummaryAnswer>>(path))).items;
  const address = (number: number, step = '') =>
    `/api/v1/spend-reports/${reports[number - 1]!.id}${step && `/${step}`}`;
  const read = (number: number, by: Client = partner) => by.must(by.get<SpendReportAnswer>(address(number)));
  const save = async (number: number, body: object) => {
    const { version } = await read(number);
    return partner.must(partner.patch<SpendReportAnswer>(address(number), body, version));
  };
  return {
    ...{ coalition, grantId, school, youth, address, read, save },
    submit: async (number, spent) => {
      await save(number, { lines: [{ goalId: youth, amount: spent }], story: 'Two new evenings a week.' });
      return partner.must(partner.post<SpendReportAnswer>(address(number, 'submit')));
    },
    accept: (number) => backbone.must(backbone.post<SpendReportAnswer>(address(number, 'accept'))),
  };
}

export const gbp = (amount: string) => ({ amount, currency: 'GBP' });

/** What a refused request was told. */
export async function refusal(sent: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await sent;
  const { detail, errors } = body as ProblemBody;
  return { status, detail, pointers: errors.map(({ pointer }) => pointer) };
}

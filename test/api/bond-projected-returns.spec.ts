import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';
import type { InvestorBond, MoneyBody } from '../support/investor-bond.js';
import { activeBond } from '../support/investor-cases.js';

interface Projected {
  scenario: string | null;
  why: string | null;
  plan: number | null;
  paidIn: MoneyBody | null;
  received: MoneyBody | null;
  lost: MoneyBody | null;
  return: { rate: string | null } | null;
  multiple: string | null;
}

const returns = { kind: 'waterfall', tiers: [{ kind: 'capital' }] };
/** 40,000 outcomes of 1.00 in the second half of 2022, and 5,000.00 for the provider. */
const base = {
  ...{ name: 'Base', isPlan: true },
  lines: [
    { period: 1, metric: 'outcome', quantity: '9000' },
    { period: 3, metric: 'outcome', quantity: '40000' },
  ],
  costs: [
    { on: '2022-01-05', amount: '90000.00' },
    { on: '2022-11-30', amount: '5000.00' },
  ],
};

let app: TestApp;
let coalition: TestCoalition;
let bond: InvestorBond;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Projected Towns ${coalitions}`);
  bond = await activeBond(app, coalition, { returns });
});

const path = (on: string) => `bonds/${bond.id}/investors/${bond.parties['A']!}/statement?on=${on}`;
const projected = async (on: string): Promise<Projected> =>
  (await bond.get<{ projected: Projected }>(path(on))).projected;
const keep = (scenarios: object[]) =>
  coalition.finance.must(
    coalition.finance.send({
      ...{ method: 'PUT', url: `/api/v1/bonds/${bond.id}/scenarios`, payload: { scenarios } },
    }),
  );
const figures = ({ paidIn, received, lost, multiple }: Projected) => [
  ...[paidIn, received, lost].map((money) => money?.amount),
  multiple,
];

describe('what an investor is expected to get in the end', () => {
  it('is nothing while no scenario is the plan, and the statement says so', async () => {
    await keep([{ ...base, isPlan: false }]);
    expect(await projected('2022-01-01')).toMatchObject({
      ...{ scenario: null, return: null, received: null },
      why: 'No kept scenario is the plan, so nothing is projected.',
    });
  });

  it('begins with what happened: capital that was drawn, outcomes that were paid; and goes on by the scenario', async () => {
    await keep([base]);
    await bond.drawn('A', '12000.00', '2022-01-10');
    await bond.drawn('B', '8000.00', '2022-01-10');
    await bond.paidOutcomes('6000', 1, '2022-04-30');
    // Held 26,000.00, less 5,000.00 for the provider; 40,000.00 come on 30 October: all capital is returned.
    const now = await projected('2022-04-30');
    expect(now).toMatchObject({ scenario: 'Base', why: null, plan: null });
    expect(figures(now)).toEqual(['12000.00', '12000.00', '0.00', '1.000000']);
    expect(now.return!.rate).toBe('0.0000000000');
    // Seen from the day before anything was lent, the provider was still to be paid, and nobody had lent yet.
    const before = await projected('2022-01-04');
    expect(figures(before)).toEqual(['54000.00', '26400.00', '27600.00', '0.488889']);
  });

  it('is on the page and in the file, by what it was projected', async () => {
    await keep([base]);
    await bond.drawn('A', '12000.00', '2022-01-10');
    const finance = await Browser.of(app, coalition.finance);
    const { html } = await finance.get(`/${path('2022-01-10')}`);
    expect(html).toContain('Projected by the scenario “Base”.');
    expect(html).toContain('Will have got');
    const file = await finance.get(`/api/v1/${path('2022-01-10').replace('?', '.csv?')}`);
    expect(file.html).toContain(',projected,');
    expect(file.html).toContain('Projected by the scenario “Base”');
  });
});

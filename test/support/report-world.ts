import type { Client, TestApp } from './app.js';
import { award, foundCoalition, type Made, pay, sign, type TestCoalition } from './coalition.js';
import { InvestorBond } from './investor-bond.js';

/** Of a coalition’s first months: what finance reports are held to. */
export interface ReportWorld {
  coalition: TestCoalition;
  school: string;
  youth: string;
  grantA: string;
  grantB: string;
  bond: InvestorBond;
}

/** Before a payment came back, a contribution was reversed, and promises were changed. */
export const early = new Date('2026-12-10T12:00:00Z');
/** After all of it, and after the bond’s first payments. */
export const late = new Date('2027-06-30T12:00:00Z');

/**
 * Two funders, one of whom promised euros; restricted money; two grants, of which one is paid in euros; what the bank and
 * the host take. Then what is taken back and changed later: a payment returned by the bank, a contribution reversed, one
 * recorded late, a promise and an award changed, money given back and refunded, spending reported; and a bond.
 * @param atEarly is called at the early instant, when nothing later has happened yet
 */
export async function reportWorld(
  app: TestApp,
  atEarly: (coalition: TestCoalition) => Promise<void>,
): Promise<ReportWorld> {
  const coalition = await foundCoalition(app, 'River Towns', {
    pool: {
      ...{ attributionRule: 'earmark_first', refundPolicy: 'pro_rata' },
      ...{ reserve: '1000.00', confidenceBasisPoints: 8_000 },
    },
  });
  const { backbone, finance, poolId, hill, id, north, south } = coalition;
  await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { feeBasisPoints: 100, feeHostId: hill }, 1));
  const goal = async (name: string) =>
    (
      await backbone.must(
        backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, { name, horizonOn: '2031-12-31' }),
      )
    ).id;
  const [school, youth] = [await goal('Ready for school'), await goal('Somewhere to go')];
  const ofPool = <Body = Made>(path: string, body: object, by: Client = finance) =>
    by.must(by.post<Body>(`/api/v1/pools/${poolId}/${path}`, body));
  const pledge = await ofPool('pledges', {
    ...{ funderId: north, reference: 'N-1', amount: '30000.00', signedOn: '2026-11-01' },
    instalments: [
      { dueOn: '2026-11-15', amount: '10000.00' },
      { dueOn: '2027-02-15', amount: '10000.00' },
      { dueOn: '2028-02-15', amount: '10000.00' },
    ],
  });
  await ofPool('pledges', {
    ...{ funderId: south, reference: 'S-1', amount: '20000.00', signedOn: '2026-11-02' },
    ...{ currency: 'EUR', planningRate: '0.8625' },
    instalments: [
      { dueOn: '2026-11-20', amount: '9999.99' },
      { dueOn: '2026-12-01', amount: '10000.01' },
    ],
  });
  const received = (funderId: string, amount: string, receivedOn: string, bankReference: string, more = {}) =>
    ofPool('contributions', { funderId, amount, receivedOn, bankReference, ...more });
  await received(north, '12000.00', '2026-11-20', 'FPS 1');
  await received(south, '8600.00', '2026-11-21', 'SEPA 1', { paidAmount: '9999.99', paidCurrency: 'EUR' });
  await received(south, '3000.00', '2026-11-22', 'FPS 2', { earmarkGoalId: school });
  await received(north, '500.00', '2026-11-22', 'WRONG');
  const terms = { startOn: '2026-12-01', endOn: '2027-11-30', firstOn: '2026-12-01' };
  const grantA = await award(coalition, {
    ...{ ...terms, reference: 'A', title: 'Core support', amount: '9000.00', goalIds: [school, youth] },
    ...{ everyMonths: 3, equalInstalments: 3, reportingFrequency: 'quarterly' },
  });
  const grantB = await award(coalition, {
    ...{ ...terms, reference: 'B', title: 'Evenings', amount: '4000.00', goalIds: [school] },
    ...{ everyMonths: 6, equalInstalments: 2 },
  });
  await app.moveTo('2026-12-02T09:00:00Z');
  await pay(coalition, grantA, 1, '2026-12-01');
  const abroad = await pay(coalition, grantB, 1, '2026-12-02', {
    ...{ paidAmount: '2320.00', paidCurrency: 'EUR', chargedAmount: '2004.50' },
  });
  await ofPool('bank-charges', { amount: '10.00', takenOn: '2026-12-02', bankReference: 'CHG 1' });
  await app.moveTo(early.toISOString());
  await atEarly(coalition);

  await app.moveTo('2026-12-15T09:00:00Z');
  await finance.must(
    finance.post(`/api/v1/disbursements/${abroad}/return`, { returnedOn: '2026-12-14', reason: 'AC04' }),
  );
  await received(north, '700.00', '2026-12-05', 'FPS LATE');
  await reverseContribution(app, coalition, 'WRONG');
  await app.moveTo('2027-01-06T09:00:00Z');
  await amendPledge(coalition, pledge.id);
  await amendGrant(coalition, grantA);
  await app.moveTo('2027-03-02T09:00:00Z');
  await pay(coalition, grantA, await firstUnpaid(coalition, grantA), '2027-03-02');
  await spent(app, coalition, grantA, [
    { goalId: school, amount: '2500.00' },
    { goalId: youth, amount: '100.00' },
  ]);
  await finance.must(
    finance.post(`/api/v1/grants/${grantA}/returns`, {
      ...{ amount: '150.00', receivedOn: '2027-04-12', bankReference: 'RET 1' },
    }),
  );
  const refund = await ofPool<Made & { approvalId: string }>('refunds', {
    amount: '100.00',
    reason: 'Too much',
  });
  await sign(coalition, refund.approvalId);
  await finance.must(
    finance.post(`/api/v1/refunds/${refund.id}/pay`, { bankReference: 'BACS R', paidOn: '2027-04-14' }),
  );
  const bond = await aBond(app, coalition);
  await app.moveTo(late.toISOString());
  return { coalition, school, youth, grantA, grantB, bond };
}

async function reverseContribution(
  app: TestApp,
  { id, poolId }: TestCoalition,
  bankReference: string,
): Promise<void> {
  const other = await app.person('Other finance');
  await app.seat(other, id, 'finance');
  const [contribution] = await app.rows<Made>(
    `SELECT id FROM contributions WHERE bank_reference = $1 AND pool_id = $2`,
    [bankReference, poolId],
  );
  await other.must(
    other.post(`/api/v1/contributions/${contribution!.id}/reverse`, {
      ...{ reason: 'Of another coalition', occurredOn: '2026-12-15' },
    }),
  );
}

async function amendPledge({ finance }: TestCoalition, pledgeId: string): Promise<void> {
  const { version } = await finance.must(finance.get<Made>(`/api/v1/pledges/${pledgeId}`));
  await finance.must(
    finance.post(
      `/api/v1/pledges/${pledgeId}/amend`,
      {
        ...{ reason: 'Later, and more', occurredOn: '2027-01-06' },
        instalments: [
          { dueOn: '2027-04-30', amount: '9000.00' },
          { dueOn: '2028-02-15', amount: '12000.00' },
        ],
      },
      { 'if-match': `"${version}"` },
    ),
  );
}

async function amendGrant(coalition: TestCoalition, grantId: string): Promise<void> {
  const { finance } = coalition;
  const { approvalId } = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/grants/${grantId}/amendments`, {
      ...{ kind: 'topUp', reason: 'A second cohort', award: '12000.00' },
    }),
  );
  await sign(coalition, approvalId);
}

async function firstUnpaid({ finance }: TestCoalition, grantId: string): Promise<number> {
  const { instalments } = await finance.must(
    finance.get<{ instalments: { number: number; state: string }[] }>(`/api/v1/grants/${grantId}`),
  );
  return instalments.find(({ state }) => state === 'due')!.number;
}

/** The first report of a grant says what was spent, and is accepted. */
async function spent(
  app: TestApp,
  { backbone, partner }: TestCoalition,
  grantId: string,
  lines: { goalId: string; amount: string }[],
): Promise<void> {
  const { items } = await backbone.must(
    backbone.get<{ items: Made[] }>(`/api/v1/grants/${grantId}/spend-reports`),
  );
  const address = `/api/v1/spend-reports/${items[0]!.id}`;
  const { version } = await partner.must(partner.get<Made>(address));
  await app.moveTo('2027-04-12T09:00:00Z');
  await partner.must(partner.patch(address, { lines, story: 'Two new evenings a week.' }, version));
  await partner.must(partner.post(`${address}/submit`));
  await app.moveTo('2027-04-14T09:00:00Z');
  await backbone.must(backbone.post(`${address}/accept`));
}

/** 20,000 drawn, 15,000 advanced; 900 outcomes paid, 300 more invoiced and paid in part; a distribution. */
async function aBond(app: TestApp, coalition: TestCoalition): Promise<InvestorBond> {
  const tiers = [
    { kind: 'capital' },
    { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
  ];
  const bond = await InvestorBond.active(app, coalition, {
    ...{ returns: { kind: 'waterfall', tiers }, on: '2027-05-03' },
  });
  await bond.must(`bonds/${bond.id}/plans`, {
    reason: 'As was hoped',
    lines: [1, 2, 3].map((period) => ({ period, metric: 'outcome', quantity: '1000' })),
  });
  await bond.drawn('A', '20000.00', '2027-05-04');
  await bond.advanced('15000.00', '2027-05-04');
  await bond.paidOutcomes('900', 1, '2027-05-10');
  bond.moveTo('2027-05-20');
  const [first] = await bond.outcomes('300', 2);
  await bond.must(`outcome-invoices/${first!.id}/receipts`, {
    ...{ amount: '40.00', receivedOn: '2027-05-20', bankReference: bond.bankReference() },
  });
  bond.moveTo('2027-05-24');
  await bond.distributed('2027-05-24', { amount: '600.00' });
  return bond;
}

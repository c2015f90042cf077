import type { Client, TestApp } from './app.js';

export interface Made {
  id: string;
  version: number;
}

export interface ProblemBody {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; message: string }[];
}

/** A coalition with its people, organisations and one pool: where most tests begin. */
export interface TestCoalition {
  id: string;
  poolId: string;
  backbone: Client;
  finance: Client;
  approver: Client;
  secondApprover: Client;
  funder: Client;
  partner: Client;
  /** Organisations. */
  north: string;
  south: string;
  stream: string;
  hill: string;
}

/**
 * Founds a coalition by the API: North and South fund it, Stream and Hill deliver; `funder` sits for North, `partner`
 * for Stream.
 */
export async function foundCoalition(
  app: TestApp,
  name = 'River Towns',
  more: { coalition?: object; pool?: object } = {},
): Promise<TestCoalition> {
  const person = (role: string) => app.person(`${role} of ${name}`);
  const backbone = await person('Backbone');
  const coalition = await backbone.must(
    backbone.post<Made>('/api/v1/coalitions', {
      name,
      commonAgenda: 'Every child thrives',
      kind: 'coordinating',
      timeZone: 'Europe/London',
      businessDay: 'modifiedFollowing',
      holidays: 'GB-ENG',
      ...more.coalition,
    }),
  );
  const organisation = async (called: string) =>
    (
      await backbone.must(
        backbone.post<Made>(`/api/v1/coalitions/${coalition.id}/organisations`, {
          name: called,
          sector: 'third',
        }),
      )
    ).id;
  const [north, south, stream, hill] = [
    await organisation('North River Trust'),
    await organisation('South Bank Fund'),
    await organisation('Stream Youth Work'),
    await organisation('Hill Families'),
  ];
  const seated = async (
    role: 'finance' | 'approver' | 'funder' | 'partner',
    called: string,
    organisationId?: string,
  ) => {
    const client = await person(called);
    await app.seat(client, coalition.id, role, organisationId);
    return client;
  };
  const pool = await backbone.must(
    backbone.post<Made>(`/api/v1/coalitions/${coalition.id}/pools`, {
      name: `${name} Fund`,
      currency: 'GBP',
      attributionRule: 'pro_rata',
      refundPolicy: 'none',
      approvalTiers: [{ above: '10000.00', approvers: 2 }],
      ...more.pool,
    }),
  );
  return {
    id: coalition.id,
    poolId: pool.id,
    backbone,
    finance: await seated('finance', 'Finance'),
    approver: await seated('approver', 'Approver'),
    secondApprover: await seated('approver', 'Second approver'),
    funder: await seated('funder', 'Funder', north),
    partner: await seated('partner', 'Partner', stream),
    ...{ north, south, stream, hill },
  };
}

let references = 0;

/** Has a funder pledge and pay an amount at once. */
export async function fund(
  { finance, poolId, north }: TestCoalition,
  amount: string,
  { funderId = north, on = '2026-11-20' }: { funderId?: string; on?: string } = {},
): Promise<void> {
  references += 1;
  const body = { funderId, amount };
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      ...body,
      reference: `P-${references}`,
      signedOn: on,
      instalments: [{ dueOn: on, amount }],
    }),
  );
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/contributions`, {
      ...body,
      receivedOn: on,
      bankReference: `BANK-${references}`,
    }),
  );
}

/** Drafts, proposes and awards a grant to Stream. Returns its id. */
export async function award(coalition: TestCoalition, terms: object): Promise<string> {
  const { backbone, approver, poolId, stream } = coalition;
  references += 1;
  const grant = await backbone.must(
    backbone.post<Made>(`/api/v1/pools/${poolId}/grants`, {
      organisationId: stream,
      reference: `G-${references}`,
      title: 'Core support',
      mode: 'flexible',
      startOn: '2026-12-01',
      endOn: '2031-12-31',
      reportingFrequency: 'yearly',
      reportingDueAfterDays: 30,
      ...terms,
    }),
  );
  await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
  await approver.must(approver.post(`/api/v1/grants/${grant.id}/award`, { decisionReference: 'Minute 1' }));
  return grant.id;
}

/** Has a request approved by as many as it needs. */
export async function sign(
  { finance, approver, secondApprover }: TestCoalition,
  approvalId: string,
): Promise<void> {
  const approval = `/api/v1/approvals/${approvalId}`;
  const { contentHash, required } = await finance.must(
    finance.get<{ contentHash: string; required: number }>(approval),
  );
  for (const person of [approver, secondApprover].slice(0, required)) {
    await person.must(person.post(`${approval}/approve`, { contentHash }));
  }
}

/** Has an account proposed for the pool, and approved. */
export async function payFrom(
  coalition: TestCoalition,
  account: { accountName: string; iban: string; bic: string },
): Promise<void> {
  const { finance, poolId } = coalition;
  const reason = 'The fund is kept there';
  const { approvalId } = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/pools/${poolId}/bank-accounts`, { ...account, reason }),
  );
  await sign(coalition, approvalId);
}

/** Has an instalment that is due released, approved by two and settled. Returns the payment's id. */
export async function pay(
  coalition: TestCoalition,
  grantId: string,
  number: number,
  paidOn: string,
  more: object = {},
): Promise<string> {
  const { backbone, finance } = coalition;
  const { instalments } = await backbone.must(
    backbone.get<{ instalments: { id: string; number: number }[] }>(`/api/v1/grants/${grantId}`),
  );
  const { id } = instalments.find((instalment) => instalment.number === number)!;
  const payment = await finance.must(
    finance.post<{ id: string; approvalId: string }>(`/api/v1/instalments/${id}/release`),
  );
  await sign(coalition, payment.approvalId);
  references += 1;
  const bankReference = `BACS-${references}`;
  await finance.must(
    finance.post(`/api/v1/disbursements/${payment.id}/settle`, { bankReference, paidOn, ...more }),
  );
  return payment.id;
}

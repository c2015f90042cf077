import type { Client, TestApp } from './app.js';
import { bondTerms } from './bond-terms.js';
import { type Made, sign, type TestCoalition } from './coalition.js';

/** A claim, as the API tells it. */
export interface ClaimBody extends Made {
  number: number;
  period: number;
  state: string;
  isPaid: boolean | null;
  termsNumber: number;
  decidedBy: string | null;
  decidedReason: string | null;
  net: { amount: string } | null;
  paidByPayers: { amount: string } | null;
  lines: {
    id: string;
    metric: string;
    verdict: string | null;
    quantity: string | null;
    acceptedQuantity: string | null;
    reason: string | null;
    people: { key: string; isAccepted: boolean }[];
  }[];
  workings: {
    lineId: string | null;
    metric: string;
    working: string;
    gross: { amount: string };
    trimmed: { by: string; amount: { amount: string } }[];
    net: { amount: string };
    shares: { payer: string; amount: { amount: string }; unpaid: { amount: string } }[];
  }[];
  evidence: { id: string; name: string; sizeBytes: number; sha256: string }[];
}

/** What is claimed for one metric. */
export interface ClaimedLine {
  metric: string;
  quantity?: string;
  value?: string;
  people?: string[];
}

let bonds = 0;

/**
 * An active bond of Stream’s, of 2027 to 2030 and claimed by quarters, of which North pays two thirds and South one; with
 * its verifier, who sits for Evidence Lab. The clock is put to `now`, a day of its second period.
 */
export class TestBond {
  private constructor(
    readonly app: TestApp,
    readonly coalition: TestCoalition,
    readonly id: string,
    readonly reference: string,
    readonly verifier: Client,
    readonly lab: string,
    readonly investor: string,
  ) {}

  static async active(
    app: TestApp,
    coalition: TestCoalition,
    inTerms: object = {},
    now = '2027-05-03T09:00:00Z',
  ): Promise<TestBond> {
    bonds += 1;
    app.clock.moveTo(new Date(now));
    const { finance, backbone, id, north, south } = coalition;
    const organisation = async (name: string) =>
      (
        await backbone.must(
          backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, { name, sector: 'third' }),
        )
      ).id;
    const [investor, lab] = [
      await organisation(`Patient Capital ${bonds}`),
      await organisation(`Evidence Lab ${bonds}`),
    ];
    const verifier = await app.person(`Verifier ${bonds}`);
    await app.seat(verifier, id, 'verifier', lab);
    const reference = `CIB-${bonds}`;
    const bond = await finance.must(
      finance.post<Made>(`/api/v1/coalitions/${id}/bonds`, {
        ...{ poolId: coalition.poolId, reference, title: 'Children first', providerId: coalition.stream },
        terms: bondTerms({ payers: [north, south], investor, verifier: { organisationId: lab } }, inTerms),
      }),
    );
    const made = new TestBond(app, coalition, bond.id, reference, verifier, lab, investor);
    await made.sign();
    await finance.must(finance.post(`/api/v1/bonds/${bond.id}/activate`, { activeFrom: '2027-01-01' }));
    return made;
  }

  /** Proposes the version that is drafted, and has it signed. */
  async sign(): Promise<void> {
    const { finance } = this.coalition;
    const { versions } = await finance.must(
      finance.post<{ versions: { approvalId: string }[] }>(`/api/v1/bonds/${this.id}/propose`),
    );
    await sign(this.coalition, versions[0]!.approvalId);
  }

  make<Body = ClaimBody>(lines: ClaimedLine[], period = 1, who: Client = this.coalition.partner) {
    return who.post<Body>(`/api/v1/bonds/${this.id}/claims`, { period, lines });
  }

  step<Body = ClaimBody>(claimId: string, step: string, body?: object, who: Client = this.coalition.partner) {
    return who.post<Body>(`/api/v1/claims/${claimId}/${step}`, body);
  }

  /** Claims and hands in. */
  async submitted(lines: ClaimedLine[], period = 1): Promise<ClaimBody> {
    const { partner } = this.coalition;
    const { id } = await partner.must(this.make(lines, period));
    return partner.must(this.step(id, 'submit'));
  }

  /** Says of each line, by its place, what was found of it; accepted where nothing is said. */
  verify<Body = ClaimBody>(
    { id, lines }: ClaimBody,
    findings: (object | undefined)[] = [],
    who: Client = this.verifier,
    headers: Record<string, string> = {},
  ) {
    const found = lines.map((line, index) => ({
      ...{ lineId: line.id, verdict: 'accepted' },
      ...findings[index],
    }));
    return who.post<Body>(`/api/v1/claims/${id}/verify`, { lines: found }, headers);
  }

  async verified(lines: ClaimedLine[], period = 1): Promise<ClaimBody> {
    return this.verifier.must(this.verify(await this.submitted(lines, period)));
  }
}

/** "gross; trims; net; each payer’s part", as the working of a claim says it. */
export const workingsOf = ({ workings }: ClaimBody): string[] =>
  workings.map(({ working, gross, trimmed, net, shares }) =>
    [
      `${working} = ${gross.amount}`,
      ...trimmed.map(({ by, amount }) => `${by} −${amount.amount}`),
      `net ${net.amount}`,
      ...shares.map(
        ({ payer, amount, unpaid }) =>
          `${payer.split(' ')[0]!} ${amount.amount}${unpaid.amount === '0.00' ? '' : `, unpaid ${unpaid.amount}`}`,
      ),
    ].join('; '),
  );

import type { Client, TestApp } from './app.js';
import { bondTerms } from './bond-terms.js';
import { type Made, sign, type TestCoalition } from './coalition.js';

export interface MoneyBody {
  amount: string;
  currency: string;
}

export interface CallBody extends Made {
  reference: string;
  state: string;
  amount: MoneyBody;
  received: MoneyBody;
}

export interface DistributionBody extends Made {
  state: string;
  approvalId: string;
  amount: MoneyBody;
  forPool: MoneyBody;
}

let bonds = 0;

/**
 * An active bond of Stream’s with two investors (60,000 and 40,000 committed), of which North pays two thirds of what
 * outcomes are worth (1.00 each) and South one third: money in and out by the API, without a word more than needed.
 */
export class InvestorBond {
  readonly parties: Record<string, string> = {};

  private constructor(
    readonly app: TestApp,
    readonly coalition: TestCoalition,
    readonly id: string,
    readonly reference: string,
    private readonly verifier: Client,
  ) {}

  /** @param on a day of its term, to which the clock is put: the term begins on 1 January 2022 */
  static async active(
    app: TestApp,
    coalition: TestCoalition,
    {
      returns,
      inTerms = {},
      commitments = ['60000.00', '40000.00'],
      on = '2022-01-01',
    }: {
      returns: object;
      inTerms?: object;
      commitments?: [string, string];
      on?: string;
    },
  ): Promise<InvestorBond> {
    bonds += 1;
    app.clock.moveTo(new Date(`${on}T12:00:00Z`));
    const { finance, backbone, id, north, south } = coalition;
    const organisation = async (name: string) =>
      (
        await backbone.must(
          backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, { name, sector: 'third' }),
        )
      ).id;
    const [first, second, lab] = [
      await organisation(`Patient Capital ${bonds}`),
      await organisation(`Second Capital ${bonds}`),
      await organisation(`Evidence Lab ${bonds}`),
    ];
    const verifier = await app.person(`Verifier of investors ${bonds}`);
    await app.seat(verifier, id, 'verifier', lab);
    const reference = `INV-${bonds}`;
    const terms = bondTerms(
      { payers: [north, south], investor: first, verifier: { organisationId: lab } },
      {
        ...{ startOn: '2022-01-01', endOn: '2029-12-31', returns },
        rateCard: [
          { metric: 'outcome', title: 'An outcome', kind: 'per_unit', price: '1.00', unit: 'outcome' },
        ],
        caps: {},
        payers: [
          { organisationId: north, weight: '2' },
          { organisationId: south, weight: '1' },
        ],
        investors: [
          { organisationId: first, commitment: commitments[0] },
          { organisationId: second, commitment: commitments[1] },
        ],
        ...inTerms,
      },
    );
    const made = await finance.must(
      finance.post<Made>(`/api/v1/coalitions/${id}/bonds`, {
        ...{
          poolId: coalition.poolId,
          reference,
          title: 'Children first',
          providerId: coalition.stream,
          terms,
        },
      }),
    );
    const bond = new InvestorBond(app, coalition, made.id, reference, verifier);
    const { versions } = await finance.must(
      finance.post<{ versions: { approvalId: string }[] }>(`/api/v1/bonds/${made.id}/propose`),
    );
    await sign(coalition, versions[0]!.approvalId);
    const { parties } = await finance.must(
      finance.get<{ parties: { id: string; role: string; name: string }[] }>(`/api/v1/bonds/${made.id}`),
    );
    for (const { id: partyId, role, name } of parties)
      bond.parties[role === 'investor' ? (name.startsWith('Patient') ? 'A' : 'B') : role] = partyId;
    await finance.must(finance.post(`/api/v1/bonds/${made.id}/activate`, { activeFrom: on }));
    return bond;
  }

  private references = 0;

  bankReference(): string {
    this.references += 1;
    return `${this.reference} BANK ${this.references}`;
  }

  moveTo(on: string): void {
    this.app.clock.moveTo(new Date(`${on}T12:00:00Z`));
  }

  post<Body>(path: string, body?: object, who: Client = this.coalition.finance) {
    return who.post<Body>(`/api/v1/${path}`, body);
  }

  must<Body>(path: string, body?: object, who: Client = this.coalition.finance): Promise<Body> {
    return who.must(this.post<Body>(path, body, who));
  }

  get<Body>(path: string, who: Client = this.coalition.finance): Promise<Body> {
    return who.must(who.get<Body>(`/api/v1/${path}`));
  }

  call<Body = CallBody>(investor: 'A' | 'B', amount: string, dueOn: string) {
    const body = { partyId: this.parties[investor], amount, dueOn, reason: 'The next quarter' };
    return this.post<Body>(`bonds/${this.id}/drawdown-calls`, body);
  }

  /** Calls capital and receives it, on the day of the clock. */
  async drawn(investor: 'A' | 'B', amount: string, on: string): Promise<CallBody> {
    this.moveTo(on);
    const call = await this.coalition.finance.must(this.call(investor, amount, on));
    await this.received(call.id, amount, on);
    return call;
  }

  received(callId: string, amount: string, receivedOn: string): Promise<Made> {
    return this.must(`drawdown-calls/${callId}/receipts`, {
      ...{ amount, receivedOn, bankReference: this.bankReference() },
    });
  }

  /** Has outcomes claimed and verified in a period, and what payers owe for them. Returns the ids of the invoices. */
  async outcomes(quantity: string, period: number): Promise<{ id: string; amount: MoneyBody }[]> {
    const { partner } = this.coalition;
    const { id } = await this.must<Made>(
      `bonds/${this.id}/claims`,
      { period, lines: [{ metric: 'outcome', quantity }] },
      partner,
    );
    const { lines } = await this.must<{ lines: { id: string }[] }>(`claims/${id}/submit`, undefined, partner);
    await this.must(
      `claims/${id}/verify`,
      { lines: lines.map((line) => ({ lineId: line.id, verdict: 'accepted' })) },
      this.verifier,
    );
    const { items } = await this.get<{ items: { id: string; sourceId: string; amount: MoneyBody }[] }>(
      `bonds/${this.id}/outcome-invoices?limit=100`,
    );
    return items.filter(({ sourceId }) => sourceId === id);
  }

  /** And pays them on a day. */
  async paidOutcomes(quantity: string, period: number, on: string): Promise<void> {
    this.moveTo(on);
    for (const { id, amount } of await this.outcomes(quantity, period)) {
      await this.must(`outcome-invoices/${id}/receipts`, {
        ...{ amount: amount.amount, receivedOn: on, bankReference: this.bankReference() },
      });
    }
  }

  askAdvance<Body = DistributionBody>(amount: string, who?: Client) {
    return this.post<Body>(`bonds/${this.id}/provider-advances`, { amount, reason: 'Link workers' }, who);
  }

  async advanced(amount: string, paidOn: string): Promise<void> {
    const { finance } = this.coalition;
    const { id, approvalId } = await finance.must(this.askAdvance(amount));
    await sign(this.coalition, approvalId);
    await this.must(`provider-advances/${id}/pay`, { bankReference: this.bankReference(), paidOn });
  }

  ask<Body = DistributionBody>(asOf: string, more: object = {}) {
    return this.post<Body>(`bonds/${this.id}/distributions`, { asOf, reason: 'What is due', ...more });
  }

  pay<Body = DistributionBody>(distributionId: string, paidOn: string) {
    const body = { bankReference: this.bankReference(), paidOn };
    return this.post<Body>(`distributions/${distributionId}/pay`, body);
  }

  /** Asks for a distribution, has it approved, and pays it on a day. */
  async distributed(asOf: string, more: object = {}, paidOn = asOf): Promise<DistributionBody> {
    const { finance } = this.coalition;
    const { id, approvalId } = await finance.must(this.ask(asOf, more));
    await sign(this.coalition, approvalId);
    this.moveTo(paidOn);
    return finance.must(this.pay(id, paidOn));
  }
}

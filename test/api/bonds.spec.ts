import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { cash, investorCapital } from '../../src/ledger/chart-of-accounts.js';
import { credit, debit } from '../../src/ledger/entry.rules.js';
import { LedgerService } from '../../src/ledger/ledger.service.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { bondTerms } from '../support/bond-terms.js';
import {
  foundCoalition,
  type Made,
  type ProblemBody,
  sign,
  type TestCoalition,
} from '../support/coalition.js';

interface Version {
  number: number;
  state: string;
  reason: string;
  termsHash: string;
  approvalId: string;
  signedBy: string | null;
  terms: { rateCard: { price: string | null }[] };
  changes: string[];
}

interface Bond extends Made {
  state: string;
  reference: string;
  signedVersion: number | null;
  signedOn: string | null;
  activeFrom: string | null;
  parties: {
    id: string;
    role: string;
    organisationId: string | null;
    personId: string | null;
    name: string;
  }[];
  versions: Version[];
  problems: { pointer: string; code: string; message: string }[];
}

let app: TestApp;
let coalition: TestCoalition;
let bank: string;
let lab: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Bond Towns ${coalitions}`);
  [bank, lab] = [await organisation('Patient Capital'), await organisation('Evidence Lab')];
});

const organisation = async (name: string): Promise<string> => {
  const { backbone, id } = coalition;
  const made = backbone.post<Made>(`/api/v1/coalitions/${id}/organisations`, { name, sector: 'third' });
  return (await backbone.must(made)).id;
};
const terms = (more: object = {}) => {
  const { north, south } = coalition;
  return bondTerms({ payers: [north, south], investor: bank, verifier: { organisationId: lab } }, more);
};
const draft = <Body = Bond>(more: object = {}, inTerms: object = {}, who: Client = coalition.finance) =>
  who.post<Body>(`/api/v1/coalitions/${coalition.id}/bonds`, {
    ...{ poolId: coalition.poolId, reference: 'B-1', title: 'A good start', providerId: coalition.stream },
    ...{ terms: terms(inTerms), ...more },
  });
const drafted = (inTerms: object = {}) => coalition.finance.must(draft({}, inTerms));
const read = (id: string, who: Client = coalition.backbone) => who.must(who.get<Bond>(`/api/v1/bonds/${id}`));
const post = <Body = Bond>(id: string, step: string, body?: object, who: Client = coalition.finance) =>
  who.post<Body>(`/api/v1/bonds/${id}/${step}`, body);
const proposed = async (inTerms: object = {}) => {
  const { id } = await drafted(inTerms);
  return coalition.finance.must(post(id, 'propose'));
};
const signed = async (inTerms: object = {}) => {
  const bond = await proposed(inTerms);
  await sign(coalition, bond.versions[0]!.approvalId);
  return read(bond.id);
};
/** Capital that an investor paid in, as its drawdown will post it. */
const drawDown = (bond: Bond, amount: bigint) =>
  app.as(coalition.finance, async (tx) => {
    const investor = bond.parties.find(({ role }) => role === 'investor')!;
    await app.nest.get(LedgerService).postOne(tx, {
      ...{ coalitionId: coalition.id, poolId: coalition.poolId, currency: 'GBP' },
      ...{ kind: 'drawdown.received', description: 'Capital', occurredOn: '2026-11-23' },
      ...{ idempotencyKey: `drawdown:${bond.id}`, document: { kind: 'bond', id: bond.id } },
      legs: [debit(cash(coalition.poolId), amount), credit(investorCapital(investor.id), amount)],
    });
  });
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a bond', () => {
  it('is drafted, proposed, signed by others than who proposed it, and made active on a day of its term', async () => {
    const { id, state, problems } = await drafted();
    expect([state, problems]).toEqual(['draft', []]);
    const { versions } = await coalition.finance.must(post(id, 'propose'));
    expect(versions.map(({ number, state: of }) => [number, of])).toEqual([[1, 'proposed']]);
    await sign(coalition, versions[0]!.approvalId);
    const bond = await read(id);
    expect([bond.state, bond.signedVersion, bond.signedOn]).toEqual(['signed', 1, '2026-11-23']);
    expect(bond.versions[0]).toMatchObject({ state: 'signed', signedBy: expect.stringMatching(/approver/i) });
    expect(bond.parties.map(({ role, name }) => [role, name]).sort()).toEqual([
      ['investor', 'Patient Capital'],
      ['payer', 'North River Trust'],
      ['payer', 'South Bank Fund'],
      ['provider', 'Stream Youth Work'],
      ['verifier', 'Evidence Lab'],
    ]);
    const early = await post<ProblemBody>(id, 'activate', { activeFrom: '2027-01-01' });
    expect([early.status, early.body.errors[0]?.pointer]).toEqual([422, '/activeFrom']);
    app.clock.moveTo(new Date('2027-01-04T09:00:00Z'));
    const outside = await post<ProblemBody>(id, 'activate', { activeFrom: '2026-12-31' });
    expect(outside.body.detail).toBe('Choose a day of the term, from 2027-01-01 to 2030-12-31.');
    const active = await coalition.finance.must(post(id, 'activate', { activeFrom: '2027-01-01' }));
    expect([active.state, active.activeFrom]).toEqual(['active', '2027-01-01']);
    await allHold();
  });

  it('says to its approvers every term in words, and the hash of them all', async () => {
    const { versions } = await proposed();
    const { content, required, summary } = await coalition.approver.must(
      coalition.approver.get<{ content: Record<string, unknown>; required: number; summary: string }>(
        `/api/v1/approvals/${versions[0]!.approvalId}`,
      ),
    );
    expect([summary, required]).toEqual(['Sign the contract B-1 with Stream Youth Work', 2]);
    expect(content).toMatchObject({
      contract: 'B-1 A good start',
      termsSha256: versions[0]!.termsHash,
      investorCommitments: [{ investor: 'Patient Capital', commitment: '360000.00' }],
    });
    expect(content.terms).toContainEqual({ term: 'Cap of the bond', value: '900000.00' });
    expect(content.terms).toContainEqual({ term: 'Verifier', value: 'Evidence Lab' });
    expect(content.priceBands).toContainEqual({
      metric: 'attendance',
      reached: 'from 60 up to but not including 65',
      price: '7.50',
    });
    expect(content.tiersInTheOrderOfPayment).toContainEqual({
      tier: '3. Preferred return',
      terms: '4 % a year on outstanding capital, simple (ACT/365)',
    });
  });

  it('needs as many signatures as the pool’s tiers say of what is at stake', async () => {
    const small = { caps: { bond: '9000.00' }, investors: [{ organisationId: bank, commitment: '5000.00' }] };
    const payers = [{ organisationId: coalition.north, weight: '1' }];
    const { versions } = await proposed({ ...small, payers });
    const approval = coalition.approver.get<{ required: number }>(
      `/api/v1/approvals/${versions[0]!.approvalId}`,
    );
    expect((await coalition.approver.must(approval)).required).toBe(1);
  });

  it('may be saved incomplete, and says what is missing; it cannot be proposed so', async () => {
    const bare = { rateCard: [], payers: [], investors: [], verifier: {}, returns: { kind: 'waterfall' } };
    const { id, problems } = await drafted(bare);
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/terms/rateCard',
      '/terms/payers',
      '/terms/investors',
      '/terms/returns/tiers',
      '/terms/verifier',
    ]);
    const { backbone } = coalition;
    expect(await backbone.must(backbone.get(`/api/v1/bonds/${id}/problems`))).toEqual({ items: problems });
    const refused = await post<ProblemBody>(id, 'propose');
    expect([refused.status, refused.body.errors]).toEqual([422, problems]);
  });

  it('with a gap between its bands is refused, the gap named', async () => {
    const band = (from: string, to: string) => ({
      ...{ from, to, fromInclusive: true, toInclusive: false, price: '5.00' },
    });
    const attendance = { metric: 'attendance', title: 'Attendance', kind: 'band' };
    const { id } = await drafted({
      rateCard: [{ ...attendance, bands: [band('55', '60'), band('65', '70')] }],
    });
    const { body } = await post<ProblemBody>(id, 'propose');
    expect(body.errors).toEqual([
      {
        pointer: '/terms/rateCard/0/bands/1/from',
        code: 'bandsGap',
        message: 'Between 60 and 65 no band holds.',
      },
    ]);
  });

  it.each([
    [{ caps: { bond: '900000.0' } }, ['/terms/caps/bond']],
    [
      { returns: { kind: 'waterfall', tiers: [{ kind: 'fee', rate: '0.1' }] } },
      ['/terms/returns/tiers/0/amount', '/terms/returns/tiers/0/rate'],
    ],
    [{ returns: { kind: 'couponLadder', bands: [] } }, ['/terms/returns/dayCount']],
  ])('is not saved with what cannot be read: %j', async (inTerms, pointers) => {
    const { status, body } = await draft<ProblemBody>({}, inTerms);
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
  });

  it.each([
    [{ startOn: 'soon' }, '/terms/startOn'],
    [{ rateCard: [{ metric: 'sign up', title: 'x', kind: 'per_unit' }] }, '/terms/rateCard/0/metric'],
    [{ impactOf: 'a funder' }, '/terms/impactOf'],
  ])('is not understood with %j', async (inTerms, pointer) => {
    const { status, body } = await draft<ProblemBody>({}, inTerms);
    expect([status, body.errors[0]?.pointer]).toEqual([400, pointer]);
  });

  it('is changed while it is a draft, by whoever has seen how it is', async () => {
    const { id, version } = await drafted();
    const change = (body: object, seen: number) =>
      coalition.finance.patch<Bond & ProblemBody>(`/api/v1/bonds/${id}`, body, seen);
    const changed = await change({ title: 'A better start', terms: terms({ invoiceDueDays: 14 }) }, version);
    expect([changed.status, changed.headers.etag]).toEqual([200, `"${version + 1}"`]);
    expect((await change({ title: 'Stale' }, version)).status).toBe(412);
    await coalition.finance.must(post(id, 'propose'));
    expect((await change({ title: 'Late' }, version + 2)).body.code).toBe('stateForbids');
  });

  it('has a provider, payers and investors other than the backbone, then and later', async () => {
    const { backbone, id } = coalition;
    const [hosts, doers] = [await organisation('Host House'), await organisation('Doers')];
    const serve = (organisationId: string, sinceOn: string) =>
      backbone.post<ProblemBody>(`/api/v1/coalitions/${id}/backbone-terms`, { organisationId, sinceOn });
    await backbone.must(serve(hosts, '2026-01-01'));
    const { body } = await draft<ProblemBody>({ providerId: hosts });
    expect(body.errors[0]?.pointer).toBe('/providerId');
    const bond = await coalition.finance.must(
      draft({ providerId: doers }, { payers: [{ organisationId: hosts, weight: '1' }] }),
    );
    expect(bond.problems.map(({ pointer }) => pointer)).toEqual(['/terms/payers/0/organisationId']);
    const refused = await serve(doers, '2027-01-01');
    expect(refused.body.detail).toMatch(/^Doers has a part in the bond B-1, so it cannot serve/);
  });

  it('is verified by a person only who sits neither for the provider nor for an investor', async () => {
    const { partner, finance, funder, id } = coalition;
    const stranger = await app.person('Stranger');
    const said: string[][] = [];
    const bond = await drafted();
    let { version } = bond;
    for (const { id: personId } of [partner, funder, stranger]) {
      const changed = await finance.must(
        finance.patch<Bond>(
          `/api/v1/bonds/${bond.id}`,
          { terms: terms({ verifier: { personId } }) },
          version,
        ),
      );
      version = changed.version;
      said.push(changed.problems.map(({ message }) => message));
    }
    expect(said).toEqual([
      [`${partner.name} sits for Stream Youth Work, so somebody else must verify.`],
      [],
      ['Choose a person who has a seat in this coalition.'],
    ]);
    await app.seat(funder, id, 'verifier', bank);
    const again = await read(bond.id);
    await finance.must(
      finance.patch(
        `/api/v1/bonds/${bond.id}`,
        { terms: terms({ verifier: { personId: funder.id } }) },
        again.version,
      ),
    );
    const refused = await post<ProblemBody>(bond.id, 'propose');
    expect(refused.body.errors).toEqual([
      {
        pointer: '/terms/verifier/personId',
        code: 'notIndependent',
        message: `${funder.name} sits for Patient Capital, so somebody else must verify.`,
      },
    ]);
  });

  it('that was rejected is drafted again as another version, with its reason', async () => {
    const { id, versions } = await proposed();
    const { approver } = coalition;
    const approval = `/api/v1/approvals/${versions[0]!.approvalId}`;
    const { contentHash } = await approver.must(approver.get<{ contentHash: string }>(approval));
    await approver.must(approver.post(`${approval}/reject`, { contentHash, reason: 'Too dear' }));
    const bond = await read(id);
    expect([bond.state, bond.versions[0]!.state]).toEqual(['draft', 'rejected']);
    const again = await coalition.finance.must(post(id, 'versions', { reason: 'A lower price' }));
    expect(again.versions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'draft'],
      [1, 'rejected'],
    ]);
    await allHold();
  });

  it('is cancelled while nothing is signed', async () => {
    const { id } = await drafted();
    expect((await coalition.finance.must(post(id, 'cancel', { reason: 'No payer' }))).state).toBe(
      'cancelled',
    );
    expect((await post<ProblemBody>(id, 'propose')).status).toBe(409);
    const { id: other } = await coalition.finance.must(draft({ reference: 'B-2' }));
    await coalition.finance.must(post(other, 'propose'));
    expect((await post<ProblemBody>(other, 'cancel', { reason: 'No payer' })).body.code).toBe('stateForbids');
  });

  it('is read by its own provider and no other partner', async () => {
    const { id } = await drafted();
    const other = await app.person(`Hill ${coalitions}`);
    await app.seat(other, coalition.id, 'partner', coalition.hill);
    expect((await read(id, coalition.partner)).reference).toBe('B-1');
    expect((await other.get(`/api/v1/bonds/${id}`)).status).toBe(404);
    const listOf = async (who: Client) =>
      (await who.must(who.get<{ total: number }>(`/api/v1/coalitions/${coalition.id}/bonds?state=draft`)))
        .total;
    expect([await listOf(coalition.partner), await listOf(other)]).toEqual([1, 0]);
    expect((await draft({ reference: 'B-9' }, {}, coalition.partner)).status).toBe(403);
  });
});

describe('an amendment', () => {
  const dearer = () => {
    const [signUp, attendance] = terms().rateCard as object[];
    return terms({ rateCard: [{ ...signUp, price: '1700.00' }, attendance] });
  };

  it('holds once it is signed, says what it changes, and keeps the parties that there are', async () => {
    const { id, parties } = await signed();
    const amended = await coalition.finance.must(
      post(id, 'versions', { reason: 'Costs rose', terms: dearer() }),
    );
    expect(amended.versions[0]).toMatchObject({
      ...{ number: 2, state: 'draft', reason: 'Costs rose' },
      changes: ['Price of “signUp”: £1,680.00 → £1,700.00'],
    });
    const { versions } = await coalition.finance.must(post(id, 'propose'));
    expect((await read(id)).signedVersion).toBe(1);
    await sign(coalition, versions[0]!.approvalId);
    const bond = await read(id);
    expect([bond.signedVersion, bond.state, bond.signedOn]).toEqual([2, 'signed', '2026-11-23']);
    expect(bond.parties).toEqual(parties);
    await allHold();
  });

  it('is thrown away before it is proposed, and never after', async () => {
    const { id } = await signed();
    const discard = () =>
      coalition.finance.send<Bond>({ method: 'DELETE', url: `/api/v1/bonds/${id}/draft` });
    await coalition.finance.must(post(id, 'versions', { reason: 'Costs rose' }));
    expect((await post<ProblemBody>(id, 'versions', { reason: 'Again' })).body.code).toBe('stateForbids');
    expect((await coalition.finance.must(discard())).versions).toHaveLength(1);
    await coalition.finance.must(post(id, 'versions', { reason: 'Costs rose', terms: dearer() }));
    await coalition.finance.must(post(id, 'propose'));
    expect((await discard()).status).toBe(409);
  });

  it('keeps an investor with capital in the bond, and its commitment above what it paid in', async () => {
    const bond = await signed();
    const { id } = bond;
    await drawDown(bond, 100_000_00n);
    const without = terms({ investors: [{ organisationId: coalition.hill, commitment: '1.00' }] });
    const { problems } = await coalition.finance.must(
      post(id, 'versions', { reason: 'Another investor', terms: without }),
    );
    expect(problems.map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/terms/investors', 'Patient Capital has capital in this contract, so it stays an investor.'],
    ]);
    const { version } = await read(id);
    const less = terms({ investors: [{ organisationId: bank, commitment: '99999.99' }] });
    const changed = await coalition.finance.must(
      coalition.finance.patch<Bond>(`/api/v1/bonds/${id}`, { terms: less }, version),
    );
    expect(changed.problems).toEqual([
      {
        pointer: '/terms/investors/0/commitment',
        code: 'ruleBroken',
        message: 'Patient Capital has paid in £100,000.00: it cannot commit less.',
      },
    ]);
  });

  it('of an active bond leaves its beginning and its periods', async () => {
    const { id } = await signed();
    app.clock.moveTo(new Date('2027-01-04T09:00:00Z'));
    await coalition.finance.must(post(id, 'activate', { activeFrom: '2027-01-01' }));
    const other = terms({ startOn: '2027-02-01', claimsEvery: 'monthly', endOn: '2031-12-31' });
    const { problems } = await coalition.finance.must(
      post(id, 'versions', { reason: 'Later', terms: other }),
    );
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/terms/startOn', '/terms/claimsEvery']);
  });
});

describe('whoever wrote the terms', () => {
  it('does not sign them, though somebody else proposed them', async () => {
    const { finance, approver, backbone } = coalition;
    await app.seat(approver, coalition.id, 'finance');
    const { id } = await approver.must(draft({}, {}, approver));
    const { versions } = await backbone.must(post(id, 'propose', undefined, backbone));
    const approval = `/api/v1/approvals/${versions[0]!.approvalId}`;
    const { contentHash } = await finance.must(finance.get<{ contentHash: string }>(approval));
    await approver.must(approver.post(`${approval}/approve`, { contentHash }));
    const last = await coalition.secondApprover.post<ProblemBody>(`${approval}/approve`, { contentHash });
    expect([last.status, last.body.code]).toEqual([403, 'makerIsChecker']);
  });
});

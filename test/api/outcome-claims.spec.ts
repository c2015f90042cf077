import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { type ClaimBody, TestBond, workingsOf } from '../support/bond.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Recalculation {
  isEqual: boolean;
  claims: { claimId: string; number: number; isEqual: boolean; differences: string[] }[];
}

let app: TestApp;
let coalition: TestCoalition;
let partner: Client;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
  partner = coalition.partner;
});
afterAll(() => app?.stop());

const signUp = { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' };
const level = (metric: string) => ({ metric, title: metric, kind: 'per_person_once', price: '3300.00' });
const open = (more: object = {}) => ({ caps: {}, ...more });
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
const recalculation = (bond: TestBond) =>
  coalition.funder.must(coalition.funder.get<Recalculation>(`/api/v1/bonds/${bond.id}/recalculation`));
/** Everything still comes to what was stored. */
const isAsKept = async (bond: TestBond, claims: number) => {
  const { isEqual, claims: again } = await recalculation(bond);
  expect([isEqual, again.length, again.flatMap(({ differences }) => differences)]).toEqual([
    true,
    claims,
    [],
  ]);
  await allHold();
};

describe('a verified claim', () => {
  it('of sign-ups comes to the quantity times the price, in the shares of the payers, who are invoiced', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    expect(workingsOf(claim)).toEqual([
      '440 × 1680.00 = 739200.00; net 739200.00; North 492800.00; South 246400.00',
    ]);
    expect(claim).toMatchObject({ state: 'verified', isPaid: false, termsNumber: 1, number: 1, period: 1 });
    expect([claim.net?.amount, claim.paidByPayers?.amount]).toEqual(['739200.00', '739200.00']);
    expect([claim.decidedBy, claim.lines[0]!.verdict]).toEqual([bond.verifier.name, 'accepted']);
    await isAsKept(bond, 1);
  });

  it('counts a person once, and says who was counted before or named twice', async () => {
    const bond = await TestBond.active(app, coalition, open({ rateCard: [level('level3')] }));
    const first = await bond.verified([{ metric: 'level3', people: ['Pupil 17', 'pupil17', 'Pupil 18'] }]);
    expect(workingsOf(first)).toEqual([
      '2 people × 3300.00, 1 named twice = 6600.00; net 6600.00; North 4400.00; South 2200.00',
    ]);
    const second = await bond.verified([{ metric: 'level3', people: ['PUPIL 18', 'Pupil 19'] }], 2);
    expect(workingsOf(second)).toEqual([
      '1 person × 3300.00, 1 counted before = 3300.00; net 3300.00; North 2200.00; South 1100.00',
    ]);
    const none = await bond.verified([{ metric: 'level3', people: ['Pupil 19'] }], 2);
    expect(workingsOf(none)).toEqual(['0 people × 3300.00, 1 counted before = 0.00; net 0.00']);
    expect([none.state, none.isPaid, none.net?.amount]).toEqual(['verified', null, '0.00']);
    await isAsKept(bond, 3);
  });

  it('is trimmed by the cap for a person, over all metrics', async () => {
    const bond = await TestBond.active(app, coalition, {
      ...{ caps: { person: '5000.00' }, rateCard: [level('level2'), level('level3')] },
    });
    const claim = await bond.verified([
      { metric: 'level2', people: ['a', 'b'] },
      { metric: 'level3', people: ['b', 'c'] },
    ]);
    expect(workingsOf(claim)).toEqual([
      '2 people × 3300.00 = 6600.00; net 6600.00; North 4400.00; South 2200.00',
      '2 people × 3300.00 = 6600.00; person −1600.00; net 5000.00; North 3333.33; South 1666.67',
    ]);
    await isAsKept(bond, 1);
  });

  it.each([
    ['59.99', '450 × the price at 59.99 = 1350.00'],
    ['60', '450 × the price at 60 = 3375.00'],
    ['65', '450 × the price at 65 = 5400.00'],
    ['54.9', '450 × the price at 54.9 = 0.00'],
  ])('at %s, a bound of a band, is priced by the band that the bound belongs to', async (value, working) => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.verified([{ metric: 'attendance', value, quantity: '450' }]);
    expect(workingsOf(claim)[0]!.startsWith(`${working};`)).toBe(true);
  });

  it('that reaches the cap of the bond, or of a line, says what the cap took', async () => {
    const bond = await TestBond.active(app, coalition, {
      ...{ caps: { bond: '900000.00' }, payers: [{ organisationId: coalition.north, weight: '1' }] },
      rateCard: [signUp, { ...level('job'), cap: '5000.00' }],
    });
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const second = await bond.verified(
      [
        { metric: 'job', people: ['a', 'b'] },
        { metric: 'signUp', quantity: '440' },
      ],
      2,
    );
    expect(workingsOf(second)).toEqual([
      '2 people × 3300.00 = 6600.00; line −1600.00; net 5000.00; North 5000.00',
      '440 × 1680.00 = 739200.00; bond −583400.00; net 155800.00; North 155800.00',
    ]);
    const third = await bond.verified([{ metric: 'signUp', quantity: '1' }], 2);
    expect(workingsOf(third)).toEqual(['1 × 1680.00 = 1680.00; bond −1680.00; net 0.00']);
    await isAsKept(bond, 3);
  });

  it('that reaches the cap of a payer leaves what exceeds it unpaid, and asks nobody else for it', async () => {
    const bond = await TestBond.active(app, coalition, open());
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const second = await bond.verified([{ metric: 'signUp', quantity: '440' }], 2);
    expect(workingsOf(second)).toEqual([
      '440 × 1680.00 = 739200.00; net 739200.00; North 107200.00, unpaid 385600.00; South 246400.00',
    ]);
    expect([second.net?.amount, second.paidByPayers?.amount]).toEqual(['739200.00', '353600.00']);
    await isAsKept(bond, 2);
  });

  it('claims again in the next period what the cap of a period took, where the contract carries it forward', async () => {
    const terms = { caps: { period: '500000.00' }, carryForward: true };
    const bond = await TestBond.active(app, coalition, terms);
    const first = await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    expect(workingsOf(first)).toEqual([
      '440 × 1680.00 = 739200.00; period −239200.00; net 500000.00; North 333333.33; South 166666.67',
    ]);
    const second = await bond.verified([{ metric: 'signUp', quantity: '10' }], 2);
    expect(workingsOf(second)).toEqual([
      'Claimed again: a period’s cap had trimmed it = 239200.00; net 239200.00; North 159466.67; South 79733.33',
      '10 × 1680.00 = 16800.00; net 16800.00; North 11200.00; South 5600.00',
    ]);
    expect(second.workings.map(({ lineId }) => lineId)).toEqual([null, second.lines[0]!.id]);
    await isAsKept(bond, 2);
  });

  it('has each line accepted, reduced or rejected, with the reason', async () => {
    const bond = await TestBond.active(app, coalition, open({ rateCard: [signUp, level('level3')] }));
    const claim = await bond.submitted([
      { metric: 'signUp', quantity: '440' },
      { metric: 'level3', people: ['a', 'b', 'c'] },
      { metric: 'signUp', quantity: '5' },
    ]);
    const bad = async (...findings: (object | undefined)[]) => {
      const { status, body } = await bond.verify<ProblemBody>(claim, findings);
      return [status, body.errors[0]?.pointer, body.errors[0]?.message];
    };
    expect(await bad({ verdict: 'rejected' })).toEqual([
      422,
      '/lines/0/reason',
      'Say why not all of it is accepted.',
    ]);
    expect(await bad({ verdict: 'reduced', quantity: '441', reason: 'x' })).toEqual([
      422,
      '/lines/0/quantity',
      '441 is more than the 440 that were claimed.',
    ]);
    expect(await bad({ verdict: 'accepted', quantity: '400' })).toEqual([
      422,
      '/lines/0/verdict',
      'Only a line that is reduced has figures of its own.',
    ]);
    expect(await bad(undefined, { verdict: 'reduced', notAccepted: ['d'], reason: 'x' })).toEqual([
      422,
      '/lines/1/notAccepted',
      'Somebody is named who was not claimed.',
    ]);
    const { body } = await bond.verify(claim, [
      { verdict: 'reduced', quantity: '431', reason: '9 had signed up before' },
      { verdict: 'reduced', notAccepted: ['B'], reason: 'No certificate' },
      { verdict: 'rejected', reason: 'Of another school' },
    ]);
    expect(workingsOf(body)).toEqual([
      '431 × 1680.00 = 724080.00; net 724080.00; North 482720.00; South 241360.00',
      '2 people × 3300.00 = 6600.00; net 6600.00; North 4400.00; South 2200.00',
      '0 × 1680.00 = 0.00; net 0.00',
    ]);
    expect(
      body.lines.map(({ verdict, acceptedQuantity, reason }) => [verdict, acceptedQuantity, reason]),
    ).toEqual([
      ['reduced', '431', '9 had signed up before'],
      ['reduced', null, 'No certificate'],
      ['rejected', '0', 'Of another school'],
    ]);
    expect(body.lines[1]!.people.map(({ isAccepted }) => isAccepted)).toEqual([true, false, true]);
    await isAsKept(bond, 1);
  });

  it('whose keeping was damaged is told by working it out again', async () => {
    const bond = await TestBond.active(app, coalition, open());
    const claim = await bond.verified([{ metric: 'signUp', quantity: '2' }]);
    const damage = (accepted: string) =>
      app.asSuperuser(`UPDATE outcome_claim_lines SET accepted_quantity = ${accepted}, verdict = 'reduced', reason = 'x'
        WHERE claim_id = '${claim.id}'`);
    await damage('1');
    const { isEqual, claims } = await recalculation(bond);
    expect([isEqual, claims[0]!.isEqual]).toEqual([false, false]);
    expect(claims[0]!.differences).toContain('Working 1: gross is kept as 336000, and comes to 168000.');
    await damage('2');
    await isAsKept(bond, 1);
  });
});

describe('a verifier', () => {
  it('is nobody who made the claim, who sits for the provider or an investor, or whom the contract does not name', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const seated = async (name: string, ...organisations: string[]) => {
      const person = await app.person(name);
      for (const organisationId of organisations)
        await app.seat(person, coalition.id, 'verifier', organisationId);
      return person;
    };
    const refusal = async (who: Client) => {
      const { status, body } = await bond.verify<ProblemBody>(claim, [], who);
      return [status, body.code, body.detail];
    };
    await app.seat(partner, coalition.id, 'verifier', bond.lab);
    expect(await refusal(partner)).toEqual([
      403,
      'makerIsChecker',
      'You made or handed in this claim, so somebody else verifies it.',
    ]);
    const ofProvider = await seated('Provider Verifier', bond.lab, coalition.stream);
    expect(await refusal(ofProvider)).toEqual([
      403,
      'makerIsChecker',
      'You belong to the provider, whose claim this is.',
    ]);
    const ofInvestor = await seated('Investor Verifier', bond.lab, bond.investor);
    expect(await refusal(ofInvestor)).toEqual([
      403,
      'makerIsChecker',
      'You belong to an investor, who is paid by what is verified.',
    ]);
    const other = await seated('Other Verifier', coalition.hill);
    expect(await refusal(other)).toEqual([403, 'forbidden', 'The contract names another verifier.']);
    expect((await bond.verify(claim, [], coalition.finance)).status).toBe(403);
    for (const who of [ofProvider, ofInvestor, other])
      expect((await bond.step(claim.id, 'reject', { reason: 'No' }, who)).status).toBe(403);
    expect((await bond.verify(claim)).status).toBe(200);
  });

  it('rejects a claim whole, for a reason, and it may be claimed again', async () => {
    const bond = await TestBond.active(app, coalition);
    const { id } = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const rejected = await bond.verifier.must(
      bond.step(id, 'reject', { reason: 'Attendance of another year' }, bond.verifier),
    );
    expect([rejected.state, rejected.decidedReason, rejected.net]).toEqual([
      'rejected',
      'Attendance of another year',
      null,
    ]);
    expect((await bond.verify<ProblemBody>(rejected)).body.detail).toBe(
      'The claim is rejected. Only one that was handed in is verified or rejected.',
    );
    expect((await bond.verified([{ metric: 'signUp', quantity: '1' }])).number).toBe(2);
    await isAsKept(bond, 1);
  });

  it('verifies a claim once, though asked twice', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '3' }]);
    expect((await bond.step<ProblemBody>(claim.id, 'submit')).body.detail).toBe(
      'The claim is submitted. Only a draft is changed or handed in.',
    );
    const key = { 'idempotency-key': 'verify-once' };
    const [first, again] = [
      await bond.verify(claim, [], bond.verifier, key),
      await bond.verify(claim, [], bond.verifier, key),
    ];
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await bond.verify<ProblemBody>(claim);
    expect([other.status, other.body.code]).toEqual([409, 'stateForbids']);
    const invoices = await app.rows(`SELECT 1 FROM outcome_invoices WHERE source_id = $1`, [claim.id]);
    expect(invoices).toHaveLength(2);
  });

  it('verifies two claims at once that together exceed a cap, and the cap holds', async () => {
    const bond = await TestBond.active(app, coalition);
    const claims = [
      await bond.submitted([{ metric: 'signUp', quantity: '400' }]),
      await bond.submitted([{ metric: 'signUp', quantity: '400' }], 2),
    ];
    const verified = await Promise.all(claims.map((claim) => bond.verify(claim)));
    expect(verified.map(({ status }) => status)).toEqual([200, 200]);
    const nets = verified.map(({ body }) => body.net!.amount).sort();
    expect(nets).toEqual(['228000.00', '672000.00']);
    await isAsKept(bond, 2);
  });
});

describe('a claim', () => {
  it.each([
    [17, 'The term ends on 2030-12-31, with period 16. Nothing is claimed after it.'],
    [3, 'Period 3 begins on 2027-07-01: its outcomes cannot have been reached yet.'],
  ])('is not made for period %d', async (period, sentence) => {
    const bond = await TestBond.active(app, coalition);
    const { status, body } = await bond.make<ProblemBody>([{ metric: 'signUp', quantity: '1' }], period);
    expect([status, body.errors[0]?.pointer, body.errors[0]?.message]).toEqual([422, '/period', sentence]);
  });

  it.each([
    [{ metric: 'exams', quantity: '1' }, 'metric', 'The rate card has no metric “exams”.'],
    [
      { metric: 'signUp', value: '1' },
      'value',
      '“A child signs up” is paid by how many, and takes no value beside.',
    ],
    [{ metric: 'signUp' }, 'quantity', 'Say how many of “A child signs up”.'],
    [
      { metric: 'attendance', quantity: '4' },
      'value',
      'Say which value of “Attendance over a year” was reached.',
    ],
  ])('that the rate card cannot price is refused: %j', async (line, field, sentence) => {
    const bond = await TestBond.active(app, coalition);
    const { body } = await bond.make<ProblemBody>([line]);
    expect([body.errors[0]?.pointer, body.errors[0]?.message]).toEqual([`/lines/0/${field}`, sentence]);
  });

  it('under which the contract was amended is neither handed in nor verified, and says what to do', async () => {
    const bond = await TestBond.active(app, coalition);
    const submitted = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const draft = await partner.must(bond.make([{ metric: 'signUp', quantity: '2' }]));
    const { finance } = coalition;
    const { terms } = (
      await finance.must(finance.get<{ versions: { terms: object }[] }>(`/api/v1/bonds/${bond.id}`))
    ).versions[0]!;
    await finance.must(
      finance.post(`/api/v1/bonds/${bond.id}/versions`, {
        ...{ reason: 'A longer time to pay', terms: { ...terms, invoiceDueDays: 45 } },
      }),
    );
    await bond.sign();
    const verify = await bond.verify<ProblemBody>(submitted);
    expect([verify.status, verify.body.detail]).toEqual([
      409,
      'The contract was amended: the claim was made under version 1, and version 2 holds. Reject it, so that it is claimed again under the new version.',
    ]);
    const submit = await bond.step<ProblemBody>(draft.id, 'submit');
    expect([submit.status, submit.body.detail]).toEqual([
      409,
      'The contract was amended: the claim was made under version 1, and version 2 holds. Save the claim again, so that it is under the new one.',
    ]);
    const body = { period: 1, lines: [{ metric: 'signUp', quantity: '2' }] };
    expect((await partner.patch<ProblemBody>(`/api/v1/claims/${draft.id}`, body, 9)).status).toBe(412);
    const changed = await partner.must(
      partner.patch<ClaimBody>(`/api/v1/claims/${draft.id}`, body, draft.version),
    );
    expect(changed.termsNumber).toBe(2);
    const again = await partner.must(bond.step(draft.id, 'submit'));
    expect((await bond.verify(again)).body.net?.amount).toBe('3360.00');
    await bond.verifier.must(bond.step(submitted.id, 'reject', { reason: 'Amended' }, bond.verifier));
    await isAsKept(bond, 1);
  });

  it('is made by the provider of its own bond only', async () => {
    const bond = await TestBond.active(app, coalition);
    const hill = await app.person(`Hill of ${bond.reference}`);
    await app.seat(hill, coalition.id, 'partner', coalition.hill);
    const lines = [{ metric: 'signUp', quantity: '1' }];
    expect((await bond.make(lines, 1, hill)).status).toBe(404);
    expect((await bond.make(lines, 1, coalition.finance)).status).toBe(403);
    const { id } = await partner.must(bond.make(lines));
    expect((await hill.get(`/api/v1/claims/${id}`)).status).toBe(404);
    expect((await hill.get(`/api/v1/bonds/${bond.id}/recalculation`)).status).toBe(404);
  });
});

/** Sends one file as a form does. */
const upload = <Body>(
  who: Client,
  url: string,
  name: string,
  content: Buffer,
  more: Record<string, string> = {},
) => {
  const boundary = 'tributary-test';
  const field = ([key, value]: [string, string]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(Object.entries(more).map(field).join('') + head),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return who.send<Body>({ method: 'POST', url, payload, headers });
};

describe('the evidence of a claim', () => {
  it('is of a kind that it says by name and content, of 10 MB at most, and is read back byte by byte', async () => {
    const bond = await TestBond.active(app, coalition);
    const { id } = await partner.must(bond.make([{ metric: 'signUp', quantity: '1' }]));
    const add = <Body = ClaimBody>(name: string, content: Buffer, who = partner) =>
      upload<Body>(who, `/api/v1/claims/${id}/evidence`, name, content);
    const pdf = Buffer.from('%PDF-1.7 attendance');
    const { body } = await add('attendance.pdf', pdf);
    expect(body.evidence).toMatchObject([{ name: 'attendance.pdf', sizeBytes: 19 }]);
    expect((await add('again.pdf', pdf)).body.evidence).toHaveLength(1);
    const kept = await bond.verifier.get(`/api/v1/claims/${id}/evidence/${body.evidence[0]!.id}`);
    expect([kept.headers['content-type'], kept.body]).toEqual(['application/pdf', '%PDF-1.7 attendance']);
    for (const [name, content] of [
      ['page.html', '<script>'],
      ['fake.pdf', 'MZ'],
      ['picture.svg', '<svg/>'],
    ] as const) {
      const refused = await add<ProblemBody>(name, Buffer.from(content));
      expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/file']);
    }
    const tooLarge = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]);
    const large = await add<ProblemBody>('large.pdf', tooLarge);
    expect([large.status, large.body.detail]).toEqual([413, 'Evidence is of 10 MB a file at most.']);
    const submitted = await partner.must(bond.step(id, 'submit'));
    expect((await add('register.csv', Buffer.from('week,present\n1,60\n'))).status).toBe(201);
    await bond.verifier.must(bond.verify(submitted));
    const late = await add<ProblemBody>('late.csv', Buffer.from('week\n'));
    expect(late.body.detail).toBe('The claim is verified: what it rests on stays as it is.');
  });
});

describe('the people of a bond', () => {
  it('are in no table by their identifiers, nor in any log, whichever way they came', async () => {
    const log: string[] = [];
    const logged = await TestApp.start({ now: '2027-05-03T09:00:00Z', log: (line) => log.push(line) });
    try {
      await leavesNoTrace(logged);
      expect(log.filter((line) => line.includes('/api/v1/claims/')).length).toBeGreaterThan(0);
      expect(log.filter((line) => /quillfeather/i.test(line))).toEqual([]);
    } finally {
      await logged.stop();
    }
  });

  it('are known by other keys in another bond', async () => {
    const terms = open({ rateCard: [level('level3')] });
    const keyIn = async () => {
      const bond = await TestBond.active(app, coalition, terms);
      return (await bond.submitted([{ metric: 'level3', people: ['pupil 1'] }])).lines[0]!.people[0]!.key;
    };
    expect(await keyIn()).not.toBe(await keyIn());
  });
});

/** Claims people in every way there is, some of it refused, and looks for them in all that the database keeps. */
async function leavesNoTrace(logged: TestApp): Promise<void> {
  const towns = await foundCoalition(logged);
  const bond = await TestBond.active(logged, towns, open({ rateCard: [signUp, level('level3')] }));
  const people = ['Zebedee Quillfeather 7781', 'Xanthe Quillfeather 7782', 'Wystan Quillfeather 7783'];
  const csv = Buffer.from(`metric,person\n${people.map((person) => `level3,${person}`).join('\n')}\n`);
  const url = `/api/v1/bonds/${bond.id}/claims/csv`;
  const { body } = await upload<ClaimBody>(towns.partner, url, 'people.csv', csv, { period: '1' });
  expect(body.lines[0]!.people).toHaveLength(3);
  const lines = [{ metric: 'level3', people }];
  await towns.partner.must(
    towns.partner.patch<ClaimBody>(`/api/v1/claims/${body.id}`, { period: 1, lines }, body.version),
  );
  expect((await bond.make([{ metric: 'signUp', people, value: '1' }])).status).toBe(422);
  expect((await bond.make([{ metric: 'level3', people: [...people, 'x'.repeat(200)] }])).status).toBe(400);
  const claim = await towns.partner.must(bond.step(body.id, 'submit'));
  const finding = { verdict: 'reduced', notAccepted: [people[1]], reason: 'No certificate' };
  await bond.verifier.must(bond.verify(claim, [finding]));
  const columns = await logged.rows<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type NOT IN ('uuid', 'bigint', 'integer',
       'smallint', 'boolean', 'numeric', 'date', 'timestamp with time zone')`,
  );
  expect(columns.length).toBeGreaterThan(200);
  const inHex = Buffer.from('Quillfeather').toString('hex');
  const found: string[] = [];
  for (const { table, column } of columns) {
    const sql = `SELECT 1 FROM "${table}" WHERE "${column}"::text ~* 'quillfeather|${inHex}' LIMIT 1`;
    if ((await logged.rows(sql)).length > 0) found.push(`${table}.${column}`);
  }
  expect(found).toEqual([]);
  const keys = await logged.rows(`SELECT DISTINCT person_key FROM outcome_claim_people`);
  expect(keys).toHaveLength(3);
}

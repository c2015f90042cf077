import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { type ClaimBody, TestBond } from '../support/bond.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import { upload } from '../support/upload.js';

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

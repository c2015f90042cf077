import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { endToEndId } from '../../src/payments/batches/end-to-end-id.js';
import type { Page } from '../../src/platform/http/list.js';
import { TestApp } from '../support/app.js';
import { TestBank, type Outcome } from '../support/bank.js';
import {
  foundCoalition,
  type Made,
  payFrom,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `CSV Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
});

const mapping = {
  ...{ name: 'High Street Bank', delimiter: 'semicolon', encoding: 'utf-8', headingLine: 1 },
  ...{ dateFormat: 'DD/MM/YYYY', decimalMark: 'comma', thousandsMark: 'point', account: 'GB33 1234' },
  columns: [
    { column: 'Date', is: 'date' },
    { column: 'Amount', is: 'amount' },
    { column: 'Text', is: 'text' },
    { column: 'Their id', is: 'endToEndId' },
    { column: 'Balance', is: 'balance' },
  ],
};
const heading = 'Date;Amount;Text;Their id;Balance\n';
const save = <Body = Made & { account: string }>(body: object = mapping) =>
  coalition.finance.post<Body>(`/api/v1/pools/${coalition.poolId}/csv-mappings`, body);
const send = <Body = Outcome>(content: string, mappingId?: string) =>
  bank.send<Body>(content, { type: 'text/csv', query: mappingId ? `?mappingId=${mappingId}` : '' });

describe('a CSV statement', () => {
  it('settles the payments it names, is checked by its balance, and imported twice adds nothing', async () => {
    const paymentId = await bank.approvedPayment();
    const { id } = (await save()).body;
    const content = `${heading}01/12/2026;-2.500,00;Grant;${endToEndId(paymentId)};7.500,00\n02/12/2026;-12,50;Charge;;7.487,50\n`;
    expect((await send(content, id)).body).toEqual({
      ...{ statements: 1, added: 2, known: 0, matched: 1, waiting: 1, warnings: [] },
    });
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    expect((await send(content, id)).body).toMatchObject({ added: 0, known: 2, matched: 0 });
    const { finance, poolId } = coalition;
    const { items } = await finance.must(
      finance.get<Page<{ reference: string; opening: object; closing: object; lines: number }>>(
        `/api/v1/pools/${poolId}/bank-statements`,
      ),
    );
    expect(items).toMatchObject([
      { opening: { amount: '10000.00' }, closing: { amount: '7487.50' }, lines: 2 },
    ]);
    expect(items[0]!.reference).toMatch(/^CSV 2026-12-01 to 2026-12-02, [0-9a-f]{8}$/);
    expect(await bank.broken()).toEqual([]);
  });

  it('tells rows that say the same apart, and adds only what a later file has more', async () => {
    const { id } = (await save()).body;
    const row = '01/12/2026;5,00;Gift;;\n';
    expect((await send(`${heading}${row}${row}`, id)).body).toMatchObject({ added: 2, known: 0 });
    expect((await send(`${heading}${row}${row}${row}`, id)).body).toMatchObject({ added: 1, known: 2 });
    expect(await bank.lines()).toHaveLength(3);
  });

  it('whose balance does not follow from its lines is taken, and says where', async () => {
    const { id } = (await save()).body;
    const { body } = await send(`${heading}01/12/2026;5,00;a;;105,00\n02/12/2026;5,00;b;;111,00\n`, id);
    expect(body.warnings).toEqual([
      'The running balance does not follow from the lines around line 3.',
      expect.stringMatching(/^Statement CSV .* does not add up: .* by £1\.00\.$/),
    ]);
  });

  it('is refused whole, naming line and column, and nothing of it is kept', async () => {
    const { id } = (await save()).body;
    const good = '01/12/2026;5,00;a;;\n'.repeat(1_500);
    const { status, body } = await send<ProblemBody>(`${heading}${good}01/13/2026;5,00;b;;\n`, id);
    expect([status, body.errors]).toMatchObject([
      422,
      [
        {
          pointer: '/file',
          message: 'Line 1502, column “Date”: “01/13/2026” is not a date written DD/MM/YYYY.',
        },
      ],
    ]);
    expect(await bank.lines()).toEqual([]);
    expect(await app.rows(`SELECT 1 FROM bank_statements WHERE pool_id = '${coalition.poolId}'`)).toEqual([]);
  });

  it('needs a mapping of its own pool', async () => {
    const { id } = (await save()).body;
    expect((await send<ProblemBody>(heading)).body.detail).toMatch(/^The file is not readable XML/);
    const other = await foundCoalition(app, `Other Towns ${coalitions}`);
    const { body } = await new TestBank(app, other).send<ProblemBody>(heading, {
      ...{ type: 'text/csv', query: `?mappingId=${id}` },
    });
    expect(body.errors).toMatchObject([{ pointer: '/mappingId' }]);
  });
});

describe('a mapping of columns', () => {
  it('is saved once by its name, changed as long as it is the newest, and forgotten', async () => {
    const { finance, poolId, funder } = coalition;
    const saved = await save();
    expect([saved.status, saved.body.account]).toEqual([201, 'GB331234']);
    expect((await save<ProblemBody>()).body.errors).toMatchObject([{ pointer: '/name' }]);
    const path = `/api/v1/csv-mappings/${saved.body.id}`;
    const changed = await finance.patch<Made & { dateFormat: string; name: string }>(
      path,
      { dateFormat: 'DD.MM.YY' },
      1,
    );
    expect(changed.body).toMatchObject({ dateFormat: 'DD.MM.YY', name: mapping.name, version: 2 });
    expect((await finance.patch<ProblemBody>(path, { name: 'Other' }, 1)).status).toBe(412);
    const list = await funder.must(funder.get<Page<Made>>(`/api/v1/pools/${poolId}/csv-mappings`));
    expect(list.items.map(({ id }) => id)).toEqual([saved.body.id]);
    expect((await finance.send({ method: 'DELETE', url: path })).status).toBe(204);
    expect((await finance.get(path)).status).toBe(404);
  });

  it.each([
    [
      {
        columns: [
          { column: 'Date', is: 'date' },
          { column: 'Text', is: 'text' },
        ],
      },
      '/columns',
    ],
    [{ account: undefined }, '/account'],
    [{ thousandsMark: 'comma' }, '/thousandsMark'],
  ])('is refused where it cannot be: %j', async (more, pointer) => {
    const { status, body } = await save<ProblemBody>({ ...mapping, ...more });
    expect([status, body.errors.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('is of the pool’s own account, where one is set', async () => {
    await payFrom(coalition, {
      accountName: 'River Fund',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
    });
    expect((await save<ProblemBody>()).body.errors).toMatchObject([
      { pointer: '/account', message: 'The pool’s account is DE89370400440532013000.' },
    ]);
    expect((await save({ ...mapping, account: undefined })).body.account).toBe('DE89370400440532013000');
  });
});

describe('a CSV statement of 50,000 lines', () => {
  const many = 50_000;

  it('is imported line by line, and again without a line', async () => {
    const { id } = (await save()).body;
    let balance = 0;
    const rows = Array.from(
      { length: many },
      (_, index) => `01/12/2026;1,00;Gift ${index};;${(balance += 1)},00\n`,
    );
    const content = heading + rows.join('');
    expect((await send(content, id)).body).toMatchObject({ added: many, warnings: [], waiting: many });
    expect((await send(content, id)).body).toMatchObject({ added: 0, known: many });
  }, 180_000);

  it('is read in a process that has 40 MB for everything it keeps', async () => {
    const reader = new URL('../../dist/payments/statements/csv/csv-statement.js', import.meta.url);
    const program = `
      const { readCsvStatement } = await import(${JSON.stringify(reader.href)});
      async function* chunks() {
        yield Buffer.from(${JSON.stringify(heading)});
        for (let at = 0; at < ${many}; at += 1)
          yield Buffer.from('01/12/2026;1,00;' + 'Gift '.repeat(80) + at + ';;' + (at + 1) + ',00\\n');
      }
      const origin = { account: 'GB33', currency: 'GBP', sha256: '0123456789' };
      let lines = 0;
      for await (const part of readCsvStatement(chunks(), ${JSON.stringify(mapping)}, origin))
        if (part.kind === 'line') lines += 1;
        else if (part.kind === 'warning') throw new Error(part.text);
      process.stdout.write(String(lines));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--max-old-space-size=40', '--input-type=module', '--eval', program],
    ]);
    expect(stdout).toBe(String(many));
  }, 180_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { calculatorGuide } from '../../src/exchange/calculators/calculator-guide.js';
import { calculate, calculatorKinds } from '../../src/maths/calculators/calculate.js';
import type { Problem } from '../../src/platform/errors/problem.js';
import { type Client, TestApp } from '../support/app.js';

interface Case {
  name: string;
  input: object;
  output?: object;
  error?: boolean;
}

// Worked cases that live beside the project, where they are at hand; the API's own examples always are.
const casesFolder = new URL('../../../shared/cases/', import.meta.url);
const casesOf = (kind: (typeof calculatorKinds)[number]): Case[] => {
  const file = new URL(`${kind}.json`, casesFolder);
  const worked = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
  return [{ name: 'the example of the API', ...calculatorGuide[kind].example }, ...worked];
};
const cases = calculatorKinds.flatMap((kind) => casesOf(kind).map((one) => ({ kind, ...one })));

let app: TestApp;
let ana: Client;

beforeAll(async () => {
  app = await TestApp.start();
  ana = await app.person('Ana');
});
afterAll(() => app.stop());

describe('POST /api/v1/calculate/{kind}', () => {
  it.each(cases)('$kind: $name', async ({ kind, input, output, error }) => {
    const answer = await ana.post<{ notes: string[] } & Problem>(`/api/v1/calculate/${kind}`, input);
    if (error) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'ruleBroken' } });
      expect(answer.body.errors.length).toBeGreaterThan(0);
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(calculate(kind, input));
    expect({ ...answer.body, notes: [] }).toEqual({ ...output, notes: [] });
  });

  it('what the document says of a case is what the maths take', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const { kind, input, error } of cases) {
      const fits = ajv.validate(calculatorGuide[kind].takes, input);
      expect({ kind, fits: fits || error === true }).toEqual({ kind, fits: true });
    }
  });

  it('names every place of a case that must change', async () => {
    const { status, body } = await ana.post<Problem>('/api/v1/calculate/allocate', {
      amount: '1.005',
      currency: 'GBP',
      weights: ['1', 2],
      payers: [],
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(['/payers', '/amount', '/weights/1']);
  });

  it('says of a case that is no object that the whole of it is wrong', async () => {
    const { status, body } = await ana.post<Problem>('/api/v1/calculate/allocate', []);
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(['']);
  });

  it('an unknown kind is not found, and the known ones are named', async () => {
    const { status, body } = await ana.post<Problem>('/api/v1/calculate/astrology', {});
    expect(status).toBe(404);
    expect(body.detail).toBe(`There is no calculator “astrology”. There are ${calculatorKinds.join(', ')}.`);
  });

  it('a case that would hold up everybody else is refused', async () => {
    const contribution = { funder: 'A', on: '2026-01-01', amount: '1.00' };
    const disbursement = { on: '2026-01-02', amount: '0.01' };
    const answer = await ana.post<Problem>('/api/v1/calculate/attribution', {
      currency: 'GBP',
      rule: 'fifo',
      contributions: Array.from({ length: 1000 }, () => contribution),
      disbursements: Array.from({ length: 201 }, () => disbursement),
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
  });

  it('so are flows that go to and fro a thousand times', async () => {
    const flows = Array.from({ length: 1000 }, (_, index) => ({
      on: new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10),
      amount: index % 2 ? '-1.00' : '1.01',
    }));
    const answer = await ana.post<Problem>('/api/v1/calculate/xirr', { currency: 'GBP', flows });
    expect(answer).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
  });

  it('outcome payments that would carry too many people from period to period are refused', async () => {
    const people = Array.from({ length: 2000 }, (_, index) => `p${index}`);
    const answer = await ana.post<Problem>('/api/v1/calculate/outcome-payments', {
      currency: 'GBP',
      rateCard: [{ metric: 'job', kind: 'per_person_once', price: '1.00' }],
      caps: { period: '0.00' },
      payers: [{ payer: 'A' }],
      claims: Array.from({ length: 101 }, (_, index) => ({
        period: String(index),
        metric: 'job',
        people: index === 0 ? people : [],
      })),
      carryForward: true,
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
    expect(answer.body.detail).toContain('101 periods by 2000 people named');
  });

  it('a case of more than 2 MB is refused', async () => {
    const answer = await ana.post<Problem>('/api/v1/calculate/allocate', { amount: '9'.repeat(2_200_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
  });

  it('asks who is there', async () => {
    const answer = await ana.post('/api/v1/calculate/allocate', {}, { authorization: 'Bearer nobody' });
    expect(answer.status).toBe(401);
  });
});

describe('npm run calculate', () => {
  it.each(cases)('$kind: $name', async ({ kind, input, output, error }) => {
    const { code, stdout, stderr } = await runCommand([kind], JSON.stringify(input));
    if (error) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(JSON.parse(stderr)).toMatchObject({ status: 422, code: 'ruleBroken' });
      return;
    }
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect({ ...(JSON.parse(stdout) as object), notes: [] }).toEqual({ ...output, notes: [] });
  });

  it.each([
    ['an unknown kind', 'astrology', '{}', 'notFound'],
    ['a case that is not JSON', 'allocate', '{', 'invalidInput'],
    ['an empty case', 'allocate', '', 'invalidInput'],
  ])('refuses %s with a problem document and exit code 2', async (_, kind, input, code) => {
    const answer = await runCommand([kind], input);
    expect({ code: answer.code, stdout: answer.stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(answer.stderr)).toMatchObject({ code });
  });

  it('says how it is used when no kind is given; npm’s script starts no server for it', async () => {
    const { code, stderr } = await runCommand([], '{}', '../../scripts/cli.mjs');
    expect(code).toBe(2);
    expect(stderr).toContain('npm run --silent calculate -- <kind> < case.json');
  });
});

/** Runs the built program, as `npm run calculate` does. */
function runCommand(
  args: string[],
  input: string,
  program = '../../dist/cli.js',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((done, failed) => {
    const script = fileURLToPath(new URL(program, import.meta.url));
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, [script, 'calculate', ...args], { env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.once('error', failed);
    child.once('close', (code) => done({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

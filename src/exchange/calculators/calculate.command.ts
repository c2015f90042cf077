import { calculatorKinds } from '../../maths/calculators/calculate.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { toProblem } from '../../platform/errors/problem.js';
import { workOut } from './work-out.js';

const MOST_BYTES = 2 * 1024 * 1024;

const usage = `npm run --silent calculate -- <kind> < case.json

Works out a case, given as JSON on standard input, and prints the answer as JSON. No money moves.
Kinds: ${calculatorKinds.join(', ')}.
Exit code 0 with the answer, or 2 with a problem (RFC 9457) on standard error.`;

/** `npm run calculate -- <kind> < case.json`: exit code 0 and the answer, or 2 and a problem document. */
export async function run([kind, ...more]: string[]): Promise<number> {
  if (kind === '--help' || kind === '-h') {
    console.log(usage);
    return 0;
  }
  if (kind === undefined || more.length > 0 || process.stdin.isTTY) {
    console.error(usage);
    return 2;
  }
  try {
    console.log(JSON.stringify(workOut(kind, readJson(await readInput())), null, 2));
    return 0;
  } catch (error) {
    const { requestId: _, ...problem } = toProblem(error, '');
    if (problem.code === 'unexpected') throw error;
    console.error(JSON.stringify(problem, null, 2));
    return 2;
  }
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new DomainError('tooLarge', 'A case may have 2 MB at most.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new DomainError('invalidInput', 'The case is not valid JSON. Give it on standard input.');
  }
}

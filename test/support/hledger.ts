import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Is hledger, a bookkeeping program that is not ours, on this machine? */
export const hasHledger = (() => {
  try {
    execFileSync('hledger', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

if (!hasHledger) process.stdout.write('No hledger here: journals are not added up by another program.\n');

/** What hledger makes of a journal in a file. */
export async function hledger(file: string, ...command: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('hledger', ['-f', file, ...command], {
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

/** The balance of every account that is not empty: "GBP 12.00" by the account's whole name. */
export async function hledgerBalances(file: string, ...query: string[]): Promise<Record<string, string>> {
  const csv = await hledger(file, 'balance', '--flat', '--no-total', '-O', 'csv', ...query);
  const lines = csv.trim().split('\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const [, account, balance] = /^"((?:[^"]|"")*)","(.*)"$/.exec(line)!;
      return [account!.replaceAll('""', '"'), balance!];
    }),
  );
}

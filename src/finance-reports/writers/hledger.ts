import { pipeline } from 'node:stream/promises';
import { formatAmount } from '../../maths/money.js';
import type { JournalEntry, ReportDocument, ReportSection } from '../documents/report-document.js';
import type { ReportWriter } from './report-writer.js';

/** Entries that are put into text at a time. */
const BATCH = 500;

/**
 * A plain-text journal that hledger, and most of its kin, read: so that anybody can add the ledger up with a program
 * that is not ours. Debits are positive. Accounts are named by pool, book, kind and whom they are for.
 */
export const hledgerWriter: ReportWriter = {
  format: 'hledger',
  mediaType: 'text/plain',
  extension: 'journal',
  write: (document, sink, progress) => pipeline(journalOf(document, progress), sink),
};

async function* journalOf(
  document: ReportDocument,
  progress: (rows: number) => void,
): AsyncGenerator<string> {
  yield headOf(document);
  const names = new AccountNames();
  let written = 0;
  for (const section of document.sections) {
    if (!section.journal) throw new Error(`${document.title} has no journal to write.`);
    let waiting: string[] = [];
    let sinceLast = 0;
    for await (const entry of section.journal()) {
      waiting.push(entryText(entry, section, names));
      written += entry.postings.length;
      sinceLast += 1;
      if (sinceLast < BATCH) continue;
      yield waiting.join('');
      progress(written);
      waiting = [];
      sinceLast = 0;
    }
    yield waiting.join('');
    progress(written);
  }
}

const headOf = ({ title, scope, period, asOf, basis }: ReportDocument): string =>
  [
    `${title} of ${oneLine(scope)}`,
    `${period.from ?? 'the beginning'} to ${period.to}, by the day it ${basis === 'occurred' ? 'happened' : 'was recorded'}, as known at ${asOf.toISOString()}`,
  ]
    .map((line) => `; ${line}\n`)
    // Or else 1.000 of a currency with three digits may be taken for a thousand.
    .concat('decimal-mark .\n')
    .join('');

/** hledger ends an account's name at two spaces, and its description at a semicolon. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The names of accounts, made once each: a ledger has few accounts and many postings. */
class AccountNames {
  private readonly known = new Map<string[], string>();

  of(account: string[], section: ReportSection): string {
    const name = this.known.get(account);
    if (name !== undefined) return name;
    const made = [section.coalition, section.pool, ...account]
      .map((part) => oneLine(part).replace(/:/g, '-').replace(/;/g, ','))
      .join(':');
    this.known.set(account, made);
    return made;
  }
}

function entryText(entry: JournalEntry, section: ReportSection, names: AccountNames): string {
  const tags = Object.entries(entry.tags)
    .map(([name, value]) => `${name}:${oneLine(value).replace(/,/g, ' ')}`)
    .join(', ');
  const description = oneLine(entry.description).replace(/;/g, ',');
  const postings = entry.postings.map(
    ({ account, amount, currency }) =>
      `    ${names.of(account, section)}  ${currency} ${formatAmount(amount, currency)}\n`,
  );
  return `\n${entry.day} ${description}${tags && `  ; ${tags}`}\n${postings.join('')}`;
}

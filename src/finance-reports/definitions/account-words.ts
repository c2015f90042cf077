import { accountKinds } from '../../ledger/chart-of-accounts.js';
import type { NamedAccount } from '../../ledger/accounts.read.js';

/** What an account is called in two columns: its kind, and of whom it is and what it is restricted to. */
export const accountWords = ({ kind, subject, earmark }: NamedAccount): [string, string] => [
  accountKinds[kind].name,
  [subject, earmark && `for ${earmark}`].filter(Boolean).join(', '),
];

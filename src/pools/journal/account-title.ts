import type { NamedAccount } from '../../ledger/accounts.read.js';
import { accountKinds } from '../../ledger/chart-of-accounts.js';

/** "Fund balance, North River Trust, for Ready for school": an account in words. */
export function accountTitle({ kind, subject, earmark }: NamedAccount): string {
  return [accountKinds[kind].name, subject, earmark && `for ${earmark}`].filter(Boolean).join(', ');
}

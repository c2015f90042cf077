import type { Check } from './platform/verify/check.js';
import { ledgerChecks } from './ledger/ledger.checks.js';

/** Everything that `npm run verify` holds true, room by room. */
export const checks: Check[] = [...ledgerChecks];

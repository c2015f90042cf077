import type { Tx } from '../../platform/database/tx.js';
import type { WholeClaim } from './claim.dto.js';
import { attachedTo } from '../../platform/files/attached-file.js';
import { linesOf, readClaim, workingsOf } from './claims.read.js';

/** A claim with its lines, workings and evidence. @throws notFound */
export const readWholeClaim = async (tx: Tx, claimId: string): Promise<WholeClaim> => ({
  claim: await readClaim(tx, claimId),
  lines: await linesOf(tx, claimId),
  workings: await workingsOf(tx, claimId),
  evidence: await attachedTo(tx, 'claim', claimId),
});

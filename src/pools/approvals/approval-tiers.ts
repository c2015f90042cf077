import { parseAmount } from '../../maths/money.js';
import { fieldError } from '../../platform/errors/domain-error.js';

/** From which amount on how many must approve. */
export interface ApprovalTier {
  /** Minor units of the pool's currency, as digits: beyond this amount the tier holds. */
  above: string;
  approvers: number;
}

/** A tier as it is typed: its amount in major units. */
export interface TypedTier {
  above: string;
  approvers: number;
}

/** What a pool has until it says otherwise: two people for every payment. */
export const twoForAll: readonly ApprovalTier[] = [{ above: '0', approvers: 2 }];

/** How many must approve an amount: those of the highest tier it lies above, and one below all of them. Minor units. */
export function signaturesRequired(amount: bigint, tiers: readonly ApprovalTier[]): number {
  const reached = tiers.filter(({ above }) => amount > BigInt(above));
  return reached.reduce((most, { approvers }) => (approvers > most ? approvers : most), 1);
}

/**
 * Typed tiers in minor units, lowest first.
 * @throws ruleBroken naming the field: too many decimals, or a higher tier that takes no more people
 */
export function readTiers(typed: readonly TypedTier[], currency: string): ApprovalTier[] {
  const read = typed.map(({ above, approvers }, at) => ({
    minor: minorOf(above, currency, at),
    approvers,
    at,
  }));
  const ordered = [...read].sort((a, b) => (a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0));
  for (const [at, tier] of ordered.entries()) {
    const below = ordered[at - 1];
    if (!below) continue;
    if (below.minor === tier.minor) {
      throw fieldError(
        'ruleBroken',
        `/approvalTiers/${tier.at}/above`,
        'Two tiers begin above the same amount.',
      );
    }
    if (below.approvers >= tier.approvers) {
      const sentence = 'A higher amount takes more approvers than a lower one.';
      throw fieldError('ruleBroken', `/approvalTiers/${tier.at}/approvers`, sentence);
    }
  }
  return ordered.map(({ minor, approvers }) => ({ above: minor.toString(), approvers }));
}

function minorOf(above: string, currency: string, at: number): bigint {
  try {
    return parseAmount(above, currency);
  } catch {
    const sentence = `${above} is not an amount in ${currency}: it needs exactly its decimals.`;
    throw fieldError('ruleBroken', `/approvalTiers/${at}/above`, sentence);
  }
}

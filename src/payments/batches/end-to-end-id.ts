const HYPHENS = /-/g;
const THIRTY_TWO_HEX = /^([0-9A-F]{8})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{12})$/i;

/**
 * What a payment is called from the file to the statement: its disbursement's id without the hyphens, in capitals.
 * 32 of the 35 characters that ISO 20022 allows an EndToEndId, all of them in the SEPA character set.
 */
export const endToEndId = (disbursementId: string): string =>
  disbursementId.replace(HYPHENS, '').toUpperCase();

/** The disbursement that an EndToEndId of a bank statement names; null when it is none of ours. */
export function disbursementOf(statedEndToEndId: string): string | null {
  const parts = THIRTY_TWO_HEX.exec(statedEndToEndId.trim());
  return parts && parts.slice(1).join('-').toLowerCase();
}

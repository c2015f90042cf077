import { composeIBAN, electronicFormatIBAN, isValidBIC, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { addDays, type Day } from '../../maths/day.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';

export const bankAccountStates = ['proposed', 'approved', 'rejected', 'stopped'] as const;
export type BankAccountState = (typeof bankAccountStates)[number];

/** An account as it is typed: by its IBAN, or in the United Kingdom by sort code, account number and BIC. */
export interface TypedAccount {
  accountName: string;
  iban?: string | null;
  bic?: string | null;
  sortCode?: string | null;
  accountNumber?: string | null;
}

/** An account as a bank reads it. */
export interface AccountDetails {
  name: string;
  /** In electronic form: capitals, no blanks. */
  iban: string;
  bic: string | null;
}

/**
 * Checks what was typed, and brings it into electronic form.
 * @throws ruleBroken naming the field that is wrong, and how
 */
export function readAccount(typed: TypedAccount): AccountDetails {
  const bic = typed.bic ? readBic(typed.bic) : null;
  const iban = typed.iban ? readIban(typed.iban) : ibanOfUkAccount(typed, bic);
  if (bic !== null) requireSameCountry(iban, bic);
  return { name: typed.accountName, iban, bic };
}

function readIban(typed: string): string {
  const iban = (electronicFormatIBAN(typed) ?? '').toUpperCase();
  const { valid, errorCodes } = validateIBAN(iban);
  if (valid) return iban;
  throw fieldError('ruleBroken', '/iban', ibanSentence(iban, errorCodes));
}

function ibanSentence(iban: string, errors: readonly ValidationErrorsIBAN[]): string {
  if (errors.includes(ValidationErrorsIBAN.NoIBANCountry)) {
    return `No country with IBANs has the code ${iban.slice(0, 2)}. Look at the first two letters.`;
  }
  if (errors.includes(ValidationErrorsIBAN.WrongBBANLength)) {
    return `An IBAN of ${iban.slice(0, 2)} has another length. Look for a missing or doubled character.`;
  }
  if (errors.includes(ValidationErrorsIBAN.WrongIBANChecksum)) {
    return 'The check digits of the IBAN do not fit. One of its characters is mistyped.';
  }
  return 'This is not an IBAN such as GB82 WEST 1234 5698 7654 32.';
}

function readBic(typed: string): string {
  const bic = typed.replace(/\s/g, '').toUpperCase();
  if (isValidBIC(bic)) return bic;
  throw fieldError('ruleBroken', '/bic', 'This is not a BIC of 8 or 11 characters such as NWBKGB2L.');
}

/** Territories whose banks carry the BIC of the country they clear with. */
const clearsWith: Readonly<Record<string, string>> = {
  ...{ GG: 'GB', JE: 'GB', IM: 'GB' },
  ...Object.fromEntries(
    ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'TF', 'WF', 'YT'].map((code) => [code, 'FR']),
  ),
};

function requireSameCountry(iban: string, bic: string): void {
  const countries = [iban.slice(0, 2), bic.slice(4, 6)].map((code) => clearsWith[code] ?? code);
  if (countries[0] === countries[1]) return;
  const sentence = `The BIC is of a bank in ${bic.slice(4, 6)}, the IBAN of an account in ${iban.slice(0, 2)}.`;
  throw fieldError('ruleBroken', '/bic', sentence);
}

/** The IBAN of an account in the United Kingdom: its bank's code is the first four letters of the BIC. */
function ibanOfUkAccount({ sortCode, accountNumber }: TypedAccount, bic: string | null): string {
  if (!sortCode && !accountNumber) {
    throw fieldError(
      'ruleBroken',
      '/iban',
      'Give an IBAN, or a sort code, an account number and a BIC of the United Kingdom.',
    );
  }
  const sort = digitsOf(sortCode, 6, '/sortCode', 'A sort code has 6 digits, such as 60-16-13.');
  const number = digitsOf(
    accountNumber,
    8,
    '/accountNumber',
    'An account number has 8 digits, with noughts in front.',
  );
  if (bic === null) {
    throw fieldError(
      'ruleBroken',
      '/bic',
      'A sort code and account number make an IBAN only with the BIC of the bank.',
    );
  }
  return composeIBAN({ countryCode: 'GB', bban: `${bic.slice(0, 4)}${sort}${number}` })!;
}

function digitsOf(
  typed: string | null | undefined,
  length: number,
  pointer: string,
  sentence: string,
): string {
  const digits = (typed ?? '').replace(/[\s-]/g, '');
  if (digits.length !== length || !/^\d+$/.test(digits)) throw fieldError('ruleBroken', pointer, sentence);
  return digits;
}

/** The first day on which an account may be paid to: `coolingOffDays` after the day of its approval. */
export const usableFrom = (approvedOn: Day, coolingOffDays: number): Day =>
  addDays(approvedOn, coolingOffDays);

/** What a bank account is today. */
export type Standing = 'proposed' | 'coolingOff' | 'inUse' | 'replaced' | 'rejected' | 'stopped';

/** Where an account stands on a day; `inUse` is the id of the one that is paid to on that day. */
export function standingOf(
  account: { id: string; state: BankAccountState; usableFrom: Day | null },
  today: Day,
  inUse: string | null,
): Standing {
  if (account.state !== 'approved') return account.state;
  if (account.usableFrom! > today) return 'coolingOff';
  return account.id === inUse ? 'inUse' : 'replaced';
}

/** @throws stateForbids unless it is asked for, cooling off or in use */
export function requireStoppable(standing: Standing): void {
  if (standing === 'proposed' || standing === 'coolingOff' || standing === 'inUse') return;
  throw new DomainError('stateForbids', 'The account is not paid to any more, so there is nothing to stop.');
}

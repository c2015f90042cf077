import type { ErrorCode } from './error-table.js';
import { DomainError } from './domain-error.js';

/** What the database's own rules say, in words. Keys are SQLSTATEs raised by our triggers, or constraint names. */
const sentences: Record<string, { code: ErrorCode; detail: string; pointer?: string }> = {
  TR001: {
    code: 'periodLocked',
    detail: 'The date lies in a locked period of the pool. Choose a later date, or have the period unlocked.',
    pointer: '/occurredOn',
  },
  TR002: { code: 'stateForbids', detail: 'The ledger is append-only. Reverse the entry instead.' },
  TR006: { code: 'makerIsChecker', detail: 'You asked for this release, so somebody else must approve it.' },
  TR007: {
    code: 'staleVersion',
    detail: 'What you approved is no longer what was asked for. Look at it again.',
  },
  TR008: { code: 'ruleBroken', detail: 'The approvals that this needs are not all there.' },
  TR009: {
    code: 'ruleBroken',
    detail: 'A verifier is independent: neither the provider nor an investor of the bond.',
    pointer: '/verifier',
  },
  // A text with the character that PostgreSQL keeps in none: typed by nobody, but sent by some.
  '22021': { code: 'invalidInput', detail: 'A text holds a character that no text can hold: U+0000.' },
  '22P05': { code: 'invalidInput', detail: 'A text holds a character that no text can hold: U+0000.' },
  toolkits_slug_key: {
    code: 'alreadyExists',
    detail: 'Another toolkit has this address already. Choose another one.',
    pointer: '/slug',
  },
  toolkit_editions_published_once: {
    code: 'alreadyExists',
    detail: 'Something else is published at this address still. Choose another one.',
    pointer: '/slug',
  },
  csv_mappings_name_once: {
    code: 'alreadyExists',
    detail: 'Another mapping of this pool has this name.',
    pointer: '/name',
  },
  TR030: { code: 'ruleBroken', detail: 'The parts of a line of the bank make up the whole of it.' },
  bank_line_parts_once: {
    code: 'ruleBroken',
    detail: 'Another line of the bank was found to be this already.',
  },
  TR020: {
    code: 'stateForbids',
    detail: 'It is calculated from others, so nothing is read into it by hand.',
  },
  TR021: { code: 'ruleBroken', detail: 'A reading supersedes one of the same period and part.' },
  TR022: { code: 'ruleBroken', detail: 'It is calculated from what is read, not from what is calculated.' },
  TR023: { code: 'stateForbids', detail: 'What is measured, and how often, stays as it was agreed.' },
  readings_superseded_once: {
    code: 'staleVersion',
    detail: 'Somebody has corrected this reading meanwhile. Look at it again.',
  },
  readings_one_first: { code: 'alreadyExists', detail: 'There is a reading of this period already.' },
  theories_of_change_one_each: {
    code: 'staleVersion',
    detail: 'Somebody wrote it anew meanwhile. Read it again.',
  },
  TR060: {
    code: 'stateForbids',
    detail: 'A motion that was put to the vote stays as it was. Amend it by another.',
  },
  TR061: {
    code: 'forbidden',
    detail: 'Everybody who is on the roll votes for themself; the backbone does not vote.',
  },
  TR062: { code: 'stateForbids', detail: 'The vote is not open.' },
  TR063: { code: 'ruleBroken', detail: 'There is no such option.', pointer: '/choice' },
  TR064: { code: 'stateForbids', detail: 'Who is recused from a motion does not vote on it.' },
  TR065: { code: 'ruleBroken', detail: 'This takes a decision that passed and is about just this.' },
  TR066: { code: 'stateForbids', detail: 'The record of decisions is append-only. Add to it instead.' },
  decision_uses_once: { code: 'stateForbids', detail: 'This decision was used already: it opens one door.' },
  decision_ballots_superseded_once: {
    code: 'stateForbids',
    detail: 'You changed your vote elsewhere meanwhile. Look at it again.',
  },
  decision_ballots_one_first: {
    code: 'stateForbids',
    detail: 'You voted elsewhere meanwhile. Look at it again.',
  },
  accounts_never_overdrawn: {
    code: 'insufficientFunds',
    detail: 'There is not enough money for this. Nothing was posted.',
  },
  contributions_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A contribution with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  refunds_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A refund with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  fee_payments_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A payment of fees with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  bank_charges_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A charge with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  disbursements_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A payment with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  outcome_receipts_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A receipt with this bank reference is recorded for this invoice already.',
    pointer: '/bankReference',
  },
  drawdown_receipts_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A receipt with this bank reference is recorded for this call already.',
    pointer: '/bankReference',
  },
  provider_advances_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'An advance with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  distributions_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A distribution with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  grant_returns_bank_reference_once: {
    code: 'alreadyExists',
    detail: 'A return with this bank reference is recorded already.',
    pointer: '/bankReference',
  },
  grants_pool_id_reference_key: {
    code: 'alreadyExists',
    detail: 'The pool has a grant of this reference already.',
    pointer: '/reference',
  },
  pledges_pool_id_reference_key: {
    code: 'alreadyExists',
    detail: 'The pool has a pledge of this reference already.',
    pointer: '/reference',
  },
  bond_closings_one_under_way: { code: 'stateForbids', detail: 'The bond is being closed already.' },
  disbursements_one_living: { code: 'stateForbids', detail: 'This instalment is already being released.' },
  payment_batch_lines_one_living: { code: 'stateForbids', detail: 'A payment is in another batch already.' },
  journal_entries_reversed_once: { code: 'stateForbids', detail: 'This entry is reversed already.' },
  approval_signatures_one_seat: {
    code: 'stateForbids',
    detail: 'This approver’s verdict is given already, in person or by a delegate.',
  },
  approval_signatures_one_each: { code: 'stateForbids', detail: 'You have given your verdict already.' },
  grants_maker_is_not_checker: {
    code: 'makerIsChecker',
    detail: 'You proposed this grant, so somebody else must award it.',
  },
  bond_versions_maker_is_not_checker: {
    code: 'makerIsChecker',
    detail: 'You proposed this contract, so somebody else must approve it.',
  },
  outcome_claims_verifier_is_not_claimant: {
    code: 'makerIsChecker',
    detail: 'You made or handed in this claim, so somebody else verifies it.',
  },
  spend_reports_reviewer_is_not_author: {
    code: 'makerIsChecker',
    detail: 'You submitted this report, so somebody else must review it.',
  },
};

const uniqueViolation = '23505';

/** Turns an error of PostgreSQL into one of the domain where a person can do something about it. */
export function translateDatabaseError(error: unknown): unknown {
  const { code, constraint, detail } = (error ?? {}) as {
    code?: string;
    constraint?: string;
    detail?: string;
  };
  const known = sentences[constraint ?? ''] ?? sentences[code ?? ''];
  if (known) {
    const fields = known.pointer ? [{ pointer: known.pointer, code: known.code, message: known.detail }] : [];
    return new DomainError(known.code, known.detail, fields);
  }
  if (code === uniqueViolation) {
    const columns =
      /\(([^)]*)\)=/
        .exec(detail ?? '')?.[1]
        ?.split(', ')
        .filter((column) => !column.endsWith('_id')) ?? [];
    const named = columns.map((column) =>
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    );
    const sentence = named.length
      ? `There is one with the same ${named.join(' and ')} already.`
      : 'It exists already.';
    return new DomainError(
      'alreadyExists',
      sentence,
      named.map((name) => ({ pointer: `/${name}`, code: 'alreadyExists', message: sentence })),
    );
  }
  return error;
}

import { formatMoney, parseAmount } from '../../maths/money.js';
import type { BondRole } from './bond.rules.js';
import type { BondTerms } from './bond-terms.js';
import { type Problem, problem } from './rate-card.rules.js';

/** What the terms alone do not say: who the parties are otherwise, and what was signed before. */
export interface Surroundings {
  currency: string;
  providerId: string;
  /** The organisations of the coalition that the terms name, by id. */
  organisations: ReadonlyMap<string, { name: string; servesAsBackbone: boolean }>;
  /** The person who is to verify; null where that is an organisation, or nobody of the coalition. */
  verifier: { name: string; sitsFor: readonly string[] } | null;
  /** Who was a party by an earlier version. */
  before: readonly FormerParty[];
  /** The terms that hold while the bond is active; null before. */
  active: Pick<BondTerms, 'startOn' | 'claimsEvery'> | null;
}

/** A party by an earlier version, and the money that it has in the bond. */
export interface FormerParty {
  role: BondRole;
  organisationId: string | null;
  name: string;
  hasMoney: boolean;
  /** Of an investor: the capital that it has paid in, in minor units, whether or not it came back. */
  drawn: bigint;
  /** Of a payer: what it was invoiced, in minor units, whether or not it has paid. */
  invoiced: bigint;
}

/** The provider stands beside the terms, since it stays whatever is amended. */
const providerPlace = '/providerId';
const problemAt = (at: string, message: string): Problem =>
  at === providerPlace ? { ...problem(at, message), pointer: at } : problem(at, message);

/** Everybody whom the terms name, with their part and the place that names them. */
export function* namedParties(
  terms: BondTerms,
  providerId: string,
): Generator<{ as: BondRole | 'surplus'; organisationId: string; at: string }> {
  yield { as: 'provider', organisationId: providerId, at: providerPlace };
  for (const [index, { organisationId }] of terms.payers.entries())
    yield { as: 'payer', organisationId, at: `/payers/${index}/organisationId` };
  for (const [index, { organisationId }] of terms.investors.entries())
    yield { as: 'investor', organisationId, at: `/investors/${index}/organisationId` };
  const { guarantee, verifier, surplus } = terms;
  if (guarantee)
    yield { as: 'guarantor', organisationId: guarantee.guarantorId, at: '/guarantee/guarantorId' };
  if (verifier.organisationId !== null)
    yield { as: 'verifier', organisationId: verifier.organisationId, at: '/verifier/organisationId' };
  if (surplus.rule === 'shares')
    for (const [index, { organisationId }] of surplus.shares.entries())
      yield { as: 'surplus', organisationId, at: `/surplus/shares/${index}/organisationId` };
}

/**
 * Who may be what: organisations of the coalition; the backbone brings no money and takes none; the provider, the
 * verifier and the investors are three different ones, and a person who verifies sits for none of the others.
 */
export function* partyProblems(terms: BondTerms, around: Surroundings): Generator<Problem> {
  for (const { as, organisationId, at } of namedParties(terms, around.providerId)) {
    const organisation = around.organisations.get(organisationId);
    if (!organisation) yield problemAt(at, 'Choose an organisation of this coalition.');
    else if (organisation.servesAsBackbone && as !== 'verifier')
      yield problemAt(
        at,
        `${organisation.name} serves the coalition as its backbone, so it neither pays, lends nor is paid here. ` +
          'Choose another organisation.',
      );
  }
  yield* verifierProblems(terms, around);
  yield* providerProblems(terms, around);
  yield* guarantorProblems(terms);
}

const isIndependent = 'A verifier is independent: neither the provider nor an investor of the bond.';

function* verifierProblems(terms: BondTerms, around: Surroundings): Generator<Problem> {
  const { organisationId, personId } = terms.verifier;
  if (organisationId === null && personId === null) {
    yield problem('/verifier', 'Say who verifies: an organisation, or a person.');
    return;
  }
  if (organisationId !== null && personId !== null)
    yield problem('/verifier/personId', 'Either an organisation verifies, or a person: not both.');
  const paid = paidParties(terms, around);
  if (organisationId !== null && paid.has(organisationId))
    yield problem('/verifier/organisationId', isIndependent, 'notIndependent');
  if (organisationId !== null && organisationId === terms.guarantee?.guarantorId)
    yield problem(
      '/verifier/organisationId',
      'A verifier is independent: it guarantees nothing.',
      'notIndependent',
    );
  if (personId === null) return;
  if (!around.verifier) {
    yield problem('/verifier/personId', 'Choose a person who has a seat in this coalition.');
    return;
  }
  const other = around.verifier.sitsFor.find((id) => paid.has(id) || id === terms.guarantee?.guarantorId);
  if (other !== undefined) {
    const name = around.organisations.get(other)?.name ?? 'a party that is paid';
    const sentence = `${around.verifier.name} sits for ${name}, so somebody else must verify.`;
    yield problem('/verifier/personId', sentence, 'notIndependent');
  }
}

/** The provider and the investors, those of earlier versions too: what they were paid for is still verified. */
function paidParties({ investors }: BondTerms, { providerId, before }: Surroundings): Set<string> {
  const earlier = before.filter(({ role }) => role === 'investor').map((party) => party.organisationId!);
  return new Set([providerId, ...investors.map((investor) => investor.organisationId), ...earlier]);
}

function* providerProblems({ payers, investors }: BondTerms, around: Surroundings): Generator<Problem> {
  const { providerId, before } = around;
  for (const [index, { organisationId }] of payers.entries())
    if (organisationId === providerId)
      yield problem(
        `/payers/${index}/organisationId`,
        'The provider does not pay for its own outcomes.',
        'notIndependent',
      );
  const verified = new Set(
    before.filter(({ role }) => role === 'verifier').map((party) => party.organisationId),
  );
  for (const [index, { organisationId }] of investors.entries()) {
    const at = `/investors/${index}/organisationId`;
    if (organisationId === providerId)
      yield problem(
        at,
        'The provider is no investor: what it earns on top is its share of the residual.',
        'notIndependent',
      );
    if (verified.has(organisationId))
      yield problem(
        at,
        'It has verified this bond by an earlier version, so it cannot invest in it.',
        'notIndependent',
      );
  }
}

function* guarantorProblems({ guarantee, investors }: BondTerms): Generator<Problem> {
  if (!guarantee) return;
  if (investors.some(({ organisationId }) => organisationId === guarantee.guarantorId))
    yield problem('/guarantee/guarantorId', 'An investor does not guarantee capital that is its own.');
}

/** What an amendment leaves as it is: parties with money in the bond, capital that was drawn, how periods are counted. */
export function* amendmentProblems(terms: BondTerms, around: Surroundings): Generator<Problem> {
  const { before, active, currency } = around;
  const keeps = (role: 'payer' | 'investor', organisationId: string | null): boolean =>
    (role === 'payer' ? terms.payers : terms.investors).some(
      (party) => party.organisationId === organisationId,
    );
  for (const { role, organisationId, name, hasMoney } of before) {
    if (!hasMoney || (role !== 'payer' && role !== 'investor') || keeps(role, organisationId)) continue;
    const sentence =
      role === 'payer'
        ? `${name} was invoiced under this contract, so it stays a payer. Give it a cap, or no weight.`
        : `${name} has capital in this contract, so it stays an investor.`;
    yield problem(role === 'payer' ? '/payers' : '/investors', sentence);
  }
  for (const [index, { organisationId, commitment }] of terms.investors.entries()) {
    const drawn = before.find(
      (party) => party.role === 'investor' && party.organisationId === organisationId,
    );
    if (!drawn || parseAmount(commitment, currency) >= drawn.drawn) continue;
    const sentence = `${drawn.name} has paid in ${formatMoney(drawn.drawn, currency, 'en-GB')}: it cannot commit less.`;
    yield problem(`/investors/${index}/commitment`, sentence);
  }
  for (const [index, { organisationId, cap }] of terms.payers.entries()) {
    const payer = before.find((party) => party.role === 'payer' && party.organisationId === organisationId);
    if (!payer || cap === null || parseAmount(cap, currency) >= payer.invoiced) continue;
    const money = (minor: bigint) => formatMoney(minor, currency, 'en-GB');
    const sentence = `${payer.name} was invoiced ${money(payer.invoiced)} already: its cap cannot be ${money(parseAmount(cap, currency))}, which is less.`;
    yield problem(`/payers/${index}/cap`, sentence);
  }
  if (active && active.startOn !== terms.startOn)
    yield problem(
      '/startOn',
      `Periods are counted from ${active.startOn} while the bond is active: leave it.`,
    );
  if (active && active.claimsEvery !== terms.claimsEvery)
    yield problem('/claimsEvery', 'The periods of claims stay as they are while the bond is active.');
}

import { ApiProperty, PickType } from '@nestjs/swagger';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Id, Integer, Nested, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { bondRoles, bondStates, bondVersionStates } from './bond.rules.js';
import type { ContractView } from './contract-view.js';
import type { Bond, BondParty, BondVersion } from './bonds.read.js';
import type { BondTerms } from './bond-terms.js';
import type { Problem } from './rate-card.rules.js';
import { changeText, termsChanges } from './terms-facts.js';
import { TermsInput } from './terms.dto.js';

/** Drafts a bond with its first version. */
export class DraftBond {
  @Id({ description: 'The pool whose bank account holds its money, and whose currency is its own' })
  poolId!: string;
  @Text({ max: 80, example: 'B-2027-01' }) reference!: string;
  @Text({ max: 200, example: 'A good start for 300 children' }) title!: string;
  @Id({ description: 'The organisation that does the work' }) providerId!: string;
  @Nested(() => TermsInput) terms!: TermsInput;
}

/** Changes the version that is drafted. What is left out stays as it is. */
export class ChangeBondDraft {
  @Text({ optional: true, max: 80, description: 'Only before the first version is signed' })
  reference?: string;
  @Text({ optional: true, max: 200 }) title?: string;
  @Id({ optional: true, description: 'Only before the first version is signed' }) providerId?: string;
  @Text({ optional: true, max: 500, description: 'Why there is this version' }) reason?: string;
  @Nested(() => TermsInput, { optional: true }) terms?: TermsInput;
}

/** Drafts another version: an amendment, or another try after a rejection. */
export class ReviseBond {
  @Text({ max: 500, example: 'The second school joins a year later' }) reason!: string;
  @Nested(() => TermsInput, { optional: true, description: 'The terms of the version before, if left out' })
  terms?: TermsInput;
}

/** What the page asks for before it leads to the form. */
export class GiveRevisionReason extends PickType(ReviseBond, ['reason']) {}

/** Two versions to compare: the newest, and the last that was signed before it, if left out. */
export class VersionsQuery {
  @Integer(1, 100_000, { optional: true }) from?: number;
  @Integer(1, 100_000, { optional: true }) to?: number;
}

export class ActivateBond {
  @CalendarDay({ example: '2027-01-01', description: 'A day of the term, not in the future' })
  activeFrom!: string;
}

export class CancelBond {
  @Text({ max: 500, example: 'The council withdrew' }) reason!: string;
}

export class BondQuery extends ListQuery {
  @Choice(bondStates, { optional: true }) state?: string;
  @Id({ optional: true }) providerId?: string;
}

export class BondAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown() reference!: string;
  @Shown() title!: string;
  @Shown({ example: 'GBP' }) currency!: string;
  @ShownId() providerId!: string;
  @Shown() provider!: string;
  @Shown({ enum: bondStates }) state!: string;
  @Shown({ type: 'integer', nullable: true, description: 'The version that holds' })
  signedVersion!: number | null;
  @ShownDay({ nullable: true }) signedOn!: string | null;
  @ShownDay({ nullable: true }) activeFrom!: string | null;
  @ShownDay({ nullable: true }) closedOn!: string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class BondPartyAnswer {
  @ShownId({ description: 'What its accounts in the ledger belong to' }) id!: string;
  @Shown({ enum: bondRoles }) role!: string;
  @ShownId({ nullable: true }) organisationId!: string | null;
  @ShownId({ nullable: true, description: 'A verifier may be a person' }) personId!: string | null;
  @Shown() name!: string;
}

export class TermsProblemAnswer {
  @Shown({ example: '/terms/rateCard/2/bands/1/from' }) pointer!: string;
  @Shown({ example: 'bandsGap' }) code!: string;
  @Shown({ example: 'Between 60 and 65 no band holds.' }) message!: string;
}

export class TermsProblemsAnswer {
  @ApiProperty({ type: [TermsProblemAnswer] }) items!: TermsProblemAnswer[];
}

export class BondVersionAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @Shown({ enum: bondVersionStates }) state!: string;
  @Shown() reason!: string;
  @ApiProperty({ type: TermsInput }) terms!: BondTerms;
  @Shown({ description: 'SHA-256 of the terms as canonical JSON' }) termsHash!: string;
  @ShownId({ nullable: true }) approvalId!: string | null;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) signedBy!: string | null;
  @ShownInstant({ nullable: true }) signedAt!: string | null;
  @Shown({ type: [String], description: 'What it changes in the last version signed before it, in words' })
  changes!: string[];
}

export class BondWithContractAnswer extends BondAnswer {
  @ApiProperty({
    type: [BondPartyAnswer],
    description: 'Everybody who is or was a party by a signed version',
  })
  parties!: BondPartyAnswer[];
  @ApiProperty({ type: [BondVersionAnswer], description: 'The newest first' }) versions!: BondVersionAnswer[];
  @ApiProperty({
    type: [TermsProblemAnswer],
    description:
      'What stands in the way of proposing the version that is drafted; none if it may be proposed',
  })
  problems!: TermsProblemAnswer[];
}

export const toBondAnswer = (bond: Bond): BondAnswer => ({
  id: bond.id,
  poolId: bond.poolId,
  reference: bond.reference,
  title: bond.title,
  currency: bond.currency,
  providerId: bond.providerId,
  provider: bond.provider,
  state: bond.state,
  signedVersion: bond.signedVersion,
  signedOn: bond.signedOn,
  activeFrom: bond.activeFrom,
  closedOn: bond.closedOn,
  version: bond.version,
});

const toParty = ({ id, role, organisationId, personId, name }: BondParty): BondPartyAnswer => ({
  ...{ id, role, organisationId, personId, name },
});

export const toProblemAnswer = ({ pointer, code, message }: Problem): TermsProblemAnswer => ({
  ...{ pointer, code, message },
});

function toVersionAnswer(version: BondVersion, view: ContractView): BondVersionAnswer {
  const earlier = view.versions.find(({ number, state }) => number < version.number && state === 'signed');
  const say = { currency: view.bond.currency, locale: 'en-GB', nameOf: view.nameOf };
  return {
    id: version.id,
    number: version.number,
    state: version.state,
    reason: version.reason,
    terms: version.terms,
    termsHash: version.hash,
    approvalId: version.approvalId,
    madeBy: version.madeByName,
    madeAt: version.madeAt.toISOString(),
    signedBy: version.signedByName,
    signedAt: version.signedAt?.toISOString() ?? null,
    changes: earlier ? termsChanges(earlier.terms, version.terms, say).map(changeText) : [],
  };
}

export const toBondWithContract = (view: ContractView): BondWithContractAnswer => ({
  ...toBondAnswer(view.bond),
  parties: view.parties.map(toParty),
  versions: view.versions.map((version) => toVersionAnswer(version, view)),
  problems: view.problems.map(toProblemAnswer),
});

import type { Tx } from '../../platform/database/tx.js';
import {
  type Bond,
  type BondParty,
  type BondVersion,
  namesIn,
  partiesOf,
  readBond,
  versionsOf,
} from './bonds.read.js';
import type { Problem } from './rate-card.rules.js';
import { surroundingsOf } from './surroundings.read.js';
import { termsProblems } from './terms.rules.js';

/** A bond with its contract: every version, who is party to it, and what the draft still lacks. */
export interface ContractView {
  bond: Bond;
  /** The newest first. */
  versions: BondVersion[];
  parties: BondParty[];
  /** What stands in the way of proposing the version that is drafted. */
  problems: Problem[];
  /** What somebody is called whom any version names. */
  nameOf: (id: string) => string;
}

/** @throws notFound */
export async function readContract(tx: Tx, bondId: string): Promise<ContractView> {
  const bond = await readBond(tx, bondId);
  const versions = await versionsOf(tx, bondId);
  const names = await namesIn(
    tx,
    bond.coalitionId,
    versions.map(({ terms }) => terms),
  );
  const draft = versions.find(({ state }) => state === 'draft');
  return {
    bond,
    versions,
    parties: await partiesOf(tx, bondId),
    problems: draft ? termsProblems(draft.terms, await surroundingsOf(tx, bond, draft.terms)) : [],
    nameOf: (id) => names.get(id) ?? 'somebody outside the coalition',
  };
}

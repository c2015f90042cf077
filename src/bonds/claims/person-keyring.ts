import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { CONFIG } from '../../platform/tokens.js';
import type { Bond } from '../contracts/bonds.read.js';
import { newSealedKey, openKey, personKey } from './person-keys.js';

/** Turns the identifiers of a bond's people into the keys they are known by. */
export type Keyring = (identifier: string) => string;

const isKey = /^[0-9a-f]{64}$/;

@Injectable()
export class PersonKeyrings {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The keyring of a bond, made when it is first needed. What is a key already stays as it is. */
  async of(tx: Tx, { id, coalitionId }: Bond): Promise<Keyring> {
    const secret = this.config.sessionSecret;
    await tx.run(
      `INSERT INTO bond_person_keys (coalition_id, bond_id, sealed_key) VALUES ($1, $2, $3) ON CONFLICT (bond_id) DO NOTHING`,
      [coalitionId, id, newSealedKey(secret, id)],
    );
    return this.ofExisting(tx, { id });
  }

  /** The same without making one: where a bond has none, nobody was ever claimed, and no identifier is anybody's. */
  async ofExisting(tx: Tx, { id }: Pick<Bond, 'id'>): Promise<Keyring> {
    const row = await tx.row<{ sealedKey: string }>(
      `SELECT sealed_key AS "sealedKey" FROM bond_person_keys WHERE bond_id = $1`,
      [id],
    );
    if (!row) return (identifier) => identifier;
    const key = openKey(row.sealedKey, this.config.sessionSecret, id);
    return (identifier) => (isKey.test(identifier) ? identifier : personKey(identifier, key));
  }
}

import type { DoorActor } from './actor.js';
import type { Tx } from './tx.js';

/**
 * Opens a door for `work` inside a transaction that somebody else began, and closes it behind: for the few steps
 * of a person's own action that must look past their coalitions, such as finding who has an e-mail address.
 * Everything still commits together, in the name of whoever began it.
 */
export async function throughDoor<T>(tx: Tx, door: DoorActor['door'], work: () => Promise<T>): Promise<T> {
  // Whoever opened one before finds it as they left it.
  const before = await tx.row<{ door: string }>(
    `SELECT coalesce(current_setting('app.door', true), '') AS door`,
  );
  const close = () => setDoor(tx, before?.door ?? '');
  await setDoor(tx, door);
  try {
    const result = await work();
    await close();
    return result;
  } catch (error) {
    // After a refusal the transaction may go on; after an error of the database it cannot, and says so here too.
    await close().catch(() => undefined);
    throw error;
  }
}

async function setDoor(tx: Tx, door: string): Promise<void> {
  await tx.rows(`SELECT set_config('app.door', $1, true)`, [door]);
}

import type { Parameter, Tx } from './tx.js';

/** Rows that are held in memory at a time. */
const BATCH = 2_000;

/** Named by number within their transaction, so that the same few statements are prepared again and again. */
const opened = new WeakMap<Tx, number>();

/** The rows of a query, read piece by piece: memory stays bounded however many there are. Only inside its transaction. */
export async function* rowsByCursor<Row>(
  tx: Tx,
  sql: string,
  parameters: Parameter[] = [],
): AsyncGenerator<Row> {
  const number = (opened.get(tx) ?? 0) + 1;
  opened.set(tx, number);
  const cursor = `cursor_${number}`;
  await tx.run(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, parameters);
  try {
    for (;;) {
      const rows = await tx.rows<Row>(`FETCH ${BATCH} FROM ${cursor}`);
      yield* rows;
      if (rows.length < BATCH) return;
    }
  } finally {
    await tx.run(`CLOSE ${cursor}`);
  }
}

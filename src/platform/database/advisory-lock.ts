import type { DataSource } from 'typeorm';

/** Runs `work` unless another process holds this advisory lock; then it does nothing. */
export async function whileAlone(source: DataSource, lock: number, work: () => Promise<void>): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    const [{ free }] = (await runner.query('SELECT pg_try_advisory_lock($1) AS free', [lock])) as [
      { free: boolean },
    ];
    if (!free) return;
    try {
      await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
    }
  } finally {
    await runner.release();
  }
}

import type { Client, TestApp } from './app.js';

/** A report as the API answers it. */
export interface ReportRunBody {
  id: string;
  state: string;
  files: { format: string; fileName: string; sha256: string; sizeBytes: number }[];
  sections: {
    pool: string;
    currency: string;
    keyFigures: { name: string; amount: string }[];
    tables: { name: string; rows: Record<string, string>[] }[];
    controlTotals: { name: string; report: string; ledger: string }[];
  }[];
}

/** Asks for a report on a pool, the pool position unless `more` says otherwise, and lets the worker make it. */
export async function madeReport(
  app: TestApp,
  person: Client,
  poolId: string,
  more: object = {},
): Promise<ReportRunBody> {
  const order = { kind: 'poolPosition', ...more };
  const asked = await person.must(
    person.post<{ id: string }>(`/api/v1/pools/${poolId}/finance-reports`, order),
  );
  await app.drain();
  return person.must(person.get<ReportRunBody>(`/api/v1/report-runs/${asked.id}`));
}

/** The main figures of a report on one pool, by their names. */
export const figuresOf = ({ sections: [section] }: ReportRunBody): Record<string, string> =>
  Object.fromEntries(section!.keyFigures.map(({ name, amount }) => [name, amount]));

/** The rows of a table of a report on one pool. */
export function tableOf({ sections: [section] }: ReportRunBody, name: string): Record<string, string>[] {
  const table = section!.tables.find((one) => one.name === name);
  if (!table) throw new Error(`The report has no table ${name}.`);
  return table.rows;
}

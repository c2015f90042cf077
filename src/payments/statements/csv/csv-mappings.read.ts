import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../../platform/http/list.js';
import type { CsvTerms } from './csv-mapping.rules.js';

/** A saved way to read CSV statements. */
export interface CsvMapping extends CsvTerms {
  id: string;
  coalitionId: string;
  poolId: string;
  name: string;
  account: string;
  madeBy: string;
  madeAt: Date;
  version: number;
}

const mappings = `
  SELECT m.id, m.coalition_id AS "coalitionId", m.pool_id AS "poolId", m.name, m.delimiter, m.encoding,
    m.heading_line AS "headingLine", m.date_format AS "dateFormat", m.decimal_mark AS "decimalMark",
    m.thousands_mark AS "thousandsMark", m.account, m.columns, p.name AS "madeBy", m.made_at AS "madeAt", m.version
  FROM csv_mappings m JOIN persons p ON p.id = m.made_by`;

/** @throws notFound */
export async function readCsvMapping(tx: Tx, mappingId: string): Promise<CsvMapping> {
  const mapping = await tx.row<CsvMapping>(`${mappings} WHERE m.id = $1`, [mappingId]);
  if (!mapping) throw notFound('mapping of columns');
  return mapping;
}

export const listCsvMappings = (tx: Tx, poolId: string, query: ListQuery): Promise<Page<CsvMapping>> =>
  listPage<CsvMapping>(
    tx,
    {
      sql: `${mappings} WHERE m.pool_id = $1`,
      parameters: [poolId],
      sorts: { name: { column: 'name', type: 'text' }, madeAt: { column: '"madeAt"', type: 'timestamptz' } },
      defaultSort: 'name',
    },
    query,
  );

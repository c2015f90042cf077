import type { ReportDocument, ReportSection, ReportTable } from '../documents/report-document.js';

/** What each section is called: its pool, and the coalition too where two of them have a pool of that name. */
export function sectionNames({ sections }: Pick<ReportDocument, 'sections'>): Map<ReportSection, string> {
  const sameName = (pool: string) => sections.filter((section) => section.pool === pool).length;
  return new Map(
    sections.map((section) => [
      section,
      sameName(section.pool) > 1 ? `${section.pool} (${section.coalition})` : section.pool,
    ]),
  );
}

/** The table that a register is: the long one, where small ones sum it up. */
export function registerTable({ parts }: ReportSection): ReportTable {
  const tables = parts.filter((part) => part.kind === 'table');
  const table = tables.find(({ isLong }) => isLong) ?? tables[0];
  if (!table) throw new Error('A register is a table, and this has none.');
  return table;
}

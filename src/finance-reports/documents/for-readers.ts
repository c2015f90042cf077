import type { ReportDocument, ReportTable } from './report-document.js';

/** A report as people read it: without the columns that only programs ask for. */
export const forReaders = (document: ReportDocument): ReportDocument => ({
  ...document,
  sections: document.sections.map((section) => ({
    ...section,
    parts: section.parts.map((part) => (part.kind === 'table' ? readable(part) : part)),
  })),
});

function readable(table: ReportTable): ReportTable {
  const places = table.columns.flatMap(({ isForPrograms }, place) => (isForPrograms ? [] : [place]));
  if (places.length === table.columns.length) return table;
  return {
    ...table,
    columns: places.map((place) => table.columns[place]!),
    rows: async function* () {
      for await (const row of table.rows()) yield places.map((place) => row[place] ?? null);
    },
  };
}

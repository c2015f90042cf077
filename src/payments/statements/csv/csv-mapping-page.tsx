import { ActionButton } from '../../../web/components/actions.js';
import { Card, Stack } from '../../../web/components/card.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Notice } from '../../../web/components/problem.js';
import type { PageContext } from '../../../web/page-context.js';
import type { Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import type { PoolOfPage } from '../../../pools/pool-view.js';
import { CsvMappingForm } from './csv-mapping-form.js';
import type { CsvMapping } from './csv-mappings.read.js';
import type { CsvSample, Understanding } from './csv-sample.js';
import { ShapeForm } from './csv-shape-form.js';
import { UnderstoodCard } from './understood-card.js';

export interface CsvMappingView {
  pool: PoolOfPage;
  /** The mapping that is changed; null for a new one. */
  mapping: CsvMapping | null;
  /** The file that waits for its columns, if one does. */
  file: { name: string } | null;
  sample: CsvSample | null;
  /** The columns that can be chosen. */
  names: string[];
  values: Readonly<Record<string, unknown>>;
  understanding: Understanding | null;
}

export interface CsvMappingProps {
  page: PageContext;
  view: CsvMappingView;
  refusal?: Refusal;
}

/** How the bank writes its CSV statements: the file at the top, what each column is, and how its first lines are understood. */
export function CsvMappingPage({ page, view, refusal }: CsvMappingProps) {
  const { pool, mapping, file, sample, names } = view;
  return (
    <Shell page={page}>
      <PageHeader
        title={mapping?.name ?? 'What each column is'}
        facts={file ? `${file.name}, of the account of ${pool.name}` : `CSV statements of ${pool.name}`}
      />
      <Stack>
        {sample && file && !mapping && <ShapeForm view={view} />}
        {sample?.problem && <Notice kind="problem" text={sample.problem} />}
        {names.length > 0 && <CsvMappingForm page={page} view={view} refusal={refusal} />}
        {view.understanding && <UnderstoodCard page={page} view={view} />}
        {mapping && (
          <Card title="No longer needed?">
            <p class="tb-field-help">What was imported by it stays.</p>
            <ActionButton
              label="Forget this mapping"
              action={`/csv-mappings/${mapping.id}/remove`}
              csrf={page.csrf}
              weight="danger"
            />
          </Card>
        )}
      </Stack>
    </Shell>
  );
}

import { Card } from '../../../web/components/card.js';
import type { ReconciliationProps } from './reconciliation-view.js';

/** Where a statement of the bank comes in. */
export function ImportCard({ page, view: { pool, mappings } }: ReconciliationProps) {
  return (
    <Card title="Import a statement" note="ISO 20022 camt.053 (02 or 08), or CSV as your bank writes it">
      <form
        class="tb-form"
        method="post"
        action={`/pools/${pool.id}/bank-statements`}
        encType="multipart/form-data"
        data-once
      >
        <input type="hidden" name="_csrf" value={page.csrf} />
        <div class="tb-field">
          <label class="form-label" for="statement-file">
            File from the bank
          </label>
          <input
            class="form-control"
            id="statement-file"
            type="file"
            name="file"
            accept=".xml,.csv,.txt,application/xml,text/csv"
            required
          />
        </div>
        <div class="tb-field">
          <label class="form-label" for="statement-how">
            Read it as
          </label>
          <select class="form-select" id="statement-how" name="how">
            <option value="camt053">camt.053 (XML)</option>
            {mappings.map(({ id, name }) => (
              <option value={id}>{name} (CSV)</option>
            ))}
            <option value="new">CSV: I say what each column is</option>
          </select>
          <p class="tb-field-help">
            All of it or nothing. A file that was imported before adds nothing. What names our payments
            settles them.
          </p>
        </div>
        <button class="btn btn-primary" type="submit">
          Import the statement
        </button>
      </form>
      {mappings.length > 0 && (
        <p class="tb-field-help">
          Saved:{' '}
          {mappings.map(({ id, name }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/csv-mappings/${id}`}>{name}</a>
            </>
          ))}
        </p>
      )}
    </Card>
  );
}

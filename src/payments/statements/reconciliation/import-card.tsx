import { Card } from '../../../web/components/card.js';
import type { ReconciliationProps } from './reconciliation-view.js';

/** Where a statement of the bank comes in. */
export function ImportCard({ page, view: { pool } }: ReconciliationProps) {
  return (
    <Card title="Import a statement" note="ISO 20022 camt.053, version 02 or 08">
      <form
        class="tb-form"
        method="post"
        action={`/pools/${pool.id}/bank-statements`}
        encType="multipart/form-data"
        data-once
      >
        <input type="hidden" name="_csrf" value={page.csrf} />
        <label class="form-label" for="statement-file">
          File from the bank
        </label>
        <input
          class="form-control"
          id="statement-file"
          type="file"
          name="file"
          accept=".xml,application/xml"
          required
        />
        <p class="form-hint">
          All of it or nothing. A file that was imported before adds nothing. What names our payments settles
          them.
        </p>
        <button class="btn btn-primary" type="submit">
          Import the statement
        </button>
      </form>
    </Card>
  );
}

import type { PageContext } from '../../../web/page-context.js';
import type { BankLine } from '../matching/bank-lines.read.js';

/** Nothing is posted for this line, and here is why. */
export function SetAside({ page, line }: { page: PageContext; line: BankLine }) {
  return (
    <details>
      <summary class="btn btn-sm">Set aside</summary>
      <form method="post" action={`/bank-lines/${line.id}/set-aside`} data-once>
        <input type="hidden" name="_csrf" value={page.csrf} />
        <label>
          <span class="visually-hidden">Reason</span>
          <input
            class="form-control form-control-sm"
            name="reason"
            placeholder="Why nothing is posted"
            required
          />
        </label>
        <button class="btn btn-sm" type="submit">
          Set aside
        </button>
      </form>
    </details>
  );
}

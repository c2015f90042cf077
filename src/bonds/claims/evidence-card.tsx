import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { countText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { ClaimView } from './claim-view.js';
import { mayClaim } from './claims-page.js';

interface Props {
  page: PageContext;
  view: ClaimView;
}

/** The files that a claim rests on; whoever may claim adds others until it is decided. */
export function EvidenceCard({ page, view: { claim, evidence, timeZone } }: Props) {
  const locale = localeOf(page);
  const isOpen = (claim.state === 'draft' || claim.state === 'submitted') && mayClaim(page);
  return (
    <Card title="Evidence" note="Kept as it was sent, by its SHA-256" id="evidence">
      {evidence.length === 0 ? (
        <EmptyState icon="file-text" title="No file yet" text="Registers, certificates, surveys." />
      ) : (
        <ul class="tb-files">
          {evidence.map(({ id, name, sizeBytes, sha256, addedBy, addedAt }) => (
            <li>
              <a href={`/api/v1/claims/${claim.id}/evidence/${id}`}>{name}</a>
              <span class="tb-under">
                {countText((sizeBytes + 1023n) / 1024n, locale)} kB, {addedBy},{' '}
                <InstantText at={addedAt} timeZone={timeZone} locale={locale} />
              </span>
              <span class="tb-under">
                <code title={sha256}>{sha256.slice(0, 16)}…</code>
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <form
          class="tb-form"
          method="post"
          action={`/claims/${claim.id}/evidence`}
          encType="multipart/form-data"
          data-once
        >
          <input type="hidden" name="_csrf" value={page.csrf} />
          <label class="form-label" for="evidence-file">
            Add a file
          </label>
          <input
            class="form-control"
            id="evidence-file"
            type="file"
            name="file"
            accept=".pdf,.png,.jpg,.jpeg,.csv,.xlsx"
            required
          />
          <p class="form-hint">PDF, PNG, JPEG, CSV or XLSX, of 10 MB at most. Without names of people.</p>
          <button class="btn" type="submit">
            Add the file
          </button>
        </form>
      )}
    </Card>
  );
}

import { Card } from '../../web/components/card.js';
import { AddFileForm, AttachedFiles } from '../../web/components/attached-files.js';
import { EmptyState } from '../../web/components/empty-state.js';
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
        <AttachedFiles
          files={evidence}
          home={`/api/v1/claims/${claim.id}/evidence`}
          timeZone={timeZone}
          locale={locale}
        />
      )}
      {isOpen && (
        <AddFileForm
          action={`/claims/${claim.id}/evidence`}
          csrf={page.csrf}
          hint="Without names of people."
        />
      )}
    </Card>
  );
}

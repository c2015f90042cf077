import { Card } from '../../web/components/card.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { moneyText } from '../../web/format.js';
import type { ClaimPreview, PreviewedPayer } from './claim-preview.service.js';
import type { ClaimView } from './claim-view.js';
import { Workings } from './working-card.js';

/** What the verifier's page replaces as one decides. */
export const previewId = 'preview';

/** Findings worked out, or why they cannot be yet. */
export type TriedOut = ClaimPreview | { problem: string };

interface Props {
  tried: TriedOut;
  terms: ClaimView['terms'];
  locale: string;
}

/** What the claim would come to by what is chosen in the form: price, caps, and the part of each payer. */
export function PreviewCard({ tried, terms, locale }: Props) {
  return (
    <div id={previewId} aria-live="polite">
      {'problem' in tried ? (
        <Card title="What it would come to">
          <EmptyState icon="target" title="Not yet" text={tried.problem} />
        </Card>
      ) : (
        <Card
          title="What it would come to"
          note={`In ${tried.claim.currency}, by what is chosen here. Nothing is decided.`}
        >
          <Workings locale={locale} view={{ ...tried, terms, invoices: [] }} />
          {tried.payers.map((payer) => (
            <Headroom payer={payer} currency={tried.claim.currency} locale={locale} />
          ))}
        </Card>
      )}
    </div>
  );
}

function Headroom({ payer, currency, locale }: { payer: PreviewedPayer; currency: string; locale: string }) {
  if (payer.headroom === null) return null;
  const left = moneyText(payer.headroom, currency, locale);
  return (
    <p class="tb-quiet">
      {payer.payer}: {left} would be left under its cap.
    </p>
  );
}

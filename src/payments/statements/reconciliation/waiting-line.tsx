import { ActionButton } from '../../../web/components/actions.js';
import { DayText } from '../../../web/components/dates.js';
import { Money } from '../../../web/components/money.js';
import type { Option } from '../../../web/forms/fields.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey } from '../../../web/pages.js';
import { localeOf } from '../../../pools/pool-frame.js';
import { isFingerprint } from '../fingerprints.js';
import type { BankLine } from '../matching/bank-lines.read.js';
import { SetAside } from './set-aside.js';
import { SuggestionButtons } from './suggestion-buttons.js';
import { isFinance, type ReconciliationView } from './reconciliation-view.js';

interface Props {
  page: PageContext;
  line: BankLine;
  view: ReconciliationView;
}

/** A line that waits: what the bank says at the left, what it may be at the right. */
export function WaitingLine({ page, line, view }: Props) {
  const locale = localeOf(page);
  return (
    <section class="tb-bank-line">
      <div>
        <a class="tb-bank-amount" href={`/bank-lines/${line.id}`}>
          <Money minor={line.amount} currency={line.currency} locale={locale} />
        </a>{' '}
        <DayText day={line.bookedOn} today={view.pool.today} locale={locale} />
        <span class="tb-under">
          {[line.counterparty, line.remittance].filter((text) => text !== '').join(' · ') || 'No text'}
        </span>
        <span class="tb-under tb-break">
          {[
            isFingerprint(line.reference) ? '' : line.reference,
            line.isReturn ? `came back${line.returnReason ? `: ${line.returnReason}` : ''}` : '',
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </span>
        {line.note !== null && <span class="tb-under tb-warning">{line.note}</span>}
      </div>
      {isFinance(page) && <Choices page={page} line={line} view={view} />}
    </section>
  );
}

function Choices({ page, line, view: { suggestions, funders } }: Props) {
  return (
    <div class="tb-bank-choices">
      <SuggestionButtons page={page} line={line} suggestions={suggestions.get(line.id) ?? []} most={3} />
      <div class="tb-bank-others">
        {line.amount > 0n ? (
          <PostContribution page={page} line={line} funders={funders} />
        ) : (
          <ActionButton
            label="It is a bank charge"
            action={`/bank-lines/${line.id}/charge`}
            csrf={page.csrf}
            idempotencyKey={newIdempotencyKey()}
            small
          />
        )}
        <a class="btn btn-sm" href={`/bank-lines/${line.id}#parts`}>
          Split, or something else
        </a>
        <SetAside page={page} line={line} />
      </div>
    </div>
  );
}

/** Money that nobody has recorded yet: whose it is, is all there is to say. */
function PostContribution({ page, line, funders }: Omit<Props, 'view'> & { funders: readonly Option[] }) {
  return (
    <details>
      <summary class="btn btn-sm">It is a contribution</summary>
      <form method="post" action={`/bank-lines/${line.id}/contribution`} data-once>
        <input type="hidden" name="_csrf" value={page.csrf} />
        <input type="hidden" name="_idempotencyKey" value={newIdempotencyKey()} />
        <label>
          <span class="visually-hidden">Funder</span>
          <select class="form-select form-select-sm" name="funderId" required>
            <option value="">From which funder</option>
            {funders.map(({ value, label }) => (
              <option value={value}>{label}</option>
            ))}
          </select>
        </label>
        <button class="btn btn-sm" type="submit">
          Record it
        </button>
      </form>
    </details>
  );
}

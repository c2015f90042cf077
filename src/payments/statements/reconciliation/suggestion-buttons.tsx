import { ActionButton } from '../../../web/components/actions.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey } from '../../../web/pages.js';
import { documentPath } from '../../../pools/journal/document-path.js';
import { localeOf } from '../../../pools/pool-frame.js';
import type { BankLine } from '../matching/bank-lines.read.js';
import { reasonOf, type Suggestion } from '../matching/suggestions.rules.js';

interface Props {
  page: PageContext;
  line: BankLine;
  suggestions: readonly Suggestion[];
  most: number;
}

/** What a line may be, the surest first, each with its reason; what is named but of another amount cannot be pressed. */
export function SuggestionButtons({ page, line, suggestions, most }: Props) {
  return (
    <>
      {suggestions
        .filter(({ by }) => by !== 'possible')
        .slice(0, most)
        .map((suggestion) => (
          <div>
            {suggestion.isWhole ? (
              <ActionButton
                label={`It is ${suggestion.label}`}
                action={`/bank-lines/${line.id}/match`}
                csrf={page.csrf}
                fields={{ kind: suggestion.kind, id: suggestion.id }}
                idempotencyKey={newIdempotencyKey()}
                small
              />
            ) : (
              <a href={documentPath(suggestion.kind, suggestion.id)}>{suggestion.label}</a>
            )}
            <span class="tb-under">{reasonOf(suggestion, line.currency, localeOf(page))}</span>
          </div>
        ))}
    </>
  );
}

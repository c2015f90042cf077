import { Card } from '../../web/components/card.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import { kindNames } from '../contracts/terms-words.js';
import type { ClaimView } from './claim-view.js';
import { claimedText, shortKey, titleOf } from './claim-words.js';
import type { ClaimLine } from './claims.read.js';

/** What was claimed, and of each line what was found. People stand there by the first letters of their keys. */
export function ClaimedCard({ view: { lines, terms } }: { view: ClaimView }) {
  const isDecided = lines.some(({ verdict }) => verdict !== null);
  return (
    <Card title="What was claimed" note={plural(lines.length, 'line')} flush>
      <Table
        caption="What was claimed"
        rows={lines}
        columns={[
          {
            heading: 'Outcome',
            cell: ({ metric }) => {
              const term = terms.rateCard.find((line) => line.metric === metric);
              return (
                <>
                  {titleOf(terms, metric)}
                  {term && <span class="tb-under">{kindNames[term.kind]}</span>}
                </>
              );
            },
          },
          {
            heading: 'Claimed',
            kind: 'number',
            cell: (line) => claimedText(line),
          },
          { heading: 'People', wideOnly: true, cell: (line) => <People line={line} /> },
          ...(isDecided
            ? [
                {
                  heading: 'Found',
                  cell: ({ verdict, reason }: ClaimLine) =>
                    verdict && (
                      <>
                        <StatusBadge of="finding" state={verdict} />
                        {reason && <span class="tb-under">{reason}</span>}
                      </>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function People({ line: { people, verdict } }: { line: ClaimLine }) {
  if (people.length === 0) return null;
  return (
    <details>
      <summary>{plural(people.length, 'key')}</summary>
      <ul class="tb-keys">
        {people.map(({ key, isAccepted }) => (
          <li>
            <code title={key}>{shortKey(key)}</code>
            {verdict !== null && !isAccepted && <span class="tb-quiet"> not accepted</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

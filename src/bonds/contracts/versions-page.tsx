import { Card } from '../../web/components/card.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { BondFrame, localeOf } from './bond-frame.js';
import type { BondVersion } from './bonds.read.js';
import type { ContractView } from './contract-view.js';
import { termsChanges } from './terms-facts.js';

interface Props {
  page: PageContext;
  view: ContractView;
  from: BondVersion;
  to: BondVersion;
}

/** Two versions of a contract side by side: only what differs, in words. */
export function VersionsPage({ page, view, from, to }: Props) {
  const { bond, nameOf } = view;
  const changes = termsChanges(from.terms, to.terms, {
    currency: bond.currency,
    locale: localeOf(page),
    nameOf,
  });
  return (
    <BondFrame page={page} bond={bond} current="contract">
      <Card
        title={`Version ${from.number} and version ${to.number}`}
        note={
          <>
            {to.reason} · {plural(changes.length, 'change')} <StatusBadge of="bondVersion" state={to.state} />
          </>
        }
        flush
      >
        <Table
          caption={`What version ${to.number} changes in version ${from.number}`}
          rows={changes}
          empty={{
            icon: 'checks',
            title: 'They say the same',
            text: 'No term differs between these two versions.',
            action: { label: 'Back to the contract', href: `/bonds/${bond.id}` },
          }}
          columns={[
            { heading: 'What', cell: ({ label }) => label },
            {
              heading: `Version ${from.number}`,
              cell: ({ before }) => before ?? <span class="tb-quiet">not there</span>,
            },
            {
              heading: `Version ${to.number}`,
              cell: ({ after }) =>
                after === null ? <span class="tb-quiet">taken out</span> : <strong>{after}</strong>,
            },
          ]}
        />
      </Card>
    </BondFrame>
  );
}

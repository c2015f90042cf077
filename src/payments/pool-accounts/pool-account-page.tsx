import type { Page } from '../../platform/http/list.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader, Rest } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { AccountFields } from '../bank-accounts/bank-account-form.js';
import { ibanText } from '../bank-accounts/bank-accounts-page.js';
import type { PoolAccount } from './pool-accounts.read.js';

export interface PoolAccountView {
  pool: { id: string; name: string; coalitionId: string };
  accounts: Page<PoolAccount>;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: PoolAccountView;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Which account a pool pays from, which is to follow, and which it paid from before. */
export function PoolAccountPage({ page, view, refusal }: Props) {
  const { items } = view.accounts;
  const current = items.find(({ state }) => state === 'inUse');
  const coming = items.find(({ state }) => state === 'proposed');
  const mayPropose = page.coalition?.roles.includes('finance') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title={`The account of ${view.pool.name}`}
        facts="Payment files name it, and statements are held to it. A change takes two people"
      />
      {current ? (
        <AccountCard page={page} view={view} account={current} title="In use" />
      ) : (
        <Notice
          kind="warning"
          text="No account is set: no batch can be made, and any account’s statement is taken."
        />
      )}
      {coming && <AccountCard page={page} view={view} account={coming} title="To follow" />}
      {mayPropose && !coming && <ProposeCard page={page} view={view} refusal={refusal} />}
      {items.length > 0 && <Before page={page} view={view} />}
    </Shell>
  );
}

function AccountCard({
  page,
  view,
  account,
  title,
}: Pick<Props, 'page' | 'view'> & { account: PoolAccount; title: string }) {
  const { name, iban, bic, reason, approvalId, madeBy, madeAt, state } = account;
  return (
    <Card title={title} actions={<StatusBadge of="poolAccount" state={state} />}>
      <KeyValue
        pairs={[
          ['Account name', name],
          ['IBAN', ibanText(iban)],
          ['BIC', bic],
          ['Proposed by', madeBy],
          ['Proposed', <InstantText at={madeAt} timeZone={view.timeZone} locale={localeOf(page)} />],
          ['Reason', reason],
          ['Approval', approvalId && <a href={`/approvals/${approvalId}`}>Who agreed to it</a>],
        ]}
      />
    </Card>
  );
}

function ProposeCard({ page, view, refusal }: Props) {
  const { pool } = view;
  return (
    <Card title={view.accounts.total > 0 ? 'Propose another account' : 'Propose an account'}>
      <Form
        action={`/pools/${pool.id}/bank-account`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refusal?.values ?? { accountName: pool.name }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Propose this account"
        cancelHref={`/pools/${pool.id}`}
      >
        <AccountFields ibanIsNeeded />
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}

function Before({ page, view }: Pick<Props, 'page' | 'view'>) {
  const { items, total } = view.accounts;
  const list = `/api/v1/pools/${view.pool.id}/bank-accounts?format=csv`;
  return (
    <Card title="Every account that was ever proposed" actions={<a href={list}>Export CSV</a>} flush>
      <Table
        caption="Accounts of the pool, newest first"
        rows={items}
        rowTone={({ state }) => (state === 'inUse' || state === 'proposed' ? undefined : 'muted')}
        columns={[
          {
            heading: 'Account',
            cell: ({ iban, name }) => (
              <>
                {ibanText(iban)}
                <span class="tb-under">{name}</span>
              </>
            ),
          },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="poolAccount" state={state} /> },
          { heading: 'Proposed by', wideOnly: true, cell: ({ madeBy }) => madeBy },
          {
            heading: 'Approved',
            wideOnly: true,
            cell: ({ approvedAt }) =>
              approvedAt && <InstantText at={approvedAt} timeZone={view.timeZone} locale={localeOf(page)} />,
          },
        ]}
      />
      <Rest count={total - items.length} href={list} label="Export all of them" />
    </Card>
  );
}

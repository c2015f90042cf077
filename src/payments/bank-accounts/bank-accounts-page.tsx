import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { groupedIban } from '../../pools/approvals/masked-content.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader, Rest } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { BankAccount } from './bank-accounts.read.js';

export interface BankAccountsView {
  payee: { id: string; name: string };
  accounts: Page<BankAccount>;
  coolingOffDays: number;
  timeZone: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: BankAccountsView;
  refusal?: Refusal & { of: string };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
const has = (page: PageContext, ...roles: string[]): boolean =>
  page.coalition?.roles.some((role) => roles.includes(role)) ?? false;

/** "GB82 WEST 1234 …" in full; one that is masked stays as it is. */
export const ibanText = (iban: string): string => (iban.includes('•') ? iban : groupedIban(iban));

/** Where an organisation is paid, what is to follow, and what was before. */
export function BankAccountsPage({ page, view, refusal }: Props) {
  const { payee, coolingOffDays } = view;
  const accounts = view.accounts.items;
  const list = `/api/v1/organisations/${payee.id}/bank-accounts?format=csv`;
  const current = accounts.filter(({ standing }) => standing === 'inUse');
  const coming = accounts.filter(({ standing }) => standing === 'proposed' || standing === 'coolingOff');
  const mayPropose = has(page, 'finance', 'backbone', 'partner');
  const propose = `/organisations/${payee.id}/bank-accounts/new`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Where ${payee.name} is paid`}
        facts="A change takes two people, then days of waiting"
      >
        {mayPropose && (
          <ActionLink
            label={current.length > 0 ? 'Propose another account' : 'Propose an account'}
            href={propose}
            icon="plus"
            weight="primary"
          />
        )}
      </PageHeader>
      {current.length === 0 && (
        <Notice
          kind="warning"
          text={`${payee.name} cannot be paid by a batch today: it has no bank account that may be used.`}
        />
      )}
      {[...current, ...coming].map((account) => (
        <AccountCard page={page} view={view} account={account} refusal={refusal} />
      ))}
      <Card
        title="Every account that was ever proposed"
        note={`A payee’s account may be paid to ${plural(coolingOffDays, 'day')} after a second person approved it. Those who speak for the payee are mailed at once.`}
        actions={<a href={list}>Export CSV</a>}
        flush
      >
        <History page={page} view={view} proposeHref={mayPropose ? propose : undefined} />
        <Rest count={view.accounts.total - accounts.length} href={list} label="Export all of them" />
      </Card>
    </Shell>
  );
}

function AccountCard({ page, view, account, refusal }: Props & { account: BankAccount }) {
  const locale = localeOf(page);
  const mayStop = has(page, 'finance', 'backbone', 'approver', 'partner');
  const refused = refusal?.of === account.id ? refusal : undefined;
  return (
    <Card
      title={account.standing === 'inUse' ? 'Paid to' : 'To follow'}
      actions={<StatusBadge of="bankAccount" state={account.standing} />}
    >
      <KeyValue
        pairs={[
          ['Account name', account.name],
          ['IBAN', ibanText(account.iban)],
          ['BIC', account.bic],
          [
            'May be used from',
            account.usableFrom && (
              <DayText
                day={account.usableFrom}
                today={view.today}
                locale={locale}
                relative={account.usableFrom > view.today}
              />
            ),
          ],
          ['Proposed by', account.madeBy],
          ['Reason', account.reason],
          [
            'Approval',
            page.coalition?.roles.every((role) => role === 'partner') ? undefined : (
              <a href={`/approvals/${account.approvalId}`}>Who agreed to it</a>
            ),
          ],
        ]}
      />
      {mayStop && (
        <details class="tb-more" open={refused !== undefined}>
          <summary>Stop it</summary>
          <Form
            action={`/bank-accounts/${account.id}/stop`}
            csrf={page.csrf}
            locale={locale}
            values={refused?.values}
            errors={refused?.errors}
            detail={refused?.detail}
            submit="Pay nothing to this account"
            plain
          >
            <LongTextField
              name="reason"
              label="Why"
              rows={2}
              maxLength={500}
              help="One person is enough to stop an account; to pay again, propose another."
            />
          </Form>
        </details>
      )}
    </Card>
  );
}

function History({ page, view, proposeHref }: Props & { proposeHref?: string }) {
  const locale = localeOf(page);
  return (
    <Table
      caption="Bank accounts, newest first"
      rows={view.accounts.items}
      rowTone={({ standing }) =>
        ['replaced', 'rejected', 'stopped'].includes(standing) ? 'muted' : undefined
      }
      empty={{
        icon: 'building-bank',
        title: 'No bank account yet',
        text: 'Propose where the organisation is paid. Somebody else looks at it and agrees.',
        action: proposeHref ? { label: 'Propose an account', href: proposeHref } : undefined,
      }}
      columns={[
        {
          heading: 'IBAN',
          cell: ({ iban, name }) => (
            <>
              {ibanText(iban)}
              <span class="tb-under">{name}</span>
            </>
          ),
        },
        {
          heading: 'Standing',
          cell: ({ standing, stopReason }) => (
            <StatusBadge of="bankAccount" state={standing} reason={stopReason ?? undefined} />
          ),
        },
        {
          heading: 'Used from',
          wideOnly: true,
          cell: ({ usableFrom }) =>
            usableFrom && <DayText day={usableFrom} today={view.today} locale={locale} />,
        },
        { heading: 'Proposed by', wideOnly: true, cell: ({ madeBy }) => madeBy },
        {
          heading: 'Proposed',
          wideOnly: true,
          cell: ({ madeAt }) => <InstantText at={madeAt} timeZone={view.timeZone} locale={locale} />,
        },
      ]}
    />
  );
}

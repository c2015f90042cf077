import type { Day } from '../../../maths/day.js';
import { ActionLink } from '../../../web/components/actions.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { Icon } from '../../../web/components/icon.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Notice } from '../../../web/components/problem.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { DayField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf, runsBonds } from '../../contracts/bond-frame.js';
import { percentText } from '../../contracts/terms-words.js';
import type { ClosingState } from './closing.rules.js';
import { type ClosingItem, type ClosingItemKey, openOf } from './closing-checklist.js';
import { ClosingFiguresCard, InvestorsAtTheEnd, SurplusShares } from './closing-figures-card.js';
import type { ClosingView } from './closing.service.js';

/** What was refused, and by which form of the page. */
export type RefusedClosing = Refusal & { of: 'close' | 'guarantee' };

interface Props {
  page: PageContext;
  view: ClosingView & { today: Day };
  refused?: RefusedClosing;
}

/** The way to the end of a bond: what is still open and where it is mended, how it would end, and asking for it. */
export function ClosingPage({ page, view, refused }: Props) {
  const { bond, items, figures, last } = view;
  const locale = localeOf(page);
  const shown = { figures, currency: bond.currency, locale };
  return (
    <Shell page={page}>
      <PageHeader
        title={`Close ${bond.reference}`}
        facts={
          <>
            <StatusBadge of="bond" state={bond.state} />
            <a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>
          </>
        }
      >
        {last && <ActionLink label={closingLinks[last.state]} href={`/bond-closings/${last.id}`} />}
      </PageHeader>
      {last?.state === 'proposed' && (
        <Notice kind="notice" text={`${last.madeBy} has asked to close it. Others decide on it.`} />
      )}
      <Columns kind="main">
        <Stack>
          {items.length > 0 && <Checklist bondId={bond.id} items={items} />}
          <InvestorsAtTheEnd {...shown} />
          <SurplusShares {...shown} />
        </Stack>
        <Stack>
          <Ask page={page} view={view} refused={refused} />
          <Guarantee page={page} view={view} refused={refused} />
          <ClosingFiguresCard {...shown} title="How it would end, as the accounts stand" />
        </Stack>
      </Columns>
    </Shell>
  );
}

const closingLinks: Record<ClosingState, string> = {
  proposed: 'The request to close it',
  closed: 'How it was closed',
  rejected: 'The request that was rejected',
};

/** Where each item is mended, under the bond's own address. */
const placeOf: Record<ClosingItemKey, string> = {
  contract: '',
  suspensions: '/payers',
  claims: '/claims',
  invoices: '/payers',
  calls: '/investors',
  payments: '/investors',
  twoSided: '/investors',
  distribution: '/distributions/new',
  guarantee: '/closing#guarantee',
};

function Checklist({ bondId, items }: { bondId: string; items: readonly ClosingItem[] }) {
  return (
    <Card title="What must be over first">
      <ul class="tb-checklist">
        {items.map(({ key, label, open }) => (
          <li class={open.length === 0 ? 'tb-check-done' : undefined}>
            <Icon name={open.length === 0 ? 'circle-check' : 'circle-dashed'} />
            <div>
              {open.length === 0 ? label : <a href={`/bonds/${bondId}${placeOf[key]}`}>{label}</a>}
              <span class="visually-hidden">{open.length === 0 ? ': done' : ': open'}</span>
              {open.map((sentence) => (
                <span class="tb-under">{sentence}</span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Only while the bond is active, nothing is open, and nobody has asked yet. */
function Ask({ page, view: { bond, items, last, today }, refused }: Props) {
  const refusal = refused?.of === 'close' ? refused : undefined;
  if (bond.state !== 'active' || last?.state === 'proposed' || !runsBonds(page)) return null;
  if (openOf(items).length > 0 && !refusal) return null;
  return (
    <Card title="Ask to close it" note="Others approve how it ends; then every account of it is emptied">
      <Form
        action={`/bonds/${bond.id}/closing`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={refusal?.values ?? { closedOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Ask to close the bond"
      >
        <DayField name="closedOn" label="Closed on" max={today} />
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </Form>
    </Card>
  );
}

/** Only where the contract has a guarantor. */
function Guarantee({ page, view: { bond, guarantee }, refused }: Props) {
  if (guarantee === null) return null;
  const locale = localeOf(page);
  const money = (minor: bigint) => moneyText(minor, bond.currency, locale);
  const refusal = refused?.of === 'guarantee' ? refused : undefined;
  const mayCall = guarantee.open > 0n && bond.state === 'active' && page.coalition?.roles.includes('finance');
  return (
    <Card title="The guarantee" id="guarantee" note={guarantee.guarantor}>
      <p>
        {percentText(guarantee.share)} of {money(guarantee.shortfall)} that the bond has not returned:{' '}
        {money(guarantee.owed)}
        {guarantee.open > 0n ? `, of which ${money(guarantee.open)} is not called.` : '.'}
      </p>
      {mayCall && (
        <Form
          action={`/bonds/${bond.id}/guarantee-calls`}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? {}}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={`Call ${money(guarantee.open)}`}
          plain
        >
          <DayField name="dueOn" label="Due on" />
        </Form>
      )}
    </Card>
  );
}

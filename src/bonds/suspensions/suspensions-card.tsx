import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { Money } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import { dayText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import type { Bond, BondParty } from '../contracts/bonds.read.js';
import type { SubstitutePayment, Suspension } from './suspensions.read.js';

export interface SuspensionShown extends Suspension {
  instalments: SubstitutePayment[];
}

/** Windows in which a bond pays by a schedule. */
export function SuspensionsCard({
  page,
  suspensions,
  today,
}: {
  page: PageContext;
  suspensions: readonly SuspensionShown[];
  today: Day;
}) {
  const locale = localeOf(page);
  if (suspensions.length === 0) return null;
  return (
    <>
      {suspensions.map((suspension) => (
        <Card
          title={`Suspended ${dayText(suspension.fromOn, locale)} to ${dayText(suspension.toOn, locale)}`}
          note={suspension.reason}
        >
          <p>
            <StatusBadge of="bondSuspension" state={suspension.state} />{' '}
            <a href={`/approvals/${suspension.approvalId}`}>Who approves it</a>
          </p>
          <Table
            caption={`Instalments of the schedule, in ${suspension.currency}`}
            rows={suspension.instalments}
            columns={[
              {
                heading: 'Due',
                cell: ({ dueOn, note }: SubstitutePayment) => (
                  <>
                    <DayText day={dueOn} today={today} locale={locale} />
                    {note !== '' && <span class="tb-under">{note}</span>}
                  </>
                ),
              },
              {
                heading: 'Amount',
                kind: 'number',
                cell: ({ amount }: SubstitutePayment) => (
                  <Money minor={amount} currency={suspension.currency} locale={locale} symbol={false} />
                ),
              },
              {
                heading: 'Invoiced',
                kind: 'number',
                cell: ({ invoiced }: SubstitutePayment) =>
                  invoiced === null ? null : (
                    <Money minor={invoiced} currency={suspension.currency} locale={locale} symbol={false} />
                  ),
              },
            ]}
          />
        </Card>
      ))}
    </>
  );
}

interface FormProps {
  page: PageContext;
  bond: Bond;
  terms: BondTerms;
  payers: readonly BondParty[];
  refusal?: Refusal;
}

/** Asks that the bond pay by a schedule for a while. */
export function SuspendForm({ page, bond, terms, payers, refusal }: FormProps) {
  const weightOf = ({ organisationId }: BondParty) => {
    const payer = terms.payers.find((one) => one.organisationId === organisationId);
    return payer?.weight ?? payer?.cap ?? '1';
  };
  return (
    <Card title="Suspend outcome payments" note="Pay by a schedule for a while; others approve it">
      <Form
        action={`/bonds/${bond.id}/suspensions`}
        csrf={page.csrf}
        locale={localeOf(page)}
        idempotencyKey={newIdempotencyKey()}
        values={
          refusal?.values ?? {
            payers: payers.map((party) => ({
              organisationId: party.organisationId,
              weight: weightOf(party),
            })),
          }
        }
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Ask for the suspension"
        plain
      >
        <DayField name="fromOn" label="From" min={terms.startOn} max={terms.endOn} />
        <DayField name="toOn" label="To" min={terms.startOn} max={terms.endOn} />
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
        <RowsField
          name="payers"
          legend="Who pays, by what weight"
          totalled={false}
          most={100}
          blank={0}
          columns={[
            {
              ...{ name: 'organisationId', label: 'Payer', kind: 'choice' },
              options: payers.map(({ organisationId, name }) => ({ value: organisationId!, label: name })),
            },
            { name: 'weight', label: 'Weight', kind: 'text' },
          ]}
        />
        <RowsField
          name="instalments"
          legend="Schedule"
          most={120}
          columns={[
            { name: 'dueOn', label: 'Due', kind: 'day' },
            { name: 'amount', label: 'Amount', kind: 'amount', currency: bond.currency },
          ]}
        />
      </Form>
    </Card>
  );
}

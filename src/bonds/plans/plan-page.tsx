import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { barsInPairs } from '../../web/charts/bars-in-pairs.js';
import { ChartFigure } from '../../web/charts/chart-figure.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { Money } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { BondFrame, localeOf, runsBonds } from '../contracts/bond-frame.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import type { Bond, BondParty } from '../contracts/bonds.read.js';
import { type SuspensionShown, SuspensionsCard, SuspendForm } from '../suspensions/suspensions-card.js';
import type { PlanLine } from './plan.rules.js';
import type { BondPlan, PlannedAndActual } from './plans.read.js';

export interface PlanPageView {
  bond: Bond;
  /** Null until a version is signed. */
  terms: BondTerms | null;
  periods: PlannedAndActual[];
  /** Newest first. */
  plans: BondPlan[];
  /** Of the newest plan. */
  lines: PlanLine[];
  suspensions: SuspensionShown[];
  payers: BondParty[];
  today: Day;
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: PlanPageView;
  planRefusal?: Refusal;
  suspensionRefusal?: Refusal;
}

/** What a bond was expected to reach, beside what came; earlier plans, and windows paid by a schedule. */
export function PlanPage({ page, view, planRefusal, suspensionRefusal }: Props) {
  const { bond, terms } = view;
  const mayPlan = runsBonds(page) && terms !== null && (bond.state === 'signed' || bond.state === 'active');
  return (
    <BondFrame page={page} bond={bond} current="plan">
      <Columns kind="main">
        <Stack>
          <Comparison page={page} view={view} />
          {mayPlan && <PlanAnew page={page} view={view} refusal={planRefusal} />}
        </Stack>
        <Stack>
          <Versions page={page} view={view} />
          <SuspensionsCard page={page} suspensions={view.suspensions} today={view.today} />
          {mayPlan && bond.state === 'active' && (
            <SuspendForm
              page={page}
              bond={bond}
              terms={terms}
              payers={view.payers}
              refusal={suspensionRefusal}
            />
          )}
        </Stack>
      </Columns>
    </BondFrame>
  );
}

function Comparison({ page, view: { bond, periods, plans, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint | null) =>
    minor === null ? null : <Money minor={minor} currency={bond.currency} locale={locale} symbol={false} />;
  if (periods.length === 0) {
    return (
      <Card title="Plan and actual">
        <EmptyState
          icon="target"
          title="Nothing is signed yet"
          text="A plan is made of a contract that is signed."
        />
      </Card>
    );
  }
  const chart = barsInPairs(
    periods.map(({ period, planned, actual }) => ({
      ...{ label: String(period), said: planned ?? 0n, came: actual },
    })),
    { said: 'Planned', came: 'Invoiced', label: 'Period' },
    { currency: bond.currency, locale },
  );
  return (
    <Card
      title="Plan and actual"
      note={`In ${bond.currency}${plans[0] ? `, by plan ${plans[0].number}` : '; nothing is planned yet'}`}
    >
      <ChartFigure chart={chart} />
      <Table
        caption={`Planned and invoiced by period, in ${bond.currency}`}
        rows={periods}
        columns={[
          {
            heading: 'Period',
            cell: ({ period, from, to }: PlannedAndActual) => (
              <>
                {period}
                <span class="tb-under">
                  <DayText day={from} today={today} locale={locale} /> to{' '}
                  <DayText day={to} today={today} locale={locale} />
                </span>
              </>
            ),
            foot: 'Total',
          },
          {
            heading: 'Planned',
            kind: 'number',
            cell: ({ planned }: PlannedAndActual) => money(planned),
            foot: money(sum(periods.map(({ planned }) => planned ?? 0n))),
          },
          {
            heading: 'Invoiced',
            kind: 'number',
            cell: ({ actual, ofSubstitutes }: PlannedAndActual) => (
              <>
                {money(actual)}
                {ofSubstitutes > 0n && <span class="tb-under">by a schedule</span>}
              </>
            ),
            foot: money(sum(periods.map(({ actual }) => actual))),
          },
        ]}
      />
    </Card>
  );
}

function Versions({ page, view: { plans, timeZone } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Plans" note="What came stays what it was, whatever the plan">
      <Table
        caption="Plans, the newest first"
        rows={plans}
        empty={{
          icon: 'target',
          title: 'No plan yet',
          text: 'Say what outcomes are expected, period by period.',
        }}
        columns={[
          { heading: 'Plan', cell: ({ number }: BondPlan) => String(number) },
          {
            heading: 'Why',
            cell: ({ reason, madeBy, madeAt }: BondPlan) => (
              <>
                {reason}
                <span class="tb-under">
                  {madeBy}, <InstantText at={madeAt} timeZone={timeZone} locale={locale} />
                </span>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function PlanAnew({ page, view: { bond, lines }, refusal }: Props & { refusal?: Refusal }) {
  return (
    <Card title="Plan anew" note="The whole of what is expected from now on; earlier plans are kept">
      <Form
        action={`/bonds/${bond.id}/plans`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={
          refusal?.values ?? {
            lines: lines.map(({ period, metric, quantity, value }) => ({
              ...{ period: String(period), metric, expected: value ?? quantity },
            })),
          }
        }
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="Make this the plan"
      >
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
        <RowsField
          name="lines"
          legend="What is expected"
          help="One row for each outcome and period: how many, or for bands which value. A table can be pasted."
          totalled={false}
          most={900}
          columns={[
            { name: 'period', label: 'Period', kind: 'text' },
            { name: 'metric', label: 'Outcome', kind: 'text' },
            { name: 'expected', label: 'Expected', kind: 'text' },
          ]}
        />
      </Form>
    </Card>
  );
}

import type { Day } from '../../../maths/day.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { EmptyState } from '../../../web/components/empty-state.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { AmountField, ChoiceField, DayField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { distributionSources } from './distribution.rules.js';
import { sourceNames } from './distribution-words.js';
import type { PlannedDistribution } from './plan-distribution.js';
import { SharesCard } from './shares-card.js';
import { WorkingCard } from './working-card.js';

/** What the form replaces as one types. */
const previewId = 'preview';

/** What is in the form, worked out; or why it cannot be yet. */
export type TriedDistribution = PlannedDistribution | { problem: string };

interface Props {
  page: PageContext;
  view: { bond: Bond; hasGuarantor: boolean; tried: TriedDistribution; today: Day };
  values: Readonly<Record<string, unknown>>;
  refusal?: Refusal;
}

/** Asks for a distribution; what it would come to stands beside, and changes as one types. */
export function DistributionFormPage({ page, view, values, refusal }: Props) {
  const { bond, hasGuarantor, tried, today } = view;
  const locale = localeOf(page);
  const home = `/bonds/${bond.id}/distributions`;
  return (
    <Shell page={page}>
      <PageHeader
        title="Distribute to investors"
        facts={<a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>}
      />
      <Columns>
        <Card title="What to distribute" note="Others approve exactly what is worked out">
          <Form
            action={home}
            csrf={page.csrf}
            locale={locale}
            idempotencyKey={newIdempotencyKey()}
            values={values}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Ask for this distribution"
            live={{ action: `${home}/preview`, id: previewId }}
            cancelHref={`/bonds/${bond.id}/investors`}
          >
            <DayField
              name="asOf"
              label="As of"
              max={today}
              help="Capital counts until this day, and what the bond holds by its end."
            />
            <AmountField
              name="amount"
              label="What goes into the tiers"
              currency={bond.currency}
              optional
              help="Left empty, all that is free."
            />
            {hasGuarantor && (
              <ChoiceField
                name="source"
                label="Out of"
                options={distributionSources.map((value) => ({ value, label: sourceNames[value] }))}
              />
            )}
            <LongTextField name="reason" label="What for" rows={2} maxLength={500} />
            <noscript>
              <button class="btn" type="submit" formAction={`${home}/preview`} formNoValidate>
                Work it out
              </button>
            </noscript>
          </Form>
        </Card>
        <div id={previewId} aria-live="polite">
          <Preview bond={bond} tried={tried} locale={locale} />
        </div>
      </Columns>
    </Shell>
  );
}

function Preview({ bond, tried, locale }: { bond: Bond; tried: TriedDistribution; locale: string }) {
  if ('problem' in tried)
    return (
      <Card title="What it would come to">
        <EmptyState icon="target" title="Not yet" text={tried.problem} />
      </Card>
    );
  const { inputs, result, free } = tried;
  const money = (minor: bigint) => moneyText(minor, bond.currency, locale);
  return (
    <Stack>
      <p class="tb-lead">
        <strong>{money(result.paid)}</strong> would leave the account, of {money(free)} that is free. Nothing
        is saved.
      </p>
      <SharesCard bondId={bond.id} currency={bond.currency} shares={result.shares} locale={locale} />
      <WorkingCard inputs={inputs} result={result} locale={locale} isNarrow />
    </Stack>
  );
}

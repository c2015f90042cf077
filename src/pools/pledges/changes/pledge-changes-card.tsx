import { parseAmount } from '../../../maths/money.js';
import { Card } from '../../../web/components/card.js';
import { InstantText } from '../../../web/components/dates.js';
import { Table } from '../../../web/components/table.js';
import { dayText, moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { localeOf } from '../../pool-frame.js';
import type { PledgeChangeRow } from './pledge-changes.read.js';
import type { PlanInWords } from './pledge-change.rules.js';

interface Props {
  page: PageContext;
  currency: string;
  timeZone: string;
  changes: readonly PledgeChangeRow[];
}

const titles = { amended: 'Amended', cancelled: 'Cancelled', writtenOff: 'Written off' } as const;

/** The versions of a pledge side by side: what was promised before, what since, who changed it and why. */
export function PledgeChangesCard({ page, currency, timeZone, changes }: Props) {
  if (changes.length === 0) return null;
  const locale = localeOf(page);
  return (
    <Card title="How it was changed" note={`In ${currency}, the last change first`} flush>
      <Table
        caption="Versions of the pledge"
        rows={changes}
        columns={[
          {
            heading: 'Change',
            cell: ({ kind, reason, madeBy, madeAt, entryId }) => (
              <>
                {entryId === null ? titles[kind] : <a href={`/entries/${entryId}`}>{titles[kind]}</a>}
                <span class="tb-under">
                  “{reason}” {madeBy}, <InstantText at={madeAt} timeZone={timeZone} locale={locale} />
                </span>
              </>
            ),
          },
          {
            heading: 'Before',
            cell: ({ amountBefore, planBefore }) => (
              <Plan
                whole={moneyText(amountBefore, currency, locale)}
                plan={planBefore}
                currency={currency}
                locale={locale}
              />
            ),
          },
          {
            heading: 'After',
            cell: ({ amountAfter, planAfter }) => (
              <Plan
                whole={moneyText(amountAfter, currency, locale)}
                plan={planAfter}
                currency={currency}
                locale={locale}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

interface PlanProps {
  whole: string;
  plan: PlanInWords;
  currency: string;
  locale: string;
}

function Plan({ whole, plan, currency, locale }: PlanProps) {
  return (
    <>
      {whole}
      {plan.map(({ dueOn, amount }) => (
        <span class="tb-under">
          {dayText(dueOn, locale)}: {moneyText(parseAmount(amount, currency), currency, locale)}
        </span>
      ))}
    </>
  );
}

import { addDays, type Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { DayField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { dayText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  refusal?: Refusal;
}

/** Locking the ledger of a pool through a date, when a period is closed. */
export function LockFormPage({ page, pool, refusal }: Props) {
  const locale = localeOf(page);
  const home = `/pools/${pool.id}`;
  const endOfLastMonth = addDays(`${pool.today.slice(0, 7)}-01`, -1);
  return (
    <Shell page={page}>
      <PageHeader title={`Lock ${pool.name}`} facts={standing(pool, locale)} />
      <Card>
        <Form
          action={`${home}/lock`}
          csrf={page.csrf}
          locale={locale}
          values={refusal?.values ?? { through: proposed(pool, endOfLastMonth) }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Lock the period"
          cancelHref={home}
        >
          <DayField
            name="through"
            label="Lock through"
            max={addDays(pool.today, -1)}
            help="Nothing can be posted on or before this day any more. Moving the lock back takes two people and a reason."
          />
        </Form>
        {pool.lockedThrough && (
          <p class="tb-quiet">
            <a href={`${home}/unlock`}>Ask to move the lock back</a>
          </p>
        )}
      </Card>
    </Shell>
  );
}

const standing = ({ lockedThrough }: PoolOfPage, locale: string): string =>
  lockedThrough === null ? 'Nothing is locked yet' : `Locked through ${dayText(lockedThrough, locale)}`;

/** The end of last month, where that moves the lock on. */
const proposed = ({ lockedThrough }: PoolOfPage, endOfLastMonth: Day): string =>
  lockedThrough === null || lockedThrough < endOfLastMonth ? endOfLastMonth : '';

import type { Day } from '../../../maths/day.js';
import type { FieldError } from '../../../platform/errors/domain-error.js';
import { Card } from '../../../web/components/card.js';
import { FieldNotes } from '../../../web/forms/fields.js';

/** The period that was asked for, as it was typed, and why it is not shown. */
export interface RefusedPeriod {
  values: Readonly<Partial<Record<'from' | 'on', string>>>;
  errors: readonly FieldError[];
}

interface Props {
  home: string;
  from: Day | undefined;
  on: Day;
  today: Day;
  refused?: RefusedPeriod;
}

/** Chooses the period of a statement; a refused one stays as it was typed, each reason under its day. */
export function PeriodForm({ home, from, on, today, refused }: Props) {
  const values = refused?.values ?? { from, on };
  const day = (name: 'from' | 'on', label: string) => {
    const error = refused?.errors.find(({ pointer }) => pointer === `/${name}`)?.message;
    const id = `statement-${name}`;
    return (
      <div class="tb-filter">
        <label for={id}>{label}</label>
        <input
          class="form-control"
          type="date"
          id={id}
          name={name}
          value={values[name]}
          max={today}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <FieldNotes id={id} error={error} />
      </div>
    );
  };
  return (
    <Card title="Period" note="Without a first day, since the start">
      <form
        method="get"
        action={home}
        class={`tb-filters tb-filters-of-form${refused ? ' align-items-start' : ''}`}
      >
        {day('from', 'From')}
        {day('on', 'To')}
        <button class="btn" type="submit">
          Show
        </button>
      </form>
    </Card>
  );
}

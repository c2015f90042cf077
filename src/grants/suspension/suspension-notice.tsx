import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import type { Suspension } from './suspensions.read.js';

interface Props {
  suspension: Suspension;
  today: Day;
  locale: string;
}

/** Why nothing of a grant is paid now, and since when. */
export function SuspensionNotice({ suspension, today, locale }: Props) {
  return (
    <Card title="Suspended" note="Nothing of it is paid: what comes due is held until it is resumed">
      <KeyValue
        pairs={[
          ['Since', <DayText day={suspension.suspendedOn} today={today} locale={locale} relative />],
          ['Why', suspension.reason],
          ['By', suspension.suspendedBy],
        ]}
      />
    </Card>
  );
}

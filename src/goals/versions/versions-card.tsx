import { Card } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { Table } from '../../web/components/table.js';
import type { Day } from '../../maths/day.js';
import type { GoalVersion } from './goal-versions.js';

interface Props {
  versions: readonly GoalVersion[];
  today: Day;
  timeZone: string;
  locale: string;
}

/** What a goal said before, version by version, and why it was changed. */
export function VersionsCard({ versions, today, timeZone, locale }: Props) {
  return (
    <Card title="Versions" id="versions" note="What the goal said, and why it was changed" flush>
      <Table
        caption="Versions of the goal, the newest first"
        rows={versions}
        columns={[
          { heading: 'Version', kind: 'number', cell: ({ number }) => number },
          {
            heading: 'Said',
            cell: ({ name, description }) => (
              <>
                {name}
                {description && <div class="tb-quiet">{description}</div>}
              </>
            ),
          },
          {
            heading: 'Horizon',
            cell: ({ horizonOn }) => <DayText day={horizonOn} today={today} locale={locale} />,
          },
          {
            heading: 'Made',
            cell: ({ madeAt, madeBy, reason }) => (
              <>
                <InstantText at={madeAt} timeZone={timeZone} locale={locale} />
                <div class="tb-quiet">{[madeBy, reason].filter(Boolean).join(': ')}</div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

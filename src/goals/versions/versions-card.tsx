import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
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
    <Card title="Versions" id="versions" note="What the goal said, the newest first, and why it was changed">
      <ol class="tb-versions">
        {versions.map((version) => (
          <li>
            <strong>
              {version.number}. {version.name}
            </strong>{' '}
            by <DayText day={version.horizonOn} today={today} locale={locale} />
            {version.description && <div>{version.description}</div>}
            <div class="tb-quiet">
              {version.reason && `“${version.reason}” `}
              {version.madeBy} · <InstantText at={version.madeAt} timeZone={timeZone} locale={locale} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

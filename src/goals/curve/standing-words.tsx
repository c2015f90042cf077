import { Icon } from '../../web/components/icon.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { plural } from '../../web/format.js';
import type { Curve } from './curves.js';
import type { Standing } from './standing.rules.js';

const directionWords = { up: 'rising', down: 'falling', flat: 'level' } as const;
const directionIcons = { up: 'trending-up', down: 'trending-down', flat: 'minus' } as const;

/** "Rising, 3 periods in a row, as it should": the trend in words, with an arrow. */
export function TrendText({ standing, brief = false }: { standing: Standing; brief?: boolean }) {
  const { direction, periods, good } = standing.trend;
  const verdict = direction === 'flat' ? '' : good ? ', as it should' : ', against what is wanted';
  return (
    <span class="tb-trend">
      <Icon name={directionIcons[direction]} />
      {directionWords[direction]}
      {periods > 0 && ` for ${plural(periods, 'period')}`}
      {!brief && verdict}
    </span>
  );
}

/** Where it stands by its colour; or why that cannot be said. */
export function StandingBadge({ curve: { standing, trajectory } }: { curve: Curve }) {
  if (standing === null) return <span class="tb-quiet">not read yet</span>;
  if (standing.target === null) {
    const why = trajectory.target.length > 0 ? 'before its first target' : 'no target set';
    return <span class="tb-quiet">{why}</span>;
  }
  if (standing.colour === null) return <span class="tb-quiet">below every band</span>;
  return <StatusBadge of="band" state={standing.colour} />;
}

/** What has to be read, or what is missing, in a badge; nothing where all is there. */
export function UnreadBadge({ curve }: { curve: Curve }) {
  const [oldest] = curve.unread;
  const gap = curve.points.at(-1);
  if (oldest) {
    const more = curve.unread.length > 1 ? ` and ${curve.unread.length - 1} more` : '';
    return (
      <StatusBadge of="unread" state={oldest.isLate ? 'late' : 'due'} reason={`${oldest.periodKey}${more}`} />
    );
  }
  if (gap && gap.missing.length > 0) {
    return <span class="tb-quiet">{`${gap.periodKey}: ${gap.missing.join(', ')} missing`}</span>;
  }
  return null;
}

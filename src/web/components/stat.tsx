import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export interface StatProps {
  label: string;
  /** The figure: usually `<Money …/>` or a count. */
  value: ComponentChildren;
  /** What the figure sums. No figure without a way down. */
  href: string;
  /** One short line: "of £4.2m pledged", "in 6 days". */
  note?: ComponentChildren;
  tone?: 'good' | 'warning' | 'bad';
  icon?: IconName;
}

/** One figure that leads to what it sums. */
export function Stat({ label, value, href, note, tone, icon }: StatProps) {
  return (
    <a class={tone ? `tb-stat tb-stat-${tone}` : 'tb-stat'} href={href}>
      <span class="tb-stat-label">
        {icon && <Icon name={icon} />}
        {label}
      </span>
      <span class="tb-stat-value">{value}</span>
      {note && <span class="tb-stat-note">{note}</span>}
    </a>
  );
}

/** Figures beside each other, read from left to right. */
export function StatRow({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <nav class="tb-stats" aria-label={label}>
      {children}
    </nav>
  );
}

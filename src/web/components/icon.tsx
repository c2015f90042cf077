import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const names = [
  'alert-circle',
  'alert-triangle',
  'archive',
  'arrow-back-up',
  'arrow-right',
  'ban',
  'building-bank',
  'bulb',
  'calendar-due',
  'calendar',
  'cash',
  'certificate',
  'check',
  'checks',
  'chevron-down',
  'chevron-right',
  'circle',
  'circle-check',
  'circle-dashed',
  'circle-x',
  'clock',
  'coins',
  'copy',
  'download',
  'droplet',
  'edit',
  'exchange',
  'eye',
  'file-text',
  'gavel',
  'hand-stop',
  'heart-handshake',
  'hourglass',
  'inbox',
  'info-circle',
  'layout-dashboard',
  'loader',
  'lock',
  'logout',
  'menu-2',
  'minus',
  'moon',
  'pencil',
  'player-pause',
  'plus',
  'printer',
  'receipt',
  'report',
  'report-money',
  'search',
  'send',
  'settings',
  'signature',
  'sun-moon',
  'target',
  'tag',
  'trash',
  'trending-down',
  'trending-up',
  'users',
  'wallet',
  'world',
  'x',
] as const;

export type IconName = (typeof names)[number];

const shapes = new Map<string, string>(
  names.map((name) => {
    const svg = readFileSync(require.resolve(`@tabler/icons/outline/${name}.svg`), 'utf8');
    return [name, svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))];
  }),
);

/** A Tabler icon. It is decoration unless it has a label: state is always said in a word beside it too. */
export function Icon({ name, label, class: more }: { name: IconName; label?: string; class?: string }) {
  return (
    <svg
      class={more ? `tb-icon ${more}` : 'tb-icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : 'true'}
      dangerouslySetInnerHTML={{ __html: shapes.get(name) ?? '' }}
    />
  );
}

import type { ComponentChildren } from 'preact';
import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { Money } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { kindNames } from './amendment-words.js';
import type { PlanLine } from './amendment.rules.js';
import type { GrantVersion } from './amendments.read.js';
import { byYear } from './compared-plans.js';

interface Props {
  /** Those approved, by number, and the one asked for. */
  versions: readonly GrantVersion[];
  awardedAt: Date | null;
  today: Day;
  timeZone: string;
  locale: string;
}

/** What stands in one column: the award as version 1, or an amendment. */
interface Shown {
  heading: string;
  href: string | null;
  award: bigint;
  endOn: Day;
  years: Map<string, bigint>;
  what: ComponentChildren;
  why: string;
  who: ComponentChildren;
  since: Date | null;
}

const most = 4;

/** The versions of a grant side by side: award, term, what each year pays, and why; the newest at the right. */
export function VersionsCard({ versions, awardedAt, today, timeZone, locale }: Props) {
  const [first] = versions;
  if (!first) return null;
  const all = [asAwarded(first, awardedAt), ...versions.map(asShown)];
  const shown = all.slice(-most);
  const money = (minor: bigint | undefined) =>
    minor === undefined ? (
      <span class="tb-quiet">–</span>
    ) : (
      <Money minor={minor} currency={first.currency} locale={locale} symbol={false} />
    );
  const years = [...new Set(shown.flatMap(({ years: of }) => [...of.keys()]))].sort();
  const rows: { label: string; cell: (version: Shown) => ComponentChildren }[] = [
    { label: 'What', cell: ({ what }) => what },
    { label: `Award (${first.currency})`, cell: ({ award }) => <strong>{money(award)}</strong> },
    ...years.map((year) => ({ label: year, cell: ({ years: of }: Shown) => money(of.get(year)) })),
    { label: 'Term ends', cell: ({ endOn }) => <DayText day={endOn} today={today} locale={locale} /> },
    { label: 'Why', cell: ({ why }) => why },
    { label: 'Asked, approved', cell: ({ who }) => who },
    {
      label: 'Holds since',
      cell: ({ since }) =>
        since ? (
          <InstantText at={since} timeZone={timeZone} locale={locale} />
        ) : (
          <span class="tb-quiet">not yet</span>
        ),
    },
  ];
  return (
    <Card
      id="versions"
      title="Versions"
      note={
        all.length > most
          ? `The last ${most} of ${all.length}; earlier ones are in the history`
          : 'Side by side, the newest at the right; years by the day agreed'
      }
      flush
    >
      <Table
        caption="The versions of the grant side by side"
        rows={rows}
        columns={[
          { heading: '', cell: ({ label }) => <span class="tb-quiet">{label}</span> },
          ...shown.map((version) => ({
            heading: version.heading,
            cell: ({ cell }: (typeof rows)[number], index: number) =>
              index === 0 && version.href !== null ? (
                <a href={version.href}>{cell(version)}</a>
              ) : (
                cell(version)
              ),
          })),
        ]}
      />
    </Card>
  );
}

/** What was awarded is what the first amendment found. */
const asAwarded = (
  { awardBefore, endOnBefore, planBefore }: GrantVersion,
  awardedAt: Date | null,
): Shown => ({
  ...{ heading: 'Version 1', href: null, award: awardBefore, endOn: endOnBefore },
  ...{
    years: byYear(planBefore satisfies PlanLine[]),
    what: 'The award',
    why: '',
    who: '',
    since: awardedAt,
  },
});

const asShown = (version: GrantVersion): Shown => ({
  heading: version.number === null ? 'Asked for' : `Version ${version.number}`,
  href: `/grants/${version.grantId}/amendments/${version.id}`,
  award: version.awardAfter,
  endOn: version.endOnAfter,
  years: byYear(version.planAfter),
  what: (
    <>
      {kindNames[version.kind]}
      {version.state === 'asked' && <StatusBadge of="amendment" state="asked" />}
    </>
  ),
  why: version.reason,
  who: (
    <>
      {version.askedByName}
      {version.decidedByName !== null && <span class="tb-under">{version.decidedByName}</span>}
    </>
  ),
  since: version.decidedAt,
});

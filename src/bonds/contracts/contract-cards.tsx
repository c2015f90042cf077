import { addMonths, type Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { Icon } from '../../web/components/icon.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { Timeline, type TimelineMark } from '../../web/components/timeline.js';
import { plural } from '../../web/format.js';
import type { BondRole } from './bond.rules.js';
import type { ClaimsEvery } from './bond-terms.js';
import type { Bond, BondVersion } from './bonds.read.js';
import type { Problem } from './rate-card.rules.js';
import type { TermsProps } from './terms-cards.js';
import { everyNames, roleNames } from './terms-words.js';

/** What a draft still lacks, each line leading to the field that mends it. */
export function ProblemsCard({
  problems,
  hrefOf,
}: {
  problems: readonly Problem[];
  /** Where a problem is mended; without it they are only read. */
  hrefOf?: (problem: Problem) => string;
}) {
  if (problems.length === 0) {
    return (
      <Card title="Ready to propose">
        <p>
          <Icon name="circle-check" /> Nothing is missing: the rate card has no gap, every metric has its
          payers, and whoever verifies is independent.
        </p>
      </Card>
    );
  }
  return (
    <Card title="Before it can be proposed" note={`${plural(problems.length, 'thing')} to mend`}>
      <ul class="tb-checklist">
        {problems.map((one) => (
          <li>
            <Icon name="circle-dashed" />
            {hrefOf ? <a href={hrefOf(one)}>{one.message}</a> : one.message}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const monthsOf: Record<ClaimsEvery, number> = { monthly: 1, quarterly: 3, halfYearly: 6, yearly: 12 };

/** The term from its first day to its last: when it was signed and set in force, and the periods of claims. */
export function TermCard({ bond, terms, today, locale }: TermsProps & { bond: Bond; today: Day }) {
  const text = (day: Day) => <DayText day={day} today={today} locale={locale} />;
  const mark = (day: Day, title: string, more: Partial<TimelineMark> = {}) => ({
    day,
    mark: { when: text(day), title, icon: 'calendar' as const, ...more },
  });
  const months = monthsOf[terms.claimsEvery];
  const starts = periodStarts(terms.startOn, terms.endOn, months);
  const next = starts.slice(1).find((day) => day > today);
  const dated = [
    ...(bond.signedOn ? [mark(bond.signedOn, 'Signed', { icon: 'signature', tone: 'good' })] : []),
    mark(terms.startOn, 'The term begins', {
      note: `${everyNames[terms.claimsEvery]} claims, ${plural(starts.length, 'period')}`,
    }),
    ...(bond.activeFrom ? [mark(bond.activeFrom, 'Active', { icon: 'check', tone: 'good' })] : []),
    ...(next ? [mark(next, 'A period of claims begins', { icon: 'clock', tone: 'waiting' })] : []),
    mark(terms.endOn, 'The term ends'),
    ...(bond.closedOn ? [mark(bond.closedOn, 'Closed', { icon: 'archive' })] : []),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const now = dated.findIndex(({ day }) => day > today);
  return (
    <Card title="Term">
      <Timeline
        label="The term of the bond"
        marks={dated.map((one) => one.mark)}
        now={now === -1 ? undefined : now}
      />
    </Card>
  );
}

// A draft may say any end; a term that may be signed has fewer.
const mostPeriods = 600;

/** The first days of the periods of a term; the last period may be cut short by its end. */
export function periodStarts(startOn: Day, endOn: Day, months: number): Day[] {
  const starts: Day[] = [];
  for (let day = startOn; day <= endOn && starts.length < mostPeriods;) {
    starts.push(day);
    day = addMonths(startOn, starts.length * months);
  }
  return starts;
}

interface PartyLine {
  role: BondRole;
  name: string;
  href: string | null;
  note: string;
}

/** Who is party to it as what, and what keeps them apart. */
export function PartiesCard({ bond, terms, nameOf }: TermsProps & { bond: Bond }) {
  const organisation = (role: BondRole, id: string, note: string): PartyLine => ({
    ...{ role, name: nameOf(id), href: `/organisations/${id}`, note },
  });
  const { verifier, guarantee } = terms;
  const alsoPays = terms.payers.some(({ organisationId }) => organisationId === verifier.organisationId);
  const independent = alsoPays
    ? 'pays for outcomes too: independent of who is paid, not of who pays'
    : 'neither provides nor invests';
  const lines: PartyLine[] = [
    {
      ...organisation('provider', bond.providerId, 'does the work, and claims outcomes'),
      name: bond.provider,
    },
    ...(verifier.organisationId ? [organisation('verifier', verifier.organisationId, independent)] : []),
    ...(verifier.personId
      ? [
          {
            ...{ role: 'verifier' as const, name: nameOf(verifier.personId), href: null },
            note: 'a person who sits neither for the provider nor for an investor',
          },
        ]
      : []),
    ...terms.payers.map(({ organisationId }) =>
      organisation('payer', organisationId, 'pays for verified outcomes'),
    ),
    ...terms.investors.map(({ organisationId }) =>
      organisation('investor', organisationId, 'lends the working capital'),
    ),
    ...(guarantee ? [organisation('guarantor', guarantee.guarantorId, 'stands in for lost capital')] : []),
  ];
  return (
    <Card
      title="Parties"
      note="The backbone neither pays, lends nor is paid. Shares are of money: the outcomes are the coalition’s"
      flush
    >
      <Table
        caption="The parties of the bond"
        rows={lines}
        columns={[
          { heading: 'Role', cell: ({ role }) => roleNames[role] },
          { heading: 'Who', cell: ({ name, href }) => (href ? <a href={href}>{name}</a> : name) },
          {
            heading: 'What it does',
            wideOnly: true,
            cell: ({ note }) => <span class="tb-quiet">{note}</span>,
          },
        ]}
      />
    </Card>
  );
}

/** Every version with its reason, and the way to what changed. */
export function VersionsCard({
  bond,
  versions,
  timeZone,
  locale,
}: {
  bond: Bond;
  versions: readonly BondVersion[];
  timeZone: string;
  locale: string;
}) {
  const compare = ({ number }: BondVersion) => {
    const earlier = versions.find((one) => one.number < number && one.state === 'signed');
    return earlier ? `/bonds/${bond.id}/versions?from=${earlier.number}&to=${number}` : undefined;
  };
  return (
    <Card
      id="versions"
      title="Versions"
      note="Claims stay under the version that they were verified by"
      flush
    >
      <Table
        caption="The versions of the contract"
        rows={versions}
        columns={[
          {
            heading: 'Version',
            cell: (version) => {
              const href = compare(version);
              const words = `${version.number}${version.number === bond.signedVersion ? ', holds' : ''}`;
              return href ? <a href={href}>{words}: what changed</a> : words;
            },
          },
          {
            heading: 'Why',
            cell: (version) => (
              <>
                {version.reason}
                <span class="tb-option-note">
                  {version.madeByName},{' '}
                  <InstantText at={version.madeAt} timeZone={timeZone} locale={locale} />
                </span>
              </>
            ),
          },
          {
            heading: 'State',
            cell: (version) => (
              <>
                <StatusBadge of="bondVersion" state={version.state} />
                {version.approvalId && (
                  <a class="d-block" href={`/approvals/${version.approvalId}`}>
                    {version.signedByName ? `last by ${version.signedByName}` : 'the request'}
                  </a>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

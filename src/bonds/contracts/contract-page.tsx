import type { ComponentChildren } from 'preact';
import { parseAmount, sum } from '../../maths/money.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { History } from '../../web/components/history.js';
import { Money } from '../../web/components/money.js';
import { Notice } from '../../web/components/problem.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import type { Day } from '../../maths/day.js';
import { BondFrame, localeOf, runsBonds } from './bond-frame.js';
import type { BondVersion } from './bonds.read.js';
import { PartiesCard, ProblemsCard, TermCard, VersionsCard } from './contract-cards.js';
import type { ContractView } from './contract-view.js';
import { fieldOf } from './terms-form-mapping.js';
import {
  CapsCard,
  InvestorsCard,
  PayersCard,
  RateCard,
  ReturnsCard,
  type TermsProps,
} from './terms-cards.js';

export interface ContractPageView extends ContractView {
  history: HistoryEvent[];
  today: Day;
  timeZone: string;
}

type FormName = 'revise' | 'activate' | 'cancel';

export interface ContractPageProps {
  page: PageContext;
  view: ContractPageView;
  /** What was refused, and by which of the forms. */
  refusal?: Refusal & { of: FormName };
}

/** The contract of a bond: the terms that hold, or those that are drafted, its parties, and every version. */
export function ContractPage({ page, view, refusal }: ContractPageProps) {
  const { bond, versions, nameOf, today } = view;
  const locale = localeOf(page);
  const shown = shownVersion(view);
  const props: TermsProps = { terms: shown.terms, currency: bond.currency, locale, nameOf };
  return (
    <BondFrame page={page} bond={bond} current="contract" actions={<Actions page={page} view={view} />}>
      <Standing view={view} />
      <Problems page={page} view={view} />
      <Figures {...props} />
      <Columns kind="main">
        <Stack>
          <RateCard {...props} />
          <PayersCard {...props} />
          <InvestorsCard {...props} />
          <PartiesCard {...props} bond={bond} />
          <VersionsCard bond={bond} versions={versions} timeZone={view.timeZone} locale={locale} />
        </Stack>
        <Stack>
          <NextStep page={page} view={view} refusal={refusal} />
          <TermCard {...props} bond={bond} today={today} />
          <ReturnsCard {...props} />
          <CapsCard {...props} />
          <CardsOfLaterRooms page={page} />
          <WhatHappened page={page} view={view} />
          <Cancelling page={page} view={view} refusal={refusal} />
        </Stack>
      </Columns>
    </BondFrame>
  );
}

/** The version that holds; while none does, the newest. */
export const shownVersion = ({ bond, versions }: ContractView): BondVersion =>
  versions.find(({ number }) => number === bond.signedVersion) ?? versions[0]!;

const underWayOf = ({ versions }: ContractView): BondVersion | undefined =>
  versions.find(({ state }) => state === 'draft' || state === 'proposed');

function Actions({ page, view }: ContractPageProps) {
  const { bond, problems } = view;
  if (!runsBonds(page) || bond.state === 'closed' || bond.state === 'cancelled') return null;
  const home = `/bonds/${bond.id}`;
  if (underWayOf(view)?.state !== 'draft') return null;
  return (
    <>
      <ActionLink
        label={bond.signedVersion === null ? 'Change the draft' : 'Change the amendment'}
        href={`${home}/edit`}
        icon="pencil"
        weight={problems.length > 0 ? 'primary' : 'plain'}
      />
      {bond.signedVersion !== null && (
        <ActionButton
          label="Throw the amendment away"
          action={`${home}/discard`}
          csrf={page.csrf}
          icon="trash"
        />
      )}
      {problems.length === 0 && (
        <ActionButton
          label="Propose it"
          action={`${home}/propose`}
          csrf={page.csrf}
          icon="send"
          weight="primary"
        />
      )}
    </>
  );
}

/** What is shown, where something else is under way beside it. */
function Standing({ view }: { view: ContractPageView }) {
  const { bond } = view;
  const underWay = underWayOf(view);
  if (bond.state === 'cancelled') return <Notice text="This bond was cancelled: nothing of it was signed." />;
  if (underWay?.state === 'proposed') {
    const what = bond.signedVersion === null ? 'The contract' : `Version ${underWay.number}`;
    return <Notice text={`${what} waits for approval. Its terms stay as they are until then.`} />;
  }
  if (underWay && bond.signedVersion !== null) {
    const sentence = `Version ${bond.signedVersion} holds, and is shown here. Version ${underWay.number} is drafted: “${underWay.reason}”.`;
    return <Notice text={sentence} />;
  }
  return null;
}

function Figures({ terms, currency, locale }: TermsProps) {
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const committed = sum(terms.investors.map(({ commitment }) => parseAmount(commitment, currency)));
  const { caps, rateCard, payers, investors } = terms;
  return (
    <StatRow label="The contract in figures">
      <Stat
        label="At most paid for outcomes"
        value={caps.bond === null ? 'no cap' : money(parseAmount(caps.bond, currency))}
        href="#caps"
        note={plural(payers.length, 'payer')}
        icon="target"
      />
      <Stat
        label="Committed by investors"
        value={money(committed)}
        href="#investors"
        note={plural(investors.length, 'investor')}
        icon="coins"
      />
      <Stat
        label="Paid for"
        value={plural(rateCard.length, 'outcome')}
        href="#rate-card"
        note={rateCard.map(({ metric }) => metric).join(', ') || 'none yet'}
        icon="receipt"
      />
    </StatRow>
  );
}

function Problems({ page, view }: ContractPageProps) {
  const { bond, problems } = view;
  const draft = underWayOf(view);
  if (draft?.state !== 'draft' || bond.state === 'cancelled') return null;
  const hrefOf = (pointer: string) => `/bonds/${bond.id}/edit#${fieldOf(draft.terms, pointer)}`;
  return (
    <ProblemsCard
      problems={problems}
      hrefOf={runsBonds(page) ? ({ pointer }) => hrefOf(pointer) : undefined}
    />
  );
}

/** What comes next in the life of the bond: to set it in force, to amend it. */
function NextStep({ page, view, refusal }: ContractPageProps) {
  const { bond, versions } = view;
  if (!runsBonds(page)) return null;
  const isFree = underWayOf(view) === undefined;
  const mayRevise = isFree && ['draft', 'signed', 'active'].includes(bond.state);
  return (
    <>
      {bond.state === 'signed' && (
        <Card title="Set it in force" note="Outcomes may be claimed once it is active">
          <StepForm page={page} view={view} of="activate" refusal={refusal} submit="Make it active">
            <DayField
              name="activeFrom"
              label="Active from"
              max={view.today}
              help="A day of the term that has come."
            />
          </StepForm>
        </Card>
      )}
      {mayRevise && (
        <Card
          title={bond.signedVersion === null ? 'Try again' : 'Amend it'}
          note={
            bond.signedVersion === null
              ? `Version ${versions[0]!.number} was rejected: draft another from it`
              : 'A new version, drafted from the one that holds and signed the same way'
          }
        >
          <StepForm page={page} view={view} of="revise" refusal={refusal} submit="Draft a version" plain>
            <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
          </StepForm>
        </Card>
      )}
    </>
  );
}

/** Giving up what was never signed. */
function Cancelling({ page, view, refusal }: ContractPageProps) {
  const { bond } = view;
  if (!runsBonds(page) || bond.state !== 'draft' || underWayOf(view)?.state === 'proposed') return null;
  return (
    <Card title="Give it up">
      <StepForm page={page} view={view} of="cancel" refusal={refusal} submit="Cancel the bond" plain>
        <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
      </StepForm>
    </Card>
  );
}

function StepForm({
  page,
  view,
  of,
  refusal,
  submit,
  plain,
  children,
}: ContractPageProps & { of: FormName; submit: string; plain?: boolean; children: ComponentChildren }) {
  const refused = refusal?.of === of ? refusal : undefined;
  return (
    <Form
      action={`/bonds/${view.bond.id}/${of}`}
      csrf={page.csrf}
      locale={localeOf(page)}
      values={refused?.values ?? (of === 'activate' ? { activeFrom: usualStart(view) } : {})}
      errors={refused?.errors}
      detail={refused?.detail}
      submit={submit}
      plain={plain}
    >
      {children}
    </Form>
  );
}

/** What most contracts say: they are in force from the first day of their term. */
const usualStart = (view: ContractPageView): Day => shownVersion(view).terms.startOn;

function WhatHappened({ page, view }: ContractPageProps) {
  return (
    <Card title="What happened">
      <History
        events={view.history}
        actions={{
          'bond.drafted': 'drafted it',
          'bond.changed': 'changed the draft',
          'bond.revised': 'drafted another version',
          'bond.draftDiscarded': 'threw a draft away',
          'bond.proposed': 'proposed it',
          'bond.signed': 'signed it last',
          'bond.rejected': 'said no to it',
          'bond.activated': 'set it in force',
          'bond.cancelled': 'cancelled it',
        }}
        fields={{
          reference: 'reference',
          title: 'title',
          provider: 'provider',
          version: 'version',
          activeFrom: 'active from',
        }}
        timeZone={view.timeZone}
        locale={localeOf(page)}
      />
    </Card>
  );
}

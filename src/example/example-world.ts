import type { INestApplicationContext } from '@nestjs/common';
import { BondsService } from '../bonds/contracts/bonds.service.js';
import { SigningService } from '../bonds/contracts/signing.service.js';
import { PlansService } from '../bonds/plans/plans.service.js';
import { ScenariosService } from '../bonds/scenarios/scenarios.service.js';
import { SuspensionsService } from '../bonds/suspensions/suspensions.service.js';
import { ClaimsService } from '../bonds/claims/claims.service.js';
import { VerificationService } from '../bonds/claims/verification.service.js';
import { InvoicesService } from '../bonds/invoices/invoices.service.js';
import { DrawdownsService } from '../bonds/investors/drawdowns/drawdowns.service.js';
import { AdvancesService } from '../bonds/investors/advances/advances.service.js';
import { DistributionsService } from '../bonds/investors/distributions/distributions.service.js';
import { BackboneTermsService } from '../coalitions/backbone-terms.service.js';
import { CoalitionsService } from '../coalitions/coalitions.service.js';
import { MembershipsService } from '../coalitions/memberships.service.js';
import { OrganisationsService } from '../coalitions/organisations.service.js';
import { ActivitiesService } from '../activities/activities.service.js';
import { TheoriesService } from '../activities/theories.service.js';
import { AffiliationsService } from '../coalitions/affiliations.service.js';
import { DecisionsService } from '../decisions/decisions.service.js';
import { InterestsService } from '../decisions/interests/interests.service.js';
import { VoteOpening } from '../decisions/vote-opening.service.js';
import { VotingService } from '../decisions/voting.service.js';
import { LearningEntriesService } from '../learning/entries/entries.service.js';
import { ToolkitsService } from '../learning/toolkit/toolkits.service.js';
import { SubscriptionsService } from '../finance-reports/subscriptions/subscriptions.service.js';
import { TurningService } from '../goals/curve/turning.service.js';
import { GoalsService } from '../goals/goals.service.js';
import { ReadingsService } from '../goals/readings/readings.service.js';
import { SeriesService } from '../goals/series/series.service.js';
import { ConditionsService } from '../grants/conditions/conditions.service.js';
import { GrantsService } from '../grants/grants.service.js';
import { ScheduleTemplatesService } from '../grants/schedule-templates/schedule-templates.service.js';
import { BankAccountsService } from '../payments/bank-accounts/bank-accounts.service.js';
import { PoolAccountsService } from '../payments/pool-accounts/pool-accounts.service.js';
import { ApprovalDesk } from '../pools/approvals/approval-desk.service.js';
import { DisbursementsService } from '../payments/disbursements.service.js';
import { addDays, dayInZone, startOfDayInstant } from '../maths/day.js';
import { InboxService } from '../notices/inbox/inbox.service.js';
import type { MovableClock } from '../platform/clock.js';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import type { Role } from '../platform/http/request.js';
import { DueWork } from '../platform/queue/due-work.js';
import { ContributionsService } from '../pools/contributions/contributions.service.js';
import { PledgesService } from '../pools/pledges/pledges.service.js';
import { PoolsService } from '../pools/pools.service.js';
import { ReportAttachmentsService } from '../reporting/attachments/attachments.service.js';
import { CorrectionsService } from '../reporting/corrections.service.js';
import { SpendReportsService } from '../reporting/spend-reports.service.js';
import type { Cast } from './example-people.js';

/** The rooms of the house, and a clock that can be moved through the years. */
export class ExampleWorld {
  readonly db: Database;
  readonly coalitions: CoalitionsService;
  readonly organisations: OrganisationsService;
  readonly memberships: MembershipsService;
  readonly backboneTerms: BackboneTermsService;
  readonly goals: GoalsService;
  readonly affiliations: AffiliationsService;
  readonly activities: ActivitiesService;
  readonly theories: TheoriesService;
  readonly decisions: DecisionsService;
  readonly opening: VoteOpening;
  readonly voting: VotingService;
  readonly interests: InterestsService;
  readonly series: SeriesService;
  readonly readings: ReadingsService;
  readonly turning: TurningService;
  readonly pools: PoolsService;
  readonly pledges: PledgesService;
  readonly contributions: ContributionsService;
  readonly grants: GrantsService;
  readonly scheduleTemplates: ScheduleTemplatesService;
  readonly conditions: ConditionsService;
  readonly bankAccounts: BankAccountsService;
  readonly poolAccounts: PoolAccountsService;
  readonly disbursements: DisbursementsService;
  readonly approvals: ApprovalDesk;
  readonly reports: SpendReportsService;
  readonly corrections: CorrectionsService;
  readonly reportAttachments: ReportAttachmentsService;
  readonly bonds: BondsService;
  readonly signing: SigningService;
  readonly bondPlans: PlansService;
  readonly scenarios: ScenariosService;
  readonly suspensions: SuspensionsService;
  readonly claims: ClaimsService;
  readonly verification: VerificationService;
  readonly outcomeInvoices: InvoicesService;
  readonly drawdowns: DrawdownsService;
  readonly advances: AdvancesService;
  readonly distributions: DistributionsService;
  readonly learning: LearningEntriesService;
  readonly toolkits: ToolkitsService;
  readonly subscriptions: SubscriptionsService;
  private readonly inbox: InboxService;
  private readonly work: DueWork;

  constructor(
    app: INestApplicationContext,
    readonly clock: MovableClock,
    readonly people: Cast,
  ) {
    this.db = app.get(Database);
    this.coalitions = app.get(CoalitionsService);
    this.organisations = app.get(OrganisationsService);
    this.memberships = app.get(MembershipsService);
    this.backboneTerms = app.get(BackboneTermsService);
    this.goals = app.get(GoalsService);
    this.affiliations = app.get(AffiliationsService);
    this.activities = app.get(ActivitiesService);
    this.theories = app.get(TheoriesService);
    this.decisions = app.get(DecisionsService);
    this.opening = app.get(VoteOpening);
    this.voting = app.get(VotingService);
    this.interests = app.get(InterestsService);
    this.series = app.get(SeriesService);
    this.readings = app.get(ReadingsService);
    this.turning = app.get(TurningService);
    this.pools = app.get(PoolsService);
    this.pledges = app.get(PledgesService);
    this.contributions = app.get(ContributionsService);
    this.grants = app.get(GrantsService);
    this.scheduleTemplates = app.get(ScheduleTemplatesService);
    this.conditions = app.get(ConditionsService);
    this.bankAccounts = app.get(BankAccountsService);
    this.poolAccounts = app.get(PoolAccountsService);
    this.disbursements = app.get(DisbursementsService);
    this.approvals = app.get(ApprovalDesk);
    this.reports = app.get(SpendReportsService);
    this.corrections = app.get(CorrectionsService);
    this.reportAttachments = app.get(ReportAttachmentsService);
    this.bonds = app.get(BondsService);
    this.signing = app.get(SigningService);
    this.bondPlans = app.get(PlansService);
    this.scenarios = app.get(ScenariosService);
    this.suspensions = app.get(SuspensionsService);
    this.claims = app.get(ClaimsService);
    this.verification = app.get(VerificationService);
    this.outcomeInvoices = app.get(InvoicesService);
    this.drawdowns = app.get(DrawdownsService);
    this.advances = app.get(AdvancesService);
    this.distributions = app.get(DistributionsService);
    this.learning = app.get(LearningEntriesService);
    this.toolkits = app.get(ToolkitsService);
    this.subscriptions = app.get(SubscriptionsService);
    this.inbox = app.get(InboxService);
    this.work = app.get(DueWork);
  }

  /** Everybody has read what is older than two weeks: only what is new stands out in their inboxes. */
  async readOldNotices(): Promise<void> {
    const until = startOfDayInstant(addDays(dayInZone(this.clock.now(), 'UTC'), -14), 'UTC');
    for (const person of Object.values(this.people))
      await this.as(person, (tx) => this.inbox.markAllRead(tx, person.personId, until));
  }

  as<T>(person: PersonActor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.db, person, work);
  }

  /** Moves the clock, and does what has come due by then. */
  moveTo(day: string): Promise<void> {
    return this.moveToInstant(new Date(`${day}T09:00:00Z`));
  }

  async moveToInstant(instant: Date): Promise<void> {
    this.clock.moveTo(instant);
    await this.work.drain();
  }

  /** Gives somebody a seat, by the backbone. */
  async seat(coalitionId: string, person: PersonActor, role: Role, organisationId?: string): Promise<void> {
    await this.as(this.people.backbone, (tx) =>
      tx.run(
        `INSERT INTO memberships (coalition_id, person_id, role, organisation_id, since_on) VALUES ($1, $2, $3, $4, $5)`,
        [coalitionId, person.personId, role, organisationId ?? null, tx.now.toISOString().slice(0, 10)],
      ),
    );
  }
}

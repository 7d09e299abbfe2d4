import { Inject, Module } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { createDestructionQueries, createTaskActionQueries, createVaultQueries } from '#persistence';
import type { Database } from '#persistence';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { AttachmentsService } from './attachments/attachments.service.js';
import { SealedNames } from './attachments/sealed-names.service.js';
import { VirusScanner } from './attachments/virus-scanner.service.js';
import { AuditController } from './audit/audit.controller.js';
import { PublicationsController } from './audit/publications.controller.js';
import { SealsService } from './audit/seals.service.js';
import { BackupProcess } from './backups/backup-process.js';
import { NightlyBackups } from './backups/nightly-backups.service.js';
import { CaseAccessService } from './cases/case-access.service.js';
import { CaseStarterService } from './cases/case-starter.service.js';
import { CasesController } from './cases/cases.controller.js';
import { CaseInputParts, CaseScreenParts, CasesService } from './cases/cases.service.js';
import { ExclusiveCasesService } from './cases/exclusive-cases.service.js';
import { FactsService } from './cases/facts.service.js';
import { FormContextService } from './cases/form-context.service.js';
import { NamesService } from './cases/names.service.js';
import { OrganizationTimelineService } from './cases/organization-timeline.service.js';
import { RelatedCasesService } from './cases/related-cases.service.js';
import { RoomsService } from './cases/rooms.service.js';
import { ThreadService } from './cases/thread.service.js';
import { TimelineService } from './cases/timeline.service.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { DeadlinesService } from './deadlines/deadlines.service.js';
import { DeadlineKeeping } from './deadlines/deadline-keeping.service.js';
import { TaskDueDates } from './deadlines/task-due-dates.js';
import { TimerDates } from './deadlines/timer-dates.js';
import { DestructionsController } from './destructions/destructions.controller.js';
import { CaseRecords, DestructionsService } from './destructions/destructions.service.js';
import { ShownDestructions } from './destructions/shown-destructions.service.js';
import { CalendarTokensService } from './calendars/calendar-tokens.service.js';
import { CalendarsController } from './calendars/calendars.controller.js';
import { CalendarsService } from './calendars/calendars.service.js';
import { ChatNotices } from './chat/chat-notices.service.js';
import { DocumentRowsService } from './documents/document-rows.service.js';
import { DocumentsService } from './documents/documents.service.js';
import { WordDocuments } from './documents/word-documents.service.js';
import { BuiltInJobs } from './jobs/built-in-jobs.service.js';
import { FigureJobs } from './jobs/figure-jobs.service.js';
import { RetentionClearing } from './jobs/retention-clearing.service.js';
import { RetentionJob } from './jobs/retention-job.service.js';
import { SightGrantJob } from './jobs/sight-grant-job.service.js';
import { StandInsJob } from './jobs/stand-ins-job.service.js';
import { TakeOverJob } from './jobs/take-over-job.service.js';
import { LikeTextsService } from './jobs/like-texts.service.js';
import { SameMatterJobs } from './jobs/same-matter.service.js';
import { HttpCalls } from './jobs/http-calls.service.js';
import { Webhooks } from './jobs/webhooks.service.js';
import { LaunchersController } from './launchers/launchers.controller.js';
import { JoinedCasesService } from './cases/joined-cases.service.js';
import { LaunchersService } from './launchers/launchers.service.js';
import { MailNotices } from './mail/mail-notices.service.js';
import { MailPreferenceController } from './mail/mail-preference.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { DashboardsService } from './ledgers/dashboards.service.js';
import { IndicatorsService } from './ledgers/indicators.service.js';
import { LedgerExportService } from './ledgers/ledger-export.service.js';
import { LedgerFollowing } from './ledgers/ledger-following.service.js';
import { LedgersController } from './ledgers/ledgers.controller.js';
import { LedgerJobs } from './ledgers/ledger-jobs.service.js';
import { LedgerRows } from './ledgers/ledger-rows.service.js';
import { LedgersService } from './ledgers/ledgers.service.js';
import { AttendanceService } from './organization/attendance.service.js';
import { ExclusionsReader } from './organization/exclusions-reader.js';
import { FallbackGroups } from './organization/fallback-groups.service.js';
import { RecusalsController } from './organization/recusals.controller.js';
import { RecusalParts, RecusalsService } from './organization/recusals.service.js';
import { SubstitutionsController } from './organization/substitutions.controller.js';
import { SubstitutionsService } from './organization/substitutions.service.js';
import { OutboxController } from './outbox/outbox.controller.js';
import { PortalActionParts, PortalActionsService } from './portal/portal-actions.service.js';
import { PortalController } from './portal/portal.controller.js';
import { PortalPagesService } from './portal/portal-pages.service.js';
import { PortalRequestsService } from './portal/portal-requests.service.js';
import { PublicTexts } from './portal/public-texts.service.js';
import { FollowedCases } from './portal/followed-cases.service.js';
import { PortalParts, PortalService } from './portal/portal.service.js';
import { RateLimitService } from './portal/rate-limit.service.js';
import { RevealsController } from './reveals/reveals.controller.js';
import { RevealsService } from './reveals/reveals.service.js';
import { CaseSight } from './reveals/case-sight.service.js';
import { SealedFactsService } from './reveals/sealed-facts.service.js';
import { NamedCasesService } from './reveals/named-cases.service.js';
import { SealingService } from './reveals/sealing.service.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { GuardedJobs } from './jobs/guarded-jobs.service.js';
import { OpenCasesJob } from './jobs/open-cases-job.service.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { SecondPerson } from './accounts/second-person.service.js';
import { EndedCases } from './interventions/ended-cases.service.js';
import { CasesThatWait } from './interventions/waiting-cases.service.js';
import { InterventionsService } from './interventions/interventions.service.js';
import { AppointmentsService } from './accounts/appointments.service.js';
import { ApprovalsService } from './studio/approvals.service.js';
import { StudioController } from './studio/studio.controller.js';
import { PublishingService } from './studio/publishing.service.js';
import { StudioService } from './studio/studio.service.js';
import { DocumentPreviewService } from './studio/document-preview.service.js';
import { SupervisionController } from './supervision/supervision.controller.js';
import { SupervisionService } from './supervision/supervision.service.js';
import { InstanceDefinitions } from './cases/instance-definitions.service.js';
import { NewTaskNotices } from './notices/new-task-notices.service.js';
import { NoticeWriter } from './notices/notice-writer.service.js';
import { RelatedNotices } from './notices/related-notices.service.js';
import { DraftsService } from './tasks/drafts.service.js';
import { FormSubmissions, SubmissionParts } from './tasks/form-submissions.service.js';
import { TaskActionsController } from './tasks/task-actions.controller.js';
import { TaskCourseService } from './tasks/task-course.service.js';
import { TaskNotesController } from './tasks/task-notes.controller.js';
import { TaskNotesService } from './tasks/task-notes.service.js';
import { TaskOpinions } from './tasks/task-opinions.service.js';
import { TaskLaunchesService } from './tasks/task-launches.service.js';
import { TaskChoicesService } from './tasks/task-choices.service.js';
import { TaskPeopleService } from './tasks/task-people.service.js';
import { TaskReturnsService } from './tasks/task-returns.service.js';
import { TaskStandingService } from './tasks/task-standing.service.js';
import { TaskActionParts, TaskTurnsService } from './tasks/task-turns.service.js';
import { TasksController } from './tasks/tasks.controller.js';
import { TaskScreenParts, TasksService } from './tasks/tasks.service.js';
import { DATABASE, DESTRUCTION_QUERIES, FORM_SUBMISSIONS, TASK_ACTION_QUERIES, VAULT_QUERIES } from './tokens.js';

const SWEEP_MS = 10 * 60 * 1000;

/** What people work with, over the engine: portal, tasks, cases, launchers, documents, protected content, studio, supervision. */
@Module({
  controllers: [
    AccountsController,
    AttachmentsController,
    AuditController,
    CalendarsController,
    CasesController,
    DeadlinesController,
    DestructionsController,
    LaunchersController,
    MailPreferenceController,
    NoticesController,
    LedgersController,
    OutboxController,
    PortalController,
    PublicationsController,
    RecusalsController,
    RevealsController,
    SchedulesController,
    StudioController,
    SubstitutionsController,
    SupervisionController,
    TaskActionsController,
    TaskNotesController,
    TasksController,
  ],
  providers: [
    AppointmentsService,
    EndedCases,
    CasesThatWait,
    InterventionsService,
    SecondPerson,
    ApprovalsService,
    AttachmentsService,
    AttendanceService,
    BackupProcess,
    NightlyBackups,
    BuiltInJobs,
    FigureJobs,
    GuardedJobs,
    RetentionClearing,
    RetentionJob,
    SightGrantJob,
    CaseSight,
    LikeTextsService,
    SameMatterJobs,
    StandInsJob,
    TakeOverJob,
    CaseAccessService,
    CaseInputParts,
    CaseRecords,
    CaseScreenParts,
    CaseStarterService,
    CalendarTokensService,
    CalendarsService,
    CasesService,
    ChatNotices,
    DeadlineKeeping,
    DeadlinesService,
    DestructionsService,
    ShownDestructions,
    DocumentRowsService,
    DocumentsService,
    WordDocuments,
    DraftsService,
    ExclusionsReader,
    ExclusiveCasesService,
    FactsService,
    FallbackGroups,
    FormContextService,
    FormSubmissions,
    HttpCalls,
    DashboardsService,
    IndicatorsService,
    InstanceDefinitions,
    LaunchersService,
    JoinedCasesService,
    LedgerExportService,
    LedgerFollowing,
    TaskDueDates,
    TimerDates,
    LedgerJobs,
    LedgerRows,
    LedgersService,
    MailNotices,
    NamedCasesService,
    NamesService,
    NoticeWriter,
    RelatedCasesService,
    RelatedNotices,
    OpenCasesJob,
    NewTaskNotices,
    OrganizationTimelineService,
    PortalActionParts,
    PortalActionsService,
    PortalParts,
    PortalPagesService,
    PortalService,
    FollowedCases,
    PortalRequestsService,
    PublicTexts,
    RateLimitService,
    RecusalParts,
    RecusalsService,
    RevealsService,
    RoomsService,
    SealedFactsService,
    SealedNames,
    SealingService,
    SealsService,
    StudioService,
    DocumentPreviewService,
    PublishingService,
    SubmissionParts,
    SubstitutionsService,
    SupervisionService,
    TaskActionParts,
    TaskCourseService,
    TaskNotesService,
    TaskOpinions,
    TaskLaunchesService,
    TaskChoicesService,
    TaskPeopleService,
    TaskReturnsService,
    TaskScreenParts,
    TaskStandingService,
    TaskTurnsService,
    TasksService,
    ThreadService,
    TimelineService,
    VirusScanner,
    Webhooks,
    { provide: FORM_SUBMISSIONS, useExisting: FormSubmissions },
    {
      provide: DESTRUCTION_QUERIES,
      useFactory: (database: Database) => createDestructionQueries(database),
      inject: [DATABASE],
    },
    {
      provide: TASK_ACTION_QUERIES,
      useFactory: (database: Database) => createTaskActionQueries(database),
      inject: [DATABASE],
    },
    { provide: VAULT_QUERIES, useFactory: (database: Database) => createVaultQueries(database), inject: [DATABASE] },
  ],
  exports: [CasesThatWait, GuardedJobs, InterventionsService, FORM_SUBMISSIONS],
})
export class ProductModule implements OnModuleInit, OnModuleDestroy {
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    @Inject(AttachmentsService) private readonly attachments: AttachmentsService,
    @Inject(SealedNames) private readonly names: SealedNames,
  ) {}

  onModuleInit(): void {
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeping.unref();
  }

  /** What fails is tried again the next time. */
  private async sweep(): Promise<void> {
    await Promise.allSettled([this.names.sealClear(), this.attachments.sweep()]);
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
  }
}

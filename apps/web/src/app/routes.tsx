import { createBrowserRouter, Navigate } from 'react-router';
import { NotFound, RouteFailure, StaffNotFound } from './fallbacks.js';
import { PortalFrame } from './portal-frame.js';
import { PageSkeleton } from '../ui/states.js';
import { StaffFrame } from './staff-frame.js';

/** Every page comes lazily: a petitioner on a phone never loads what only staff need. */
export const router = createBrowserRouter([
  {
    element: <PortalFrame />,
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../features/portal/home-page.js')).HomePage }) },
      {
        path: 'report/:entryId',
        lazy: async () => ({ Component: (await import('../features/portal/report-page.js')).ReportPage }),
      },
      {
        path: 'follow',
        lazy: async () => ({ Component: (await import('../features/portal/follow-page.js')).FollowPage }),
      },
      {
        path: 'rights',
        lazy: async () => ({ Component: (await import('../features/portal/rights-page.js')).RightsPage }),
      },
      {
        path: 'pages/:pageId',
        lazy: async () => ({ Component: (await import('../features/portal/published-page.js')).PublishedPageView }),
      },
      { path: '*', Component: NotFound },
    ],
  },
  {
    element: <StaffFrame />,
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        path: 'work',
        lazy: async () => ({ Component: (await import('../features/workbench/workbench-page.js')).WorkbenchPage }),
        children: [
          { index: true, element: <></> },
          { path: 'tasks/:taskKey', element: <></> },
        ],
      },
      {
        path: 'work/case/:instanceKey',
        lazy: async () => ({ Component: (await import('../features/case/case-page.js')).CasePage }),
      },
      {
        path: 'work/room/:instanceKey',
        lazy: async () => ({ Component: (await import('../features/room/room-page.js')).RoomPage }),
      },
      {
        path: 'cockpit',
        lazy: async () => ({ Component: (await import('../features/cockpit/cockpit-page.js')).CockpitPage }),
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import('../features/cockpit/supervision-page.js')).SupervisionPage,
            }),
          },
          {
            path: 'deadlines',
            lazy: async () => ({ Component: (await import('../features/cockpit/deadlines-page.js')).DeadlinesPage }),
          },
          {
            path: 'instances',
            lazy: async () => ({ Component: (await import('../features/cockpit/instances-page.js')).InstancesPage }),
          },
          {
            path: 'batch-operations',
            lazy: async () => ({
              Component: (await import('../features/cockpit/batch-operations-page.js')).BatchOperationsPage,
            }),
          },
          {
            path: 'dead-letters',
            lazy: async () => ({
              Component: (await import('../features/cockpit/dead-letters-page.js')).DeadLettersPage,
            }),
          },
          {
            path: 'schedules',
            lazy: async () => ({ Component: (await import('../features/cockpit/schedules-page.js')).SchedulesPage }),
          },
          {
            path: 'access-log',
            lazy: async () => ({ Component: (await import('../features/cockpit/access-log-page.js')).AccessLogPage }),
          },
          {
            path: 'audit',
            lazy: async () => ({ Component: (await import('../features/cockpit/audit-page.js')).AuditPage }),
          },
          {
            path: 'keeping',
            lazy: async () => ({ Component: (await import('../features/cockpit/keeping-page.js')).KeepingPage }),
          },
          {
            path: 'accounts',
            lazy: async () => ({ Component: (await import('../features/cockpit/accounts-page.js')).AccountsPage }),
          },
        ],
      },
      {
        path: 'ledgers/:ledgerId?',
        lazy: async () => ({ Component: (await import('../features/ledgers/ledgers-page.js')).LedgersPage }),
      },
      {
        path: 'indicators',
        lazy: async () => ({ Component: (await import('../features/indicators/indicators-page.js')).IndicatorsPage }),
      },
      {
        path: 'work/substitutes',
        lazy: async () => ({
          Component: (await import('../features/substitutes/substitutes-page.js')).SubstitutesPage,
        }),
      },
      {
        path: 'work/account',
        lazy: async () => ({ Component: (await import('../features/session/password-page.js')).PasswordPage }),
      },
      { path: 'studio/*', lazy: async () => ({ Component: (await import('../features/studio/index.js')).default }) },
      { path: 'login', element: <Navigate to="/work" replace /> },
      { path: 'work/*', Component: StaffNotFound },
      { path: 'cockpit/*', Component: StaffNotFound },
    ],
  },
]);

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { LampColor } from '../api-types.js';
import { call, callForFile } from './client.js';

export type LedgerSummary = {
  id: string;
  title: string;
  titleEn: string | null;
  description: string | null;
  processName: string;
};
export type LedgerList = {
  items: LedgerSummary[];
  hasIndicators: boolean;
  faults: { fault: string; instances: number }[];
};

export type LedgerColumnType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'deadline'
  | 'dictionary'
  | 'unit'
  | 'state'
  | 'sealed'
  | 'lamp'
  | 'overdueDays';

export type LedgerColumn = {
  id: string;
  title: string;
  titleEn: string | null;
  type: LedgerColumnType;
  sort: boolean;
  filter: boolean;
  frozen: boolean;
  hidden: boolean;
  choices: { value: string | number; label: string }[] | null;
};
export type Ledger = {
  id: string;
  title: string;
  titleEn: string | null;
  description: string | null;
  mayExport: boolean;
  order: { column: string; descending: boolean };
  columns: LedgerColumn[];
};

export type LedgerCell = string | number | boolean | LampColor | null;
export type LedgerRow = {
  rowKey: string;
  processInstanceKey: string | null;
  drill: boolean;
  cells: Record<string, LedgerCell>;
};
export type LedgerPage = {
  items: LedgerRow[];
  nextCursor: string | null;
  total: number;
  isMore: boolean;
  pending: number;
};

export type LedgerFilter = {
  column: string;
  equal?: (string | number | boolean)[];
  from?: string | number;
  to?: string | number;
  contains?: string;
};
export type LedgerWish = { filters: LedgerFilter[]; sort: string; descending: boolean };

export type DashboardCount = {
  ledger: string;
  title: string;
  titleEn: string | null;
  filters: LedgerFilter[];
};
export type DashboardSection = {
  title: string;
  titleEn: string | null;
  indicators: string[];
  counts: DashboardCount[];
};
export type Dashboard = {
  id: string;
  title: string;
  titleEn: string | null;
  description: string | null;
  sections: DashboardSection[];
};

export function useDashboards() {
  return useQuery({
    queryKey: ['dashboards'],
    queryFn: (): Promise<{ items: Dashboard[] }> => call('GET /api/dashboards'),
    staleTime: 60_000,
  });
}

/** How many rows of a ledger meet the filters. */
export function useLedgerCount(ledger: string, filters: LedgerFilter[]) {
  return useQuery({
    queryKey: ['ledgers', ledger, 'count', filters],
    queryFn: async (): Promise<{ total: number; isMore: boolean }> => {
      const page: LedgerPage = await call('GET /api/ledgers/{id}/rows', {
        params: { id: ledger },
        query: { limit: 1, ...(filters.length > 0 && { filters: JSON.stringify(filters) }) },
      });
      return { total: page.total, isMore: page.isMore };
    },
  });
}

export function useLedgerList() {
  return useQuery({
    queryKey: ['ledgers'],
    queryFn: (): Promise<LedgerList> => call('GET /api/ledgers'),
    staleTime: 60_000,
  });
}

export function useLedger(id: string) {
  return useQuery({
    queryKey: ['ledgers', id],
    queryFn: (): Promise<Ledger> => call('GET /api/ledgers/{id}', { params: { id } }),
    enabled: id !== '',
  });
}

export function useLedgerRows(id: string, { filters, sort, descending }: LedgerWish) {
  const query = {
    filters: filters.length > 0 ? JSON.stringify(filters) : '',
    sort,
    order: sort && (descending ? 'desc' : 'asc'),
  } as const;
  return useInfiniteQuery({
    queryKey: ['ledgers', id, 'rows', query],
    queryFn: ({ pageParam }): Promise<LedgerPage> =>
      call('GET /api/ledgers/{id}/rows', { params: { id }, query: { ...query, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known, before) => (before?.queryKey[1] === id ? known : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages[0]?.pending ?? 0) > 0 ? 3_000 : 60_000),
  });
}

/** Fetches the workbook; the server records the reason before it sends anything. */
export function exportLedger(
  id: string,
  { filters, sort, descending }: LedgerWish,
  more: { reason: string; columns: string[] },
) {
  const body = {
    ...more,
    ...(filters.length > 0 ? { filters: JSON.stringify(filters) } : {}),
    ...(sort ? { sort, descending } : {}),
  };
  return callForFile('POST /api/ledgers/{id}/export', { params: { id }, body });
}

export type PeriodLength = 'month' | 'quarter' | 'year';
export type PeriodFigure = {
  id: string;
  from: string;
  below: string;
  state: 'shown' | 'none' | 'counts' | 'hidden';
  numerator: number | null;
  denominator: number | null;
  rate: number | null;
  mean: number | null;
  p90: number | null;
  groups: { label: string; numerator: number; denominator: number; rate: number | null; mean: number | null }[] | null;
  difference: number | null;
  isAlert: boolean;
};
export type Indicator = {
  id: string;
  title: string;
  titleEn: string | null;
  description: string | null;
  kind: 'ratio' | 'mean' | 'difference';
  measure: string | null;
  use: string | null;
  length: PeriodLength;
  lengths: PeriodLength[];
  least: number;
  leadsToCases: boolean;
  alert: number | null;
  target: { side: 'atLeast' | 'atMost'; value: number } | null;
  isOwnUnit: boolean;
  periods: PeriodFigure[];
};
export type CountedCase = {
  processInstanceKey: string;
  caseNo: string | null;
  title: string | null;
  isNumerator: boolean;
  at: string;
};

export function useIndicators(by: PeriodLength) {
  return useQuery({
    queryKey: ['indicators', by],
    queryFn: (): Promise<{ at: string; items: Indicator[] }> => call('GET /api/indicators', { query: { by } }),
    placeholderData: (known) => known,
  });
}

export function useCountedCases(id: string, by: PeriodLength, period: string | null) {
  return useQuery({
    queryKey: ['indicators', id, 'cases', by, period],
    queryFn: (): Promise<{ items: CountedCase[] }> =>
      call('GET /api/indicators/{id}/cases', { params: { id }, query: { by, period } }),
    enabled: period !== null,
  });
}

import { useQuery } from '@tanstack/react-query';
import type { Named } from '../../lib/api-types.js';
import type { FileKind } from '../../lib/file-kind.js';
import { call } from '../../lib/api/client.js';

export type StudioFile = {
  path: string;
  kind: FileKind;
  title: string;
  processId?: string;
  size: number;
  problems: number;
  /** Stands in the drafts alone. */
  isNew?: true;
  /** The new process that a new file was made with. */
  madeWith?: string;
};

export type SetFacts = { number: number; hash: string; publishedAt?: string; by?: string | Named | null };
export type StudioFiles = { set?: SetFacts; files: StudioFile[] };
/** Content and hash are null where nothing is published. */
export type FileContent = { path: string; content: string | null; hash: string | null };

export type Problem = {
  severity: 'error' | 'warning' | 'information';
  code?: string;
  message: string;
  messageZh?: string;
  file?: string;
  elementId?: string;
  elementName?: string;
  place?: string;
  line?: number;
};

export type StudioReference = {
  roles: Named[];
  units: Named[];
  forms: { id: string; title: string }[];
  decisions: Named[];
  documents: { id: string; title: string }[];
  processes: Named[];
  /** Which dictionary or list a field of this name chooses from; several where forms differ. */
  fieldChoices: { field: string; dictionary?: string; source?: string }[];
  /** Classes of the content of fields; what is sealed is stored encrypted. */
  classes: (Named & { sealed: boolean })[];
  /** Ready-made steps, in the public format of element templates. */
  elementTemplates: StepTemplate[];
};
export type StepTemplate = { id: string; name: string; description?: string };

export type Change = { path: string; content: string | null };
export type Published = {
  /** Without a number where it was published before. */
  set: { number?: number; hash: string };
  commit: { id: string } | null;
  note?: string;
  running?: { processId: string; version: number; instances: number }[];
};
export type AwaitingApproval = { approvalId: string; why?: unknown };

export type HistoryEntry = {
  at: string;
  author: string | Named;
  message: string;
  commit?: string | null;
  set?: number | string | null;
  files?: string[];
};

export type Approval = {
  approvalId: string;
  kind: 'publication' | 'account' | 'case';
  message: string;
  why: unknown;
  changes: Change[];
  author: Named | null;
  createdAt: string | null;
  state: 'waiting' | 'approved' | 'rejected';
};

export function useStudioFiles() {
  return useQuery({
    queryKey: ['studio', 'files'],
    queryFn: (): Promise<StudioFiles> => call('GET /api/studio/files'),
  });
}

/** A file as it is published now, or as it was at a commit. */
export function fetchFile(path: string, commit?: string): Promise<FileContent> {
  return call('GET /api/studio/file', { query: { path, commit } });
}

export function useStudioFile(path: string, isPublished = true) {
  return useQuery({
    queryKey: ['studio', 'file', path],
    queryFn: () => fetchFile(path),
    staleTime: 0,
    enabled: isPublished,
  });
}

export function useStudioReference() {
  return useQuery({
    queryKey: ['studio', 'reference'],
    queryFn: (): Promise<StudioReference> => call('GET /api/studio/reference'),
    staleTime: 60_000,
  });
}

export function checkChanges(changes: Change[], signal?: AbortSignal): Promise<{ problems: Problem[]; why: string[] }> {
  return call('POST /api/studio/check', { body: { changes }, signal });
}

export function publishChanges(
  changes: (Change & { baseHash: string | null })[],
  message: string,
): Promise<Published | AwaitingApproval> {
  return call('POST /api/studio/publish', { body: { changes, message } });
}

export function useHistory(path: string) {
  return useQuery({
    queryKey: ['studio', 'history', path],
    queryFn: (): Promise<HistoryEntry[]> => call('GET /api/studio/history', { query: { path } }),
  });
}

export function useApprovals(isEnabled: boolean) {
  return useQuery({
    queryKey: ['studio', 'approvals'],
    queryFn: async (): Promise<Approval[]> =>
      (await call('GET /api/studio/approvals')).filter(({ state }) => state === 'waiting'),
    enabled: isEnabled,
  });
}

export function decideApproval(id: string, decision: 'approve' | 'reject', comment: string) {
  return call('POST /api/studio/approvals/{id}', { params: { id }, body: { decision, comment } });
}

/** How a person is shown, whether the server sends a name or an account. */
export function personName(person: string | Named | null | undefined): string {
  return typeof person === 'string' ? person : (person?.name ?? '—');
}

import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';

export interface TrackedCase {
  readonly caseKey: string;
  /** scrypt text, absent where no PIN was chosen. */
  readonly pinHash: string | null;
}

export interface AttachmentRecord {
  readonly id: string;
  /** Name and digest, sealed under the key of the case, or the installation's before; null once they were forgotten. */
  readonly sealed: string | null;
  /** The same from before they were sealed, until the next start seals them. */
  readonly clear: { readonly name: string; readonly digest: string } | null;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly caseKey: string | null;
  readonly uploadedBy: string | null;
  readonly uploadedAt: number;
  readonly claimedAt: number | null;
  /** Since when its bytes are gone. */
  readonly removedAt: number | null;
}

export interface StoredDocument {
  readonly documentKey: string;
  readonly processInstanceKey: string;
  readonly caseKey: string | null;
  readonly documentId: string;
  readonly title: string;
  /** Page with a token in place of each protected value. */
  readonly html: string;
  /** Token -> sealed key. */
  readonly handles: Readonly<Record<string, string>>;
  readonly portal: boolean;
  readonly createdAt: number;
}

export interface SealedClass {
  readonly sealed_key: string;
  readonly case_key: string;
  readonly field: string;
  readonly class: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'file' | 'list' | 'group';
  readonly written_by: string;
}

export interface Notice {
  readonly noticeKey: string;
  readonly recipient: string;
  readonly text: string;
  readonly processInstanceKey: string | null;
  /** Of another case that it tells of too: it is for who may open both. */
  readonly otherInstanceKey: string | null;
  readonly createdAt: number;
}

/** What waits: a publication, or a change of an account. */
export type ApprovalKind = 'publication' | 'account' | 'case';

export interface Approval {
  readonly approvalKey: string;
  readonly kind: ApprovalKind;
  readonly changes: unknown;
  readonly why: readonly string[];
  readonly message: string;
  readonly author: string;
  readonly createdAt: number;
  readonly state: 'waiting' | 'approved' | 'rejected';
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly comment: string | null;
}

export interface NoticesWish {
  readonly limit: number;
  /** Instances whose notices do not count. */
  readonly exceptInstances: readonly string[];
}

/** Reads of the tables that the product adds to the engine's. */
export interface WorkQueries {
  trackedCase(codeHash: string): Promise<TrackedCase | undefined>;
  isTracked(caseKey: string): Promise<boolean>;
  attachment(id: string): Promise<AttachmentRecord | undefined>;
  /** Ids of those whose bytes are, or are about to be, gone. */
  removedAttachments(): Promise<readonly string[]>;
  /** Those of which name or digest stand in the clear, behind an id, in the order of ids. */
  clearAttachments(after: string, limit: number): Promise<readonly AttachmentRecord[]>;
  /** Uploaded before `uploadedBefore` (epoch ms) and never used. */
  unclaimedAttachments(uploadedBefore: number): Promise<readonly AttachmentRecord[]>;
  document(documentKey: string): Promise<StoredDocument | undefined>;
  documentsOf(instanceKeys: readonly string[]): Promise<readonly StoredDocument[]>;
  /** Class and author of protected values; never a value. */
  sealedClasses(sealedKeys: readonly string[]): Promise<readonly SealedClass[]>;
  /** The latest ones, newest first. */
  notices(recipients: readonly string[], wish: NoticesWish): Promise<readonly Notice[]>;
  approval(approvalKey: string): Promise<Approval | undefined>;
  approvals(limit: number): Promise<readonly Approval[]>;
  /** Those of changes from outside (`case`) to these instances. */
  interventionsIn(instanceKeys: readonly string[]): Promise<readonly Approval[]>;
  /** By key of an approval: the key of the case that it is about. Those about no case are left out. */
  casesOfApprovals(approvalKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

type Row = Readonly<Record<string, unknown>>;

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** Queries over the reader; absent rows are `undefined`. */
export function createWorkQueries(database: Database): WorkQueries {
  const query = readerQuery(database);
  const one = async <T>(sql: string, params: readonly unknown[], map: (row: Row) => T): Promise<T | undefined> => {
    const row = (await query(sql, params))[0];
    return row && map(row);
  };
  const many = async <T>(sql: string, params: readonly unknown[], map: (row: Row) => T): Promise<readonly T[]> =>
    (await query(sql, params)).map(map);
  return {
    trackedCase: (hash) => one('SELECT case_key, pin_hash FROM tracking_codes WHERE hash = ?', [hash], toTrackedCase),
    isTracked: async (caseKey) =>
      (await query('SELECT 1 AS found FROM tracking_codes WHERE case_key = ? LIMIT 1', [caseKey])).length > 0,
    attachment: (id) => one('SELECT * FROM attachments WHERE id = ?', [id], toAttachment),
    removedAttachments: () =>
      many('SELECT id FROM attachments WHERE removed_at IS NOT NULL', [], (row) => String(row['id'])),
    clearAttachments: (after, limit) =>
      many(
        `SELECT * FROM attachments WHERE (name <> '' OR digest <> '') AND id > ? ORDER BY id LIMIT ?`,
        [after, limit],
        toAttachment,
      ),
    unclaimedAttachments: (before) =>
      many('SELECT * FROM attachments WHERE claimed_at IS NULL AND uploaded_at < ? LIMIT 500', [before], toAttachment),
    document: (key) => one('SELECT * FROM documents WHERE document_key = ?', [key], toDocument),
    documentsOf: async (keys) =>
      keys.length === 0
        ? []
        : many(
            `SELECT * FROM documents WHERE process_instance_key IN ${list(keys.length)} ORDER BY created_at`,
            keys,
            toDocument,
          ),
    sealedClasses: async (keys) =>
      keys.length === 0
        ? []
        : many(
            `SELECT sealed_key, case_key, field, class, kind, written_by FROM sealed_values WHERE sealed_key IN ${list(keys.length)}`,
            keys,
            toSealedClass,
          ),
    notices: async (recipients, { limit, exceptInstances: hidden }) => {
      if (recipients.length === 0) return [];
      const without = hidden.length
        ? `AND (process_instance_key IS NULL OR process_instance_key NOT IN ${list(hidden.length)})`
        : '';
      return many(
        `SELECT * FROM notices WHERE recipient IN ${list(recipients.length)} ${without} ORDER BY created_at DESC LIMIT ?`,
        [...recipients, ...hidden, limit],
        toNotice,
      );
    },
    approval: (key) => one('SELECT * FROM approvals WHERE approval_key = ?', [key], toApproval),
    approvals: (limit) => many('SELECT * FROM approvals ORDER BY created_at DESC LIMIT ?', [limit], toApproval),
    interventionsIn: async (keys) => {
      if (keys.length === 0) return [];
      const anyOf = keys.map(() => 'changes LIKE ?').join(' OR ');
      const begun = keys.map((key) => `{"instanceKey":"${key}"%`);
      return many(`SELECT * FROM approvals WHERE kind = 'case' AND (${anyOf})`, begun, toApproval);
    },
    casesOfApprovals: async (keys) => {
      if (keys.length === 0) return new Map();
      const sql = `SELECT * FROM approvals WHERE kind = 'case' AND approval_key IN ${list(keys.length)}`;
      const approvals = await many(sql, keys, toApproval);
      return new Map(approvals.flatMap(({ approvalKey, changes }) => withCase(approvalKey, changes)));
    },
  };
}

function withCase(approvalKey: string, changes: unknown): readonly (readonly [string, string])[] {
  const { caseKey } = changes as { readonly caseKey?: string | null };
  return typeof caseKey === 'string' ? [[approvalKey, caseKey]] : [];
}

const toTrackedCase = (row: Row): TrackedCase => ({
  caseKey: String(row['case_key']),
  pinHash: textOrNull(row['pin_hash']),
});

const toAttachment = (row: Row): AttachmentRecord => ({
  id: String(row['id']),
  sealed: textOrNull(row['sealed']),
  clear: row['name'] || row['digest'] ? { name: String(row['name']), digest: String(row['digest']) } : null,
  mediaType: String(row['media_type']),
  size: Number(row['size']),
  caseKey: textOrNull(row['case_key']),
  uploadedBy: textOrNull(row['uploaded_by']),
  uploadedAt: Number(row['uploaded_at']),
  claimedAt: numberOrNull(row['claimed_at']),
  removedAt: numberOrNull(row['removed_at']),
});

const toDocument = (row: Row): StoredDocument => ({
  documentKey: String(row['document_key']),
  processInstanceKey: String(row['process_instance_key']),
  caseKey: textOrNull(row['case_key']),
  documentId: String(row['document_id']),
  title: String(row['title']),
  html: String(row['html']),
  handles: JSON.parse(String(row['handles'])) as Record<string, string>,
  portal: row['portal'] === true || row['portal'] === 1,
  createdAt: Number(row['created_at']),
});

const toSealedClass = (row: Row): SealedClass => ({
  sealed_key: String(row['sealed_key']),
  case_key: String(row['case_key']),
  field: String(row['field']),
  class: String(row['class']),
  kind: String(row['kind']) as SealedClass['kind'],
  written_by: String(row['written_by']),
});

const toNotice = (row: Row): Notice => ({
  noticeKey: String(row['notice_key']),
  recipient: String(row['recipient']),
  text: String(row['text']),
  processInstanceKey: textOrNull(row['process_instance_key']),
  otherInstanceKey: textOrNull(row['other_instance_key']),
  createdAt: Number(row['created_at']),
});

const toApproval = (row: Row): Approval => ({
  approvalKey: String(row['approval_key']),
  kind: String(row['kind']) as ApprovalKind,
  changes: JSON.parse(String(row['changes'])) as unknown,
  why: JSON.parse(String(row['why'])) as string[],
  message: String(row['message']),
  author: String(row['author']),
  createdAt: Number(row['created_at']),
  state: String(row['state']) as Approval['state'],
  decidedBy: textOrNull(row['decided_by']),
  decidedAt: numberOrNull(row['decided_at']),
  comment: textOrNull(row['comment']),
});

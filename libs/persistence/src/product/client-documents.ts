import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asJson, asKeyOrNull, asNumberOrNull, asTextOrNull } from '../records.js';

/** A file that a client of the engine API stored. Times are real, epoch ms. */
export interface ClientDocument {
  readonly id: string;
  readonly fileName: string | null;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly customProperties: Readonly<Record<string, unknown>>;
  readonly processDefinitionId: string | null;
  readonly processInstanceKey: string | null;
  readonly expiresAt: number | null;
  readonly uploadedBy: string;
  readonly uploadedAt: number;
}

export interface ClientDocuments {
  /** Unless it has run out at `now`. */
  find(id: string, now: number): Promise<ClientDocument | undefined>;
  expired(now: number, limit: number): Promise<readonly ClientDocument[]>;
}

/** Reads what is known of documents of clients; what changes it is given as writes for the group commit. */
export function createClientDocuments(database: Database): ClientDocuments {
  const query = readerQuery(database);
  return {
    find: async (id, now) => {
      const sql = 'SELECT * FROM client_documents WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)';
      const row = (await query(sql, [id, now]))[0];
      return row && toDocument(row);
    },
    expired: async (now, limit) =>
      (await query('SELECT * FROM client_documents WHERE expires_at <= ? LIMIT ?', [now, limit])).map(toDocument),
  };
}

export function insertClientDocument(document: ClientDocument): RowWrite[] {
  const row = {
    id: document.id,
    file_name: document.fileName,
    content_type: document.contentType,
    size: document.size,
    digest: document.digest,
    custom_properties: JSON.stringify(document.customProperties),
    process_definition_id: document.processDefinitionId,
    process_instance_key: document.processInstanceKey,
    expires_at: document.expiresAt,
    uploaded_by: document.uploadedBy,
    uploaded_at: document.uploadedAt,
  };
  return [{ insert: 'client_documents', rows: [row] }];
}

export const deleteClientDocument = (id: string): RowWrite[] => [
  { sql: 'DELETE FROM client_documents WHERE id = ?', params: [id] },
];

const toDocument = (row: Row): ClientDocument => ({
  id: String(row.id),
  fileName: asTextOrNull(row.file_name),
  contentType: String(row.content_type),
  size: Number(row.size),
  digest: String(row.digest),
  customProperties: asJson(row.custom_properties),
  processDefinitionId: asTextOrNull(row.process_definition_id),
  processInstanceKey: asKeyOrNull(row.process_instance_key),
  expiresAt: asNumberOrNull(row.expires_at),
  uploadedBy: String(row.uploaded_by),
  uploadedAt: Number(row.uploaded_at),
});

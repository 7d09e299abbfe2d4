import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** A file that a client of the engine API stored; its bytes lie encrypted in the data folder. */
@Entity({ name: 'client_documents' })
@Index('ix_client_documents_expires_at', ['expiresAt'])
export class ClientDocumentRow {
  @TextColumn('id', primary) id!: string;
  @TextColumn('file_name', nullable) fileName!: string | null;
  @TextColumn('content_type') contentType!: string;
  /** Bytes. */
  @IntegerColumn('size') size!: number;
  /** SHA-256, hexadecimal. */
  @TextColumn('digest') digest!: string;
  @TextColumn('custom_properties') customProperties!: string;
  @TextColumn('process_definition_id', nullable) processDefinitionId!: string | null;
  @KeyColumn('process_instance_key', nullable) processInstanceKey!: string | null;
  @TimeColumn('expires_at', nullable) expiresAt!: number | null;
  @TextColumn('uploaded_by') uploadedBy!: string;
  @TimeColumn('uploaded_at') uploadedAt!: number;
}

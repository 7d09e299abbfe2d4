import { Entity, Index } from 'typeorm';
import {
  BooleanColumn,
  IntegerColumn,
  KeyColumn,
  TextColumn,
  TimeColumn,
  given,
  nullable,
  primary,
} from '../columns.js';

/** A deployed process with a version. */
@Entity({ name: 'process_definitions' })
@Index('ix_process_definitions_is_latest', ['isLatest'])
@Index('ix_process_definitions_set_id', ['setId'])
@Index('ux_process_definitions_bpmn_process_id_version', ['bpmnProcessId', 'version'], { unique: true })
@Index('ix_process_definitions_name', ['name', 'key'])
@Index('ix_process_definitions_version', ['version', 'key'])
@Index('ix_process_definitions_version_tag', ['versionTag'], given('version_tag'))
@Index('ix_process_definitions_resource_name', ['resourceName', 'key'])
export class ProcessDefinitionRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('name') name!: string;
  @IntegerColumn('version') version!: number;
  @TextColumn('version_tag', nullable) versionTag!: string | null;
  @IntegerColumn('set_id') setId!: number;
  @TextColumn('resource_name') resourceName!: string;
  @TextColumn('xml') xml!: string;
  @TextColumn('digest') digest!: string;
  @BooleanColumn('is_latest') isLatest!: boolean;
}

/** A deployed decision with a version. */
@Entity({ name: 'decision_definitions' })
@Index('ux_decision_definitions_decision_id_version', ['decisionId', 'version'], { unique: true })
export class DecisionDefinitionRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('decision_id') decisionId!: string;
  @TextColumn('name') name!: string;
  @IntegerColumn('version') version!: number;
  @IntegerColumn('set_id') setId!: number;
  @TextColumn('resource_name') resourceName!: string;
  @TextColumn('xml') xml!: string;
  @TextColumn('digest') digest!: string;
}

/** A deployed form with a version. */
@Entity({ name: 'form_definitions' })
@Index('ux_form_definitions_form_id_version', ['formId', 'version'], { unique: true })
export class FormDefinitionRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('form_id') formId!: string;
  @IntegerColumn('version') version!: number;
  @IntegerColumn('set_id') setId!: number;
  @TextColumn('resource_name') resourceName!: string;
  @TextColumn('digest') digest!: string;
  @TextColumn('content') content!: string;
}

/** A published configuration; its id counts up. */
@Entity({ name: 'config_sets' })
@Index('ix_config_sets_source_id', ['source', 'id'])
export class ConfigSet {
  @IntegerColumn('id', primary) id!: number;
  @TextColumn('hash') hash!: string;
  @TextColumn('source') source!: string;
  @TimeColumn('published_at') publishedAt!: number;
  @TextColumn('published_by', nullable) publishedBy!: string | null;
  @TextColumn('message', nullable) message!: string | null;
  @TextColumn('approved_by', nullable) approvedBy!: string | null;
}

/** The files of a published configuration. */
@Entity({ name: 'config_files' })
export class ConfigFile {
  @IntegerColumn('set_id', primary) setId!: number;
  @TextColumn('path', primary) path!: string;
  @TextColumn('content') content!: string;
  @TextColumn('digest') digest!: string;
}

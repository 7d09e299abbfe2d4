import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DocumentEntry } from '#configuration';
import { a4Page, dateCN, renderDocument, resolveHandles } from '#documents';
import type { Queries, StoredDocument, WorkQueries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import type { MasterKey, Vault } from '#vault';
import { mayReveal } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService, VISITOR, visitorName } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { parameterValues } from '../configuration/parameter-values.js';
import { Refusal, found, notFound, replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { MASTER_KEY, QUERIES, RUNTIME, SETTINGS, VAULT, WORK_QUERIES } from '../tokens.js';
import { documentTerms } from './document-terms.js';
import { withinLimits } from './document-limits.js';
import { printedValue } from './printed-value.js';

/** In whose name protected values of a page are opened. */
interface Reader {
  readonly account: string;
  readonly roles: readonly string[];
  readonly reason: string;
  readonly purpose: 'document' | 'delivery';
}

export interface RenderedPage {
  readonly title: string;
  /** Page with a placeholder for each protected value. */
  readonly html: string;
  readonly handles: readonly string[];
}

/**
 * Pages made of templates. A template runs over open variables and handles; protected values are put in last, in the
 * name of a person or of the delivery to the petitioner, and each is recorded before the page leaves.
 */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly workQueries: WorkQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  entry(documentId: string): DocumentEntry {
    return found(this.configuration.current.documents.get(documentId), `document ${documentId}`);
  }

  /** Renders a document over the variables of an instance; one that grows past its limits is refused. */
  async render(
    entry: DocumentEntry,
    instance: InstanceRecord,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<RenderedPage> {
    const { current } = this.configuration;
    const day = entry.dated === 'start' ? instance.startAt : this.runtime.now();
    const context = {
      ...variables,
      case: { no: instance.caseNo, createdAt: instance.startAt, startedBy: await this.starterOf(instance) },
      document: { no: `${instance.caseNo ?? instance.key}-${entry.id}`, date: day },
      organization: { name: current.organization.name },
      parameters: parameterValues(current),
      portalUrl: `${this.settings.baseUrl}/`,
    };
    const services = { ...documentTerms(current, await this.names.accountsById()), token: this.token };
    const { html, handles } = withinLimits(entry.templatePath, () => renderDocument(entry.compiled, context, services));
    const page = a4Page({
      title: entry.title,
      body: html,
      organization: current.organization.name,
      printedAt: dateCN(day, services.timeZone),
      drill: instance.drill,
      ...(instance.caseNo !== null && { number: instance.caseNo }),
    });
    return { title: entry.title, html: page, handles };
  }

  /** The row of a generated document, for the commit of the job that asked for it. */
  stored(entry: DocumentEntry, instance: InstanceRecord, page: RenderedPage, documentKey: string): RowWrite {
    const row = {
      document_key: documentKey,
      process_instance_key: instance.key,
      case_key: instance.caseKey,
      document_id: entry.id,
      title: entry.title,
      html: page.html,
      handles: JSON.stringify(Object.fromEntries(page.handles.map((key) => [key, key]))),
      portal: entry.portal === true,
      created_at: this.runtime.now(),
    };
    return { insert: 'documents', rows: [row] };
  }

  /** The receipt of a start, the only page that knows the tracking code. */
  async receipt(request: { documentId: string; processInstanceKey: string; trackingCode?: string }): Promise<string> {
    const entry = this.entry(request.documentId);
    const instance = found(await this.queries.instance(request.processInstanceKey), 'process instance');
    const variables = await this.queries.variablesOf(request.processInstanceKey);
    const page = await this.render(entry, instance, { ...variables, trackingCode: request.trackingCode ?? null });
    return resolveHandles(page.html, () => undefined, this.token);
  }

  /** All instances of the case, or the one where it belongs to none; oldest first. */
  async instancesOf(instance: InstanceRecord): Promise<readonly InstanceRecord[]> {
    return instance.caseKey === null ? [instance] : this.queries.instancesOfCase(instance.caseKey);
  }

  /** A document as a member of staff reads or prints it: the latest that a step of the case made, else made now. */
  async open(instanceKey: string, documentId: string, by: { account: SignedIn; reason: string }): Promise<string> {
    const entry = this.entry(documentId);
    if (!this.mayOpen(entry, by.account)) throw notFound(`document ${documentId}`);
    const instance = found(await this.queries.instance(instanceKey), `process instance ${instanceKey}`);
    const instances = await this.instancesOf(instance);
    const generated = (await this.workQueries.documentsOf(instances.map(({ key }) => key)))
      .filter((row) => row.documentId === documentId)
      .at(-1);
    const source = instances.find(({ bpmnProcessId }) => bpmnProcessId === entry.processId) ?? instance;
    const page = generated
      ? pageOf(generated)
      : await this.render(entry, source, await this.queries.variablesOf(source.key));
    return this.resolved(page, instance, {
      account: by.account.id,
      roles: by.account.roles,
      reason: by.reason,
      purpose: 'document',
    });
  }

  /** A letter as the petitioner reads it with the tracking code. */
  async openForPetitioner(document: StoredDocument): Promise<string> {
    const instance = found(await this.queries.instance(document.processInstanceKey), 'process instance');
    return this.resolved(pageOf(document), instance, {
      account: VISITOR,
      roles: [VISITOR],
      reason: `${visitorName(this.configuration)}凭查询码查看文书`,
      purpose: 'delivery',
    });
  }

  /** What the account that began the process is called; null where a visitor or the platform began it. */
  private async starterOf({ startedBy }: InstanceRecord): Promise<string | null> {
    return startedBy === VISITOR ? null : ((await this.names.account(startedBy))?.name ?? null);
  }

  mayOpen(entry: DocumentEntry, account: SignedIn): boolean {
    return (entry.roles ?? []).some((role) => account.roles.includes(role));
  }

  /** True where opening the page opens protected values; of one that is made when it is opened, where it may hold some. */
  needsReason(entry: DocumentEntry, made: StoredDocument | undefined): boolean {
    return made ? pageOf(made).handles.length > 0 : entry.compiled.names.reads.length > 0;
  }

  /** Values that the reader's roles may not see stay masked; the others are recorded first, then put in. */
  private async resolved(page: RenderedPage, instance: InstanceRecord, reader: Reader): Promise<string> {
    const sealedKeys = await this.allowed(page.handles, reader);
    if (sealedKeys.length === 0) return resolveHandles(page.html, () => undefined, this.token);
    const caseKey = instance.caseKey ?? instance.key;
    const request = { ...reader, caseKey, sealedKeys, processInstanceKey: instance.key };
    const commit = async (writes: readonly RowWrite[]): Promise<void> => void replyOf(await this.runtime.write(writes));
    const opened = await this.vault.reveal(request, this.configuration.current.roles.roles, commit);
    if (!opened.ok) throw revealRefusal(opened.code);
    const terms = documentTerms(this.configuration.current);
    const show = (key: string, dictionary?: string): string | undefined =>
      opened.values.has(key) ? printedValue(opened.values.get(key), terms, dictionary) : undefined;
    return withinLimits(page.title, () => resolveHandles(page.html, show, this.token));
  }

  private async allowed(handles: readonly string[], reader: Reader): Promise<readonly string[]> {
    const rows = await this.vaultRows(handles);
    return rows
      .filter((row) => mayReveal(reader.roles, row.class, this.configuration.current.roles.roles) === 'reason')
      .map((row) => row.sealed_key);
  }

  private vaultRows(handles: readonly string[]): ReturnType<WorkQueries['sealedClasses']> {
    return this.workQueries.sealedClasses(handles);
  }

  private readonly token = (sealedKey: string): string =>
    createHmac('sha256', this.masterKey.commonKey).update(`document:${sealedKey}`).digest('base64url').slice(0, 16);
}

const pageOf = (document: StoredDocument): RenderedPage => ({
  title: document.title,
  html: document.html,
  handles: Object.keys(document.handles),
});

/** What a refused look answers. */
export function revealRefusal(code: 'reasonMissing' | 'notFound' | 'notAllowed' | 'tooMany'): Refusal {
  const refusals = {
    reasonMissing: () =>
      new Refusal('invalidForm', 'Expected a reason of 2 to 200 characters.', {
        zh: '请填写查看理由（2至200字）。',
        fields: [{ path: '/reason', message: '请填写查看理由（2至200字）' }],
      }),
    notFound: () => notFound('protected value'),
    notAllowed: () =>
      new Refusal('forbidden', 'Expected a role that may see this class.', { zh: '您的岗位无权查看这项内容。' }),
    tooMany: () => new Refusal('invalidArgument', 'Expected at most 1,000 values at once.'),
  };
  return refusals[code]();
}

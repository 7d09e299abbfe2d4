import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PortalRoute } from '#configuration';
import type { FormFile } from '#forms';
import { submitForm } from '#forms';
import type { RowWrite, Runtime } from '#runtime';
import type { MasterKey, Vault } from '#vault';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DocumentsService } from '../documents/documents.service.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { SealingService } from '../reveals/sealing.service.js';
import { MASTER_KEY, RUNTIME, VAULT } from '../tokens.js';
import { FormContextService } from './form-context.service.js';
import type { Named } from './names.service.js';
import { trackingCodeFrom } from './tracking-code.js';

export interface StartRequest {
  readonly processId: string;
  readonly startMessage?: string;
  readonly formId?: string;
  readonly data: unknown;
  /** Open variables beside the form. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What fields with `x-source: accounts` offer. */
  readonly accounts?: readonly Named[] | null;
  /** Account id; absent for a petitioner. */
  readonly by?: string;
  /** Whose name the form may fill in. */
  readonly signedIn?: Named;
  /** A tracking code is made for the petitioner. */
  readonly tracking?: boolean;
  /** Six digits, chosen by the petitioner. */
  readonly pin?: string;
  readonly pinWhen?: string;
  /** Another process that takes the form in where its condition over what was filled in is true. */
  readonly routes?: readonly PortalRoute[];
  /** Document that is printed with the code. */
  readonly receipt?: string;
  readonly drillField?: string;
  /** The case that the instance joins: what the form protects is sealed under its key. */
  readonly joins?: JoinedCase;
  readonly idempotencyKey?: string;
}

export interface JoinedCase {
  readonly caseKey: string;
  readonly caseNo: string | null;
}

export interface Started {
  readonly processInstanceKey: string;
  readonly caseNo: string | null;
  /** `XXXX-XXXX-XXXX`; told this once, stored as a keyed hash alone. */
  readonly trackingCode?: string;
  readonly receiptHtml?: string;
}

const PIN = /^\d{6}$/;

/** Starts an instance with a filled form: checks, seals, draws the number, commits all of it together. */
@Injectable()
export class CaseStarterService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly forms: FormContextService,
    private readonly sealing: SealingService,
    private readonly documents: DocumentsService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
  ) {}

  async start(wish: StartRequest): Promise<Started> {
    const { current } = this.configuration;
    const data =
      wish.formId === undefined ? {} : this.checked(wish, found(current.forms.get(wish.formId), `form ${wish.formId}`));
    const request = this.routed(wish, data);
    const process = found(
      current.processes.find(({ id }) => id === request.processId),
      `process ${request.processId}`,
    );
    const pinHash = await this.pinHashOf(request, data);
    const processInstanceKey = await this.runtime.nextKey();
    const caseKey = request.joins?.caseKey ?? processInstanceKey;
    const opened = request.joins ? undefined : this.vault.createCase(caseKey);
    const by = request.by ?? 'portal';
    const form = request.formId === undefined ? undefined : current.forms.get(request.formId);
    const place = { caseKey, by, ...(opened && { cipher: opened.cipher }) };
    const sealed = form ? await this.sealing.seal(form, data, place) : { variables: {}, writes: [] };
    const code = request.tracking ? trackingCodeFrom(this.codeSeed(request)) : undefined;
    const series = process.caseSeries === undefined ? undefined : current.numbering[process.caseSeries];
    const reply = replyOf(
      await this.runtime.createInstance({
        bpmnProcessId: request.processId,
        ...(request.startMessage !== undefined && { startMessage: request.startMessage }),
        variables: { ...request.variables, ...sealed.variables },
        by,
        processInstanceKey,
        caseKey,
        ...(request.joins && request.joins.caseNo !== null && { caseNo: request.joins.caseNo }),
        ...(series &&
          process.caseSeries !== undefined && { caseNumber: { series: process.caseSeries, pattern: series.pattern } }),
        ...(request.drillField !== undefined && { drill: isTrue(data, request.drillField) }),
        ...(request.idempotencyKey !== undefined && { idempotencyKey: request.idempotencyKey }),
        writes: () => [...(opened?.writes ?? []), ...sealed.writes, ...this.trackingWrites(code, caseKey, pinHash)],
      }),
    );
    const receiptHtml =
      request.receipt === undefined ? undefined : await this.receipt(request, reply.processInstanceKey, code);
    return {
      processInstanceKey: reply.processInstanceKey,
      caseNo: reply.caseNo,
      ...(code !== undefined && { trackingCode: code }),
      ...(receiptHtml !== undefined && { receiptHtml }),
    };
  }

  /** To the process of the first route that fits what was filled in; else as it was asked for. */
  private routed({ routes = [], ...request }: StartRequest, data: Readonly<Record<string, unknown>>): StartRequest {
    const route = routes.find(({ when }) => this.forms.holds(when, data));
    if (!route) return request;
    const { startMessage: _, ...rest } = request;
    const { processId, startMessage } = route;
    return { ...rest, processId, ...(startMessage !== undefined && { startMessage }) };
  }

  private checked(request: StartRequest, form: FormFile): Readonly<Record<string, unknown>> {
    const { accounts = null, signedIn } = request;
    const submission = submitForm(form, request.data, this.forms.context({}, { accounts, signedIn }));
    if (!submission.ok)
      throw new Refusal('invalidForm', 'Expected a form without faults.', { fields: submission.fields });
    return submission.data;
  }

  private async pinHashOf(request: StartRequest, data: Readonly<Record<string, unknown>>): Promise<string | null> {
    const isWanted = request.pinWhen !== undefined && this.forms.holds(request.pinWhen, data);
    if (!isWanted && !request.pin) return null;
    if (request.pin && PIN.test(request.pin)) return this.vault.hashPin(request.pin);
    throw new Refusal('invalidForm', 'Expected a PIN of six digits.', {
      fields: [{ path: '/pin', message: '请设置 6 位数字密码' }],
    });
  }

  /**
   * A submission that is sent again with its idempotency key gets the same code, although only a hash of it is stored:
   * the code is derived from that key with a secret of the installation.
   */
  private codeSeed({ idempotencyKey, processId, by }: StartRequest): Buffer {
    const seed = idempotencyKey ?? randomUUID();
    return createHmac('sha256', this.masterKey.commonKey)
      .update(JSON.stringify(['trackingCode', processId, by ?? 'portal', seed]))
      .digest();
  }

  private trackingWrites(code: string | undefined, caseKey: string, pinHash: string | null): RowWrite[] {
    const hash = code === undefined ? undefined : this.vault.trackingHash(code);
    if (hash === undefined) return [];
    return [
      {
        insert: 'tracking_codes',
        rows: [{ hash, case_key: caseKey, pin_hash: pinHash, created_at: this.runtime.now() }],
      },
    ];
  }

  private receipt(request: StartRequest, processInstanceKey: string, code: string | undefined): Promise<string> {
    return this.documents.receipt({
      documentId: request.receipt ?? '',
      processInstanceKey,
      ...(code !== undefined && { trackingCode: code }),
    });
  }
}

function isTrue(data: Readonly<Record<string, unknown>>, field: string): boolean {
  return data[field] === true;
}

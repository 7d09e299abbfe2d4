import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { Logger } from 'pino';
import type { MasterKey } from '#vault';
import type { AccessRequest } from '../access/decorators.js';
import { asRefusal, documentOf } from '../problems/problem-document.js';
import { Refusal } from '../problems/refusal.js';
import { LOG, MASTER_KEY } from '../tokens.js';
import { canonicalJson } from './canonical-json.js';
import { type ClientRequest, ClientRequests } from './client-requests.service.js';
import { COMMAND, type Repetition } from './repetition.js';
import { inScope, type RequestScope } from './request-scope.js';
import { StoredAnswer } from './stored-answer.js';

interface Call {
  readonly scope: RequestScope;
  readonly repetition: Repetition;
  readonly url: string;
  /** Status of success that the handler declares. */
  readonly status: number;
  run(): Promise<unknown>;
}

/** Refusals that say what became of the command; others (wrong input, overload) may be mended and sent again. */
const KEPT_REFUSALS = new Set([404, 409]);
const NO_CONTENT = 204;

/**
 * `Idempotency-Key` on commands: a repetition is answered as the first was, also when the process died between COMMIT and
 * the answer, since the units of work keep the key themselves. The key belongs to the account and to one content.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly requests: ClientRequests,
    @Inject(MASTER_KEY) private readonly masterKey: MasterKey,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const key = request.headers['idempotency-key'];
    const repetition = this.reflector.get<Repetition | undefined>(COMMAND, context.getHandler());
    if (key === undefined || repetition === undefined || !request.account) return next.handle();
    return from(this.once(this.callOf(request, { key: checked(key), repetition, context, next })));
  }

  private callOf(
    request: AccessRequest,
    asked: { key: string; repetition: Repetition; context: ExecutionContext; next: CallHandler },
  ): Call {
    const { key, repetition, context, next } = asked;
    const declared = this.reflector.get<number | undefined>(HTTP_CODE_METADATA, context.getHandler());
    const { method, url, body, headers } = request;
    // Files are not read yet: their size stands for them.
    const content = canonicalJson([method, url, body === undefined ? headers['content-length'] : { body }]);
    const fingerprint = this.masterKey.indexHash('clientRequest', content);
    return {
      scope: { account: request.account!.id, key, fingerprint, units: new Map() },
      repetition,
      url: request.url,
      status: declared ?? (request.method === 'POST' ? 201 : 200),
      run: () => lastValueFrom(next.handle(), { defaultValue: undefined }),
    };
  }

  private async once(call: Call): Promise<unknown> {
    const { account, key } = call.scope;
    const id = `${account}\u0000${key}`;
    await this.othersKept(id);
    const turn: { kept?: Promise<void> } = {};
    this.requests.running.set(id, turn);
    const leave = () => void this.requests.running.delete(id);
    try {
      const known = await this.requests.find(call.scope);
      if (known && known.fingerprint !== call.scope.fingerprint) throw reused();
      if (known && known.status !== null) return answerOf({ ...known, status: known.status });
      const value = await this.perform(call, known !== undefined);
      if (call.repetition === 'own') return value;
      turn.kept = this.keep(call, call.status, value).finally(leave);
      return value;
    } finally {
      if (!turn.kept) leave();
    }
  }

  /** Resolves when no answer to the key is being kept. @throws Refusal `conflict` where one is not known yet */
  private async othersKept(id: string): Promise<void> {
    for (let other = this.requests.running.get(id); other; other = this.requests.running.get(id)) {
      if (!other.kept) throw underWay();
      await other.kept;
    }
  }

  private async perform(call: Call, isRepeated: boolean): Promise<unknown> {
    try {
      return await inScope(call.scope, call.run);
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal || !KEPT_REFUSALS.has(refusal.status)) throw error;
      // The effect was committed before, and what it changed now stands in its own way.
      if (isRepeated && call.status === NO_CONTENT) return undefined;
      if (call.repetition === 'stored') await this.keep(call, refusal.status, documentOf(refusal, call.url));
      throw error;
    }
  }

  /** A lost answer is no harm: the units of the request tell the same when it comes again. */
  private async keep({ scope }: Call, status: number, value: unknown): Promise<void> {
    const answer: ClientRequest = {
      fingerprint: scope.fingerprint,
      status,
      body: value === undefined ? null : JSON.stringify(value),
    };
    await this.requests
      .remember(scope, answer)
      .catch((error: unknown) => this.log.warn({ err: error }, 'the answer to a command could not be kept'));
  }
}

function checked(key: string | readonly string[]): string {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Refusal(
    'invalidArgument',
    'Expected Idempotency-Key to be 1 to 200 printable ASCII characters without blanks.',
  );
}

function answerOf({ status, body }: ClientRequest & { readonly status: number }): unknown {
  if (status >= 400) throw new StoredAnswer(status, body ?? '{}');
  return body === null ? undefined : JSON.parse(body);
}

const underWay = (): Refusal =>
  new Refusal('conflict', 'Expected the first request with this Idempotency-Key to have ended; wait for it.', {
    zh: '同一请求正在处理，请稍候。',
    retryAfterSeconds: 1,
  });

const reused = (): Refusal =>
  new Refusal(
    'keyReused',
    'Expected an Idempotency-Key of its own for this request but it was used for another content.',
    {
      zh: '该请求标识已用于另一内容，请刷新页面后重试。',
    },
  );

import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import type { Queries } from '#persistence';
import type { AccessRequest } from '../access/decorators.js';
import { QUERIES } from '../tokens.js';
import { Refusal } from './refusal.js';

type Params = Readonly<Record<string, string | undefined>>;

/** Which parameter of a route names what. */
const kinds = {
  userTaskKey: 'userTasks',
  jobKey: 'jobs',
  incidentKey: 'incidents',
  processInstanceKey: 'processInstances',
  batchOperationKey: 'batchOperations',
} as const;

/** Who lost a race learns with the 409 how the thing stands now (`current`): its key and state, no content. */
@Injectable()
export class CurrentStateInterceptor implements NestInterceptor {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (!(error instanceof Refusal) || error.status !== 409) throw error;
        const current = await this.current(paramsOf(request));
        if (!current) throw error;
        throw new Refusal(error.code, error.message, { ...error.details, more: { ...error.details.more, current } });
      }),
    );
  }

  private async current(params: Params): Promise<Readonly<Record<string, unknown>> | undefined> {
    for (const [name, entity] of Object.entries(kinds)) {
      const key = params[name];
      if (key === undefined || !/^\d{1,19}$/.test(key)) continue;
      const found = await this.queries.get(entity, key);
      if (found) return { [name]: key, state: stateOf(found) };
    }
    return undefined;
  }
}

/** A suspended instance is active to a search, but that is not why it was refused. */
const stateOf = (found: { readonly state: string; readonly suspendedDate?: number | null }): string =>
  found.state === 'ACTIVE' && typeof found.suspendedDate === 'number' ? 'SUSPENDED' : found.state;

function paramsOf({ params, url }: AccessRequest): Params {
  const named = params as Params;
  return url.startsWith('/api/tasks/') && named['key'] !== undefined ? { userTaskKey: named['key'] } : named;
}

import type { EngineEvent, Key } from '#engine';
import type { RowOperation } from '../ports.js';
import { NOTHING, placeOf } from './projection.js';
import type { Projection } from './projection.js';

const KINDS = { execution: 'EXECUTION_LISTENER', task: 'TASK_LISTENER' } as const;

/** Jobs; a job that ends or fails loses its lease. */
export const jobRows: Projection = (event, context) => {
  switch (event.type) {
    case 'jobCreated':
      return [
        {
          insert: 'jobs',
          row: {
            key: event.jobKey,
            ...placeOf(context),
            type: event.jobType,
            state: 'CREATED',
            retries: event.retries,
            worker: null,
            deadline: null,
            retry_at: null,
            lease: 0,
            headers: JSON.stringify(event.headers),
            error_code: null,
            error_message: null,
            process_version: context.record.version,
            element_id: event.elementId,
            element_instance_key: event.elementInstanceKey,
            created_at: context.now,
            kind: kindOf(event),
            listener_event: event.listener?.eventType.toUpperCase() ?? null,
            ended_at: null,
          },
        },
      ];
    case 'jobCompleted':
      return [update(event.jobKey, { state: 'COMPLETED', ended_at: context.now })];
    case 'jobFailed':
      return [
        update(event.jobKey, {
          state: 'FAILED',
          retries: event.retries,
          error_message: event.errorMessage,
          retry_at: event.retryAt ?? null,
          deadline: null,
          worker: null,
          claimed_by: null,
        }),
      ];
    case 'jobErrorThrown':
      return [
        update(event.jobKey, {
          state: 'ERROR_THROWN',
          ended_at: context.now,
          error_code: event.errorCode,
          error_message: event.errorMessage ?? null,
        }),
      ];
    case 'jobRetriesUpdated':
      return [update(event.jobKey, { state: 'RETRIES_UPDATED', retries: event.retries, retry_at: null })];
    case 'jobCanceled':
      return [update(event.jobKey, { state: 'CANCELED', ended_at: context.now })];
    default:
      return NOTHING;
  }
};

const kindOf = ({ listener, isAdHoc }: Extract<EngineEvent, { readonly type: 'jobCreated' }>) => {
  if (isAdHoc) return 'AD_HOC_SUB_PROCESS';
  return listener ? KINDS[listener.kind] : null;
};

const update = (key: Key, set: Readonly<Record<string, unknown>>): RowOperation => ({
  update: 'jobs',
  key: { key },
  set,
});

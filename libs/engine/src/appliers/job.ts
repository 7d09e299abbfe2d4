import type { Key } from '../state.js';
import { change, disown, instanceOf, own, put, type Draft } from './draft.js';
import type { Appliers } from './index.js';

export const jobAppliers: Pick<
  Appliers,
  'jobCreated' | 'jobCompleted' | 'jobFailed' | 'jobErrorThrown' | 'jobRetriesUpdated' | 'jobCanceled'
> = {
  jobCreated(draft, { jobKey, elementInstanceKey, retries, listener }) {
    own(draft, 'jobs', jobKey, { elementInstanceKey, retries, ...(listener && { listener }) });
  },
  jobCompleted(draft, { jobKey }) {
    const job = draft.state.jobs.get(jobKey);
    disown(draft, 'jobs', jobKey);
    if (job?.listener?.kind !== 'execution' && job?.listener?.eventType !== 'canceling') return;
    const instance = instanceOf(draft, job.elementInstanceKey);
    change(draft, instance, { listenersDone: job.listener.index + 1 });
  },
  jobFailed: (draft, { jobKey, retries, retryAt }) => setRetries(draft, jobKey, retries, retryAt),
  jobErrorThrown: (draft, { jobKey }) => disown(draft, 'jobs', jobKey),
  jobRetriesUpdated: (draft, { jobKey, retries }) => setRetries(draft, jobKey, retries),
  jobCanceled: (draft, { jobKey }) => disown(draft, 'jobs', jobKey),
};

function setRetries(draft: Draft, jobKey: Key, retries: number, retryAt?: number): void {
  const job = draft.state.jobs.get(jobKey);
  if (!job) return;
  const { retryAt: _before, ...rest } = job;
  put(draft, 'jobs', [jobKey, { ...rest, retries, ...(retryAt !== undefined && { retryAt }) }]);
}

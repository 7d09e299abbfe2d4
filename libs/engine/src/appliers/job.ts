import type { Key } from '../state.js';
import { remove, writable, type Draft } from './draft.js';
import type { Appliers } from './index.js';

export const jobAppliers: Pick<
  Appliers,
  'jobCreated' | 'jobCompleted' | 'jobFailed' | 'jobErrorThrown' | 'jobRetriesUpdated' | 'jobCanceled'
> = {
  jobCreated(draft, { jobKey, elementInstanceKey, retries }) {
    writable(draft, 'jobs')[jobKey] = { elementInstanceKey, retries };
  },
  jobCompleted: (draft, { jobKey }) => remove(draft, 'jobs', jobKey),
  jobFailed: (draft, { jobKey, retries }) => setRetries(draft, jobKey, retries),
  jobErrorThrown: (draft, { jobKey }) => remove(draft, 'jobs', jobKey),
  jobRetriesUpdated: (draft, { jobKey, retries }) => setRetries(draft, jobKey, retries),
  jobCanceled: (draft, { jobKey }) => remove(draft, 'jobs', jobKey),
};

function setRetries(draft: Draft, jobKey: Key, retries: number): void {
  const jobs = writable(draft, 'jobs');
  const job = jobs[jobKey];
  if (job) jobs[jobKey] = { ...job, retries };
}

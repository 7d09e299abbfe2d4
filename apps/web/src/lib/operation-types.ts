/** What operators are shown. */

export type BatchOperation = {
  batchOperationKey: string;
  batchOperationType: string;
  state: string;
  startDate: string;
  endDate?: string;
  operationsTotalCount: number;
  operationsFailedCount: number;
  operationsCompletedCount: number;
  errors: { message: string }[];
};

export type BatchItem = { itemKey: string; processInstanceKey: string; state: string; errorMessage?: string };

export type DeadLetter = {
  key: string;
  kind: string;
  name: string;
  processInstanceKey: string | null;
  attempts: number;
  errorMessage: string;
  createdAt: string;
  failedAt: string;
};

export type Schedule = {
  id: string;
  title: string;
  processId: string;
  processName: string;
  dueAt: string | null;
  lastAt: string | null;
};

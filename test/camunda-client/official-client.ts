import { type CamundaClient, createCamundaClient } from '@camunda8/orchestration-cluster-api';
import type { TestApp } from '../e2e/start-app.js';

export interface ClientOptions {
  /** Demo account; default `admin`. */
  readonly account?: string;
  readonly password?: string;
  /** Default `BASIC`; `OAUTH` asks our own token endpoint. */
  readonly strategy?: 'BASIC' | 'OAUTH';
}

/** Every search of the client takes it: how long it may ask again where a search finds nothing. Here it must find at once. */
export const atOnce = { consistency: { waitUpToMs: 0 } } as const;

/** The official client, unmodified, with the strictest checks of what it sends and gets. */
export function officialClient(
  { url }: Pick<TestApp, 'url'>,
  { account = 'admin', password = 'demo', strategy = 'BASIC' }: ClientOptions = {},
): CamundaClient {
  const credentials =
    strategy === 'BASIC'
      ? { CAMUNDA_BASIC_AUTH_USERNAME: account, CAMUNDA_BASIC_AUTH_PASSWORD: password }
      : {
          CAMUNDA_OAUTH_URL: `${url}/oauth/token`,
          CAMUNDA_CLIENT_ID: account,
          CAMUNDA_CLIENT_SECRET: password,
          CAMUNDA_OAUTH_RETRY_MAX: 0,
        };
  return createCamundaClient({
    config: {
      CAMUNDA_REST_ADDRESS: url,
      CAMUNDA_AUTH_STRATEGY: strategy,
      CAMUNDA_SDK_VALIDATION: 'fanatical',
      CAMUNDA_SDK_LOG_LEVEL: 'silent',
      ...credentials,
    } as never,
  });
}

/** The status and detail of a refusal that the client threw; fails where nothing was refused. */
export async function refusalOf(
  asked: Promise<unknown>,
): Promise<{ readonly status: number; readonly detail: string }> {
  const error: unknown = await asked.then(
    (answer) => {
      throw new Error(`Expected a refusal but got ${JSON.stringify(answer)?.slice(0, 200)}.`);
    },
    (thrown: unknown) => thrown,
  );
  const { status, detail, message } = error as { status?: number; detail?: string; message?: string };
  if (status === undefined) throw error;
  return { status, detail: detail ?? message ?? '' };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeProcess } from './node-process.js';

const AUTHORIZATION = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
const TIMEOUT_MS = 20_000;

/** `cut`: nobody knows whether it was done; `refused`: certainly not done, worth another try later. */
export type Answer =
  | { readonly kind: 'done'; readonly body: unknown }
  | { readonly kind: 'no'; readonly status: number; readonly text: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'cut' };

/** Requests to the nodes, each to one of those that are up, as behind a load balancer. */
export class Requests {
  /** Answers with status 503 that did not name a time to come back. */
  withoutRetryAfter = 0;
  refused = 0;
  cut = 0;
  private turn = 0;

  constructor(private readonly nodes: readonly NodeProcess[]) {}

  async post(path: string, body: unknown): Promise<Answer> {
    const form = body instanceof FormData;
    return this.send(path, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION, ...(form ? {} : { 'content-type': 'application/json' }) },
      body: form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  private async send(path: string, request: RequestInit): Promise<Answer> {
    const node = await this.nextNode();
    try {
      const response = await fetch(`${node.url}${path}`, request);
      const text = await response.text();
      if (response.ok) return { kind: 'done', body: text === '' ? undefined : JSON.parse(text) };
      if (response.status === 429) return { kind: 'refused' };
      if (response.status !== 503) return { kind: 'no', status: response.status, text };
      this.refused += 1;
      if (!response.headers.has('retry-after')) this.withoutRetryAfter += 1;
      return { kind: text.includes('took effect') ? 'cut' : 'refused' };
    } catch {
      this.cut += 1;
      return { kind: 'cut' };
    }
  }

  private async nextNode(): Promise<NodeProcess> {
    for (;;) {
      this.turn += 1;
      const node = this.nodes[this.turn % this.nodes.length]!;
      if (node.isUp) return node;
      await sleep(5);
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { ElementInstanceView, Filter, Queries } from '#persistence';
import { QUERIES } from '../tokens.js';

export interface ElementCount {
  readonly elementId: string;
  readonly active: number;
  readonly canceled: number;
  readonly incidents: number;
  readonly completed: number;
}

/** Most rows that are counted; the statistics are for diagrams, not for accounting. */
const mostRows = 10_000;

/** Counts element instances by element, for badges on a diagram. */
@Injectable()
export class ElementStatistics {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  async of(filter: Filter): Promise<readonly ElementCount[]> {
    const { items } = await this.queries.search('elementInstances', { filter, page: { limit: mostRows } });
    const byElement = new Map<string, ElementInstanceView[]>();
    for (const item of items) byElement.set(item.elementId, [...(byElement.get(item.elementId) ?? []), item]);
    return [...byElement].map(([elementId, elements]) => ({
      elementId,
      active: elements.filter(({ state }) => state === 'ACTIVE').length,
      canceled: elements.filter(({ state }) => state === 'TERMINATED').length,
      incidents: elements.filter(({ hasIncident }) => hasIncident).length,
      completed: elements.filter(({ state }) => state === 'COMPLETED').length,
    }));
  }
}

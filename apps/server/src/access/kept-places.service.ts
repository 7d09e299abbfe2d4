import { Inject, Injectable } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { StoredDefinition } from '#runtime';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { QUERIES } from '../tokens.js';

const PROPERTY = 'ct.notOf';

/** A user task of a process. */
interface Place {
  readonly process: string;
  readonly element: string;
}

/**
 * Where `ct.notOf` stands, in whatever version of a process and whoever deployed it: instances run on as they began. Lists
 * ask at every look, so that what was found is kept, and only what came with later sets is read. In a definition that
 * cannot be read any more each name counts: what is looked at too much does no harm.
 */
@Injectable()
export class KeptPlaces {
  private readonly places = new Map<string, Place>();
  private seenSet = 0;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  async all(): Promise<readonly Place[]> {
    const latest = await this.queries.latestSetId();
    if (latest > this.seenSet) {
      this.reading = this.reading.then(() => this.read(latest));
      const reading = this.reading;
      this.reading = reading.catch(() => undefined);
      await reading;
    }
    return [...this.places.values()];
  }

  private async read(latest: number): Promise<void> {
    if (latest <= this.seenSet) return;
    for (const stored of await this.queries.definitionsWith(PROPERTY, this.seenSet)) {
      const process = stored.bpmnProcessId;
      for (const element of await this.elementsOf(stored))
        this.places.set(`${process} ${element}`, { process, element });
    }
    this.seenSet = latest;
  }

  private async elementsOf({ key, xml }: StoredDefinition): Promise<readonly string[]> {
    const definition = await this.definitions.of(key).catch(() => undefined);
    if (definition === undefined) return [...xml.matchAll(/\sid\s*=\s*["']([^"']+)["']/g)].map(([, id]) => id!);
    return definition.elements.filter(({ properties }) => properties[PROPERTY] !== undefined).map(({ id }) => id);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { parseDmn } from '#dmn';
import type { DecisionFile, Queries } from '#persistence';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

/** A DMN file as it was deployed: the decision requirements graph of its decisions. */
export interface DecisionRequirements {
  /** The smallest key of its decisions, so that it needs no key of its own. */
  readonly key: string;
  /** Id and name of the file's `definitions`. */
  readonly id: string;
  readonly name: string;
  /** Counts the deployed versions of the id. */
  readonly version: number;
  readonly resourceName: string;
  readonly decisions: DecisionFile['decisions'];
}

/** One version of a decision and the graph that it stands in. */
export interface CatalogDecision {
  readonly key: string;
  readonly decisionId: string;
  readonly name: string;
  readonly version: number;
  readonly requirements: DecisionRequirements;
}

interface GraphName {
  readonly id: string;
  readonly name: string;
}

/** All deployed DMN files. They never change, so what was read of one is kept. */
@Injectable()
export class DecisionCatalog {
  private readonly names = new Map<string, Promise<GraphName>>();

  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  async requirements(): Promise<readonly DecisionRequirements[]> {
    const files = await this.queries.decisionFiles();
    const versions = new Map<string, number>();
    const all: DecisionRequirements[] = [];
    for (const { setId, resourceName, decisions } of files) {
      const first = decisions[0]!;
      const { id, name } = await this.nameOf(first.key, first.decisionId, setId);
      const version = (versions.get(id) ?? 0) + 1;
      versions.set(id, version);
      all.push({ key: first.key, id, name, version, resourceName, decisions });
    }
    return all;
  }

  async decisions(): Promise<readonly CatalogDecision[]> {
    const all = await this.requirements();
    return all.flatMap((requirements) => requirements.decisions.map((decision) => ({ ...decision, requirements })));
  }

  /** The decision of a key. @throws Refusal `notFound` */
  async decision(key: string): Promise<CatalogDecision> {
    const all = await this.decisions();
    return found(
      all.find((decision) => decision.key === key),
      `decision definition ${key}`,
    );
  }

  /** The graph of a key. @throws Refusal `notFound` */
  async graph(key: string): Promise<DecisionRequirements> {
    const all = await this.requirements();
    return found(
      all.find((requirements) => requirements.key === key),
      `decision requirements ${key}`,
    );
  }

  /** The DMN file of a graph. */
  async xml({ decisions, key }: DecisionRequirements): Promise<string> {
    const { decisionId } = decisions[0]!;
    const view = found(
      await this.queries.get('decisionDefinitions', decisions[0]!.key),
      `decision requirements ${key}`,
    );
    return found(await this.queries.decision(decisionId, view.setId), `decision requirements ${key}`).xml;
  }

  private nameOf(key: string, decisionId: string, setId: number): Promise<GraphName> {
    const known = this.names.get(key);
    if (known) return known;
    const reading = this.read(decisionId, setId);
    this.names.set(key, reading);
    reading.catch(() => this.names.delete(key));
    return reading;
  }

  private async read(decisionId: string, setId: number): Promise<GraphName> {
    const { xml } = found(await this.queries.decision(decisionId, setId), `decision ${decisionId}`);
    const { model } = await parseDmn(xml);
    return { id: model?.id ?? decisionId, name: model?.name ?? decisionId };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Decision } from '#dmn';
import { scopeOf } from '#feel';
import type { Queries } from '#persistence';
import { compileStored, type Runtime, type StoredDecision } from '#runtime';
import { found, Refusal } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { DecisionCatalog } from './decision-catalog.service.js';
import { inputItems } from './decision-views.js';
import { tenant } from './search.js';

export interface DecisionName {
  readonly decisionDefinitionId?: string | undefined;
  readonly decisionDefinitionKey?: string | undefined;
}

const cachedDecisions = 200;

/** Evaluates decisions of deployed DMN files outside of any process. */
@Injectable()
export class DecisionsService {
  private readonly compiled = new Map<string, Decision>();

  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly catalog: DecisionCatalog,
  ) {}

  async stored(key: string): Promise<StoredDecision> {
    const view = found(await this.queries.get('decisionDefinitions', key), `decision definition ${key}`);
    return found(await this.queries.decision(view.decisionDefinitionId, view.setId), `decision definition ${key}`);
  }

  async evaluate(name: DecisionName, variables: Readonly<Record<string, unknown>>) {
    const stored = await this.find(name);
    const decision = await this.compile(stored);
    const result = decision.evaluate(scopeOf({ ...variables }), this.runtime.evaluationContext());
    if (!result.ok)
      throw new Refusal(
        'invalidArgument',
        `Expected decision ${stored.decisionId} to give a result but: ${result.message}`,
      );
    const evaluation = {
      decisionDefinitionId: stored.decisionId,
      decisionDefinitionName: stored.name,
      decisionDefinitionVersion: stored.version,
      output: JSON.stringify(result.output ?? null),
      tenantId: tenant,
      decisionDefinitionKey: stored.key,
    };
    const evaluationKey = await this.runtime.nextKey();
    const matchedRules = (result.ruleOutputs ?? []).map(({ ruleId, number: ruleIndex, outputs }) => ({
      ruleId,
      ruleIndex,
      evaluatedOutputs: outputs.map(({ name, label, value }) => ({
        outputId: name,
        outputName: label,
        outputValue: JSON.stringify(value ?? null),
      })),
    }));
    const evaluatedInputs = inputItems(result.inputs);
    const { requirements } = await this.catalog.decision(stored.key);
    const decisionDefinitionType = decision.table ? 'DECISION_TABLE' : 'LITERAL_EXPRESSION';
    return {
      ...evaluation,
      decisionRequirementsId: requirements.id,
      decisionRequirementsKey: requirements.key,
      // The schema wants a decision id here even where nothing failed; the empty message tells.
      failedDecisionDefinitionId: stored.decisionId,
      failureMessage: '',
      decisionInstanceKey: evaluationKey,
      decisionEvaluationKey: evaluationKey,
      evaluatedDecisions: [{ ...evaluation, decisionDefinitionType, matchedRules, evaluatedInputs }],
    };
  }

  private async find({ decisionDefinitionId, decisionDefinitionKey }: DecisionName): Promise<StoredDecision> {
    if ((decisionDefinitionId === undefined) === (decisionDefinitionKey === undefined)) {
      throw new Refusal('invalidArgument', 'Expected either decisionDefinitionId or decisionDefinitionKey.');
    }
    if (decisionDefinitionKey !== undefined) return this.stored(decisionDefinitionKey);
    return found(await this.queries.decision(decisionDefinitionId ?? ''), `decision ${decisionDefinitionId}`);
  }

  private async compile(stored: StoredDecision): Promise<Decision> {
    const known = this.compiled.get(stored.key);
    if (known) return known;
    const decision = found(await compileStored(stored), `decision ${stored.decisionId}`);
    if (this.compiled.size >= cachedDecisions) this.compiled.clear();
    this.compiled.set(stored.key, decision);
    return decision;
  }
}

import type { Problem } from '#bpmn';
import type { EvaluationContext, FeelScope, FeelWarning } from '#feel';

export interface DmnModel {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly decisions: readonly CompiledDecision[];
  readonly services: readonly CompiledInvocable[];
  readonly knowledgeModels: readonly CompiledInvocable[];
}

/** A decision with all that it requires, ready to evaluate. */
export interface CompiledDecision {
  readonly decisionId: string;
  readonly name: string;
  /** Variables that the decision and its required decisions read, as dotted paths (`case.amount`). */
  readonly reads: readonly string[];
  readonly inputs: readonly DecisionInput[];
  readonly outputs: readonly DecisionOutput[];
  /** Present when the logic is a decision table. */
  readonly table?: DecisionTable;
  /** Evaluates required decisions first. Never throws for what a model or a variable holds. */
  evaluate(scope: FeelScope, context: EvaluationContext): DecisionResult;
}

/** A decision service or business knowledge model, called with its parameters by name. */
export interface CompiledInvocable {
  readonly id: string;
  readonly name: string;
  evaluate(scope: FeelScope, context: EvaluationContext): DecisionResult;
}

export interface DecisionInput {
  /** Label, or the expression where there is none. */
  readonly label: string;
  readonly expression: string;
  readonly typeRef?: string;
}

export interface DecisionOutput {
  readonly name: string;
  readonly label: string;
  readonly typeRef?: string;
  /** `outputValues` of the column, else the allowed values of its type, the most important first. */
  readonly allowedValues?: string;
}

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

/** A decision table as written, for analysis and display. */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: Aggregation;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly DecisionOutput[];
  readonly rules: readonly TableRule[];
  /** True when an output column has a default: no match is no gap then. */
  readonly hasDefault: boolean;
}

export interface TableInput extends DecisionInput {
  /** `inputValues` of the column as unary tests. */
  readonly allowedValues?: string;
  /** Tests of the item definition behind `typeRef`, one for each level. */
  readonly typeAllows?: readonly string[];
  /** The FEEL type behind `typeRef`. */
  readonly base?: string;
}

export interface TableRule {
  readonly ruleId: string;
  /** Counts from 1, as the designer shows it. */
  readonly number: number;
  readonly inputEntries: readonly string[];
  readonly outputEntries: readonly string[];
}

/** A rule that was taken, with its output entries as they were evaluated, JSON. */
export interface RuleOutputs {
  readonly ruleId: string;
  /** Counts from 1. */
  readonly number: number;
  readonly outputs: readonly { readonly name: string; readonly label: string; readonly value: unknown }[];
}

export type DecisionResult =
  | {
      readonly ok: true;
      /** JSON. */
      readonly output: unknown;
      /** Rule ids by decision id, for every table that was evaluated. */
      readonly matchedRules: Readonly<Record<string, readonly string[]>>;
      /** Values of the decision's own input columns by label, JSON. */
      readonly inputs: Readonly<Record<string, unknown>>;
      /** Of the decision's own table, in the order of its rules; absent where it is none. */
      readonly ruleOutputs?: readonly RuleOutputs[];
      readonly warnings: readonly FeelWarning[];
    }
  | { readonly ok: false; readonly code: DecisionFailureCode; readonly message: string };

export type DecisionFailureCode =
  'severalRulesMatch' | 'rulesDisagree' | 'budgetExceeded' | 'depthExceeded' | 'aggregationFailed';

export interface ParsedDmn {
  /** Absent when there is an error. */
  readonly model?: DmnModel;
  readonly problems: readonly Problem[];
  /** Namespaces of the files that it imports and that were at hand, those of its imports included. */
  readonly imported?: readonly string[];
}

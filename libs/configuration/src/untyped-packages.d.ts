/** The entry for ECMAScript modules, which the package names for bundlers alone. */
declare module '@bpmn-io/element-templates-validator/dist/index.js' {
  interface TemplateFault {
    readonly keyword: string;
    readonly instancePath: string;
    readonly message: string;
  }
  /** Checks templates of Camunda 8 against their public JSON Schema; one result for each, in their order. */
  export function validateAllZeebe(templates: readonly object[]): {
    readonly results: readonly { readonly errors?: readonly TemplateFault[] | null }[];
  };
}

/** Checks models against rules; a resolver finds these by their names. */
declare module 'bpmnlint' {
  interface LintReport {
    readonly id?: string;
    readonly message: string;
    /** `rule-error` where the rule itself failed. */
    readonly category: 'error' | 'warn' | 'info' | 'rule-error';
  }
  interface ResolvedRule {
    readonly name: string;
  }
  export class Linter {
    constructor(options: { readonly resolver: unknown });
    resolveRules(config: { readonly extends: string }): Promise<readonly ResolvedRule[]>;
    applyRule(root: unknown, rule: ResolvedRule): readonly LintReport[];
  }
}

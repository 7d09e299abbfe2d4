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

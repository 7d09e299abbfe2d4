import type { Problem } from '#bpmn';
import {
  compileExpression,
  compileUnaryTests,
  type CompiledExpression,
  type CompileOptions,
  type CompileResult,
} from '#feel';
import type { XmlElement } from './xml-tree.js';

/** Compiles the FEEL texts of one file and gathers its problems. */
export class DmnCompiler {
  readonly problems: Problem[] = [];
  private owner: XmlElement | undefined;

  /** Types for `instance of`, once they are read. */
  types: CompileOptions['types'] = undefined;

  constructor(private readonly names: readonly string[]) {}

  /** Problems found while `work` runs name this decision, model or service. */
  inside<T>(owner: XmlElement, work: () => T): T {
    const before = this.owner;
    this.owner = owner;
    const result = work();
    this.owner = before;
    return result;
  }

  expression(text: string, at: XmlElement, place: string): CompiledExpression {
    return this.take(compileExpression(text, this.options()), text, at, place);
  }

  tests(text: string, at: XmlElement, place: string): CompiledExpression {
    return this.take(compileUnaryTests(text, this.options()), text, at, place);
  }

  error(code: string, message: string, at: XmlElement, place?: string): void {
    this.report('error', code, message, at, place);
  }

  warning(code: string, message: string, at: XmlElement): void {
    this.report('warning', code, message, at);
  }

  private report(severity: Problem['severity'], code: string, message: string, at: XmlElement, place?: string): void {
    const { id, name } = (this.owner ?? at).attributes;
    this.problems.push({
      severity,
      code: `dmn.${code}`,
      message,
      ...(id !== undefined && { elementId: id }),
      ...(name !== undefined && { elementName: name }),
      ...(place !== undefined && { place }),
      line: at.line,
    });
  }

  private options(): CompileOptions {
    return { names: this.names, ...(this.types && { types: this.types }) };
  }

  private take(result: CompileResult, text: string, at: XmlElement, place: string): CompiledExpression {
    if (result.ok) return result.expression;
    for (const { message, column } of result.problems) {
      this.error('feel', `${place}: ${message} (column ${column} of "${text.slice(0, 80)}")`, at, place);
    }
    return NOTHING;
  }
}

/** Stands in for a text with problems; the file is refused, so it is never evaluated. */
const NOTHING: CompiledExpression = {
  source: 'null',
  isStatic: false,
  reads: [],
  evaluate: () => ({ value: null, warnings: [] }),
};

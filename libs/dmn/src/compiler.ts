import type { Problem } from '#bpmn';
import {
  compileExpression,
  compileUnaryTests,
  type CompiledExpression,
  type CompileOptions,
  type CompileResult,
} from '#feel';
import { NamesByWord } from './known-names.js';
import type { XmlElement } from './xml-tree.js';

/** One sentence in both languages of the screens. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

type Compile = (source: string, options: CompileOptions) => CompileResult;

/** Compiles the FEEL texts of one file, each text once, and gathers its problems. */
export class DmnCompiler {
  readonly problems: Problem[] = [];
  private readonly names: NamesByWord;
  private readonly compiled = new Map<Compile, Map<string, CompileResult>>();
  private owner: XmlElement | undefined;
  private hostTypes: CompileOptions['types'];

  constructor(names: readonly string[]) {
    this.names = new NamesByWord(names);
  }

  /** Types for `instance of`, once they are read. */
  set types(types: CompileOptions['types']) {
    this.hostTypes = types;
    this.compiled.clear();
  }

  /** Problems found while `work` runs name this decision, model or service. */
  inside<T>(owner: XmlElement, work: () => T): T {
    const before = this.owner;
    this.owner = owner;
    const result = work();
    this.owner = before;
    return result;
  }

  expression(text: string, at: XmlElement, place: Text): CompiledExpression {
    return constantOf(text) ?? this.take(this.once(compileExpression, text), text, at, place);
  }

  tests(text: string, at: XmlElement, place: Text): CompiledExpression {
    return this.take(this.once(compileUnaryTests, text), text, at, place);
  }

  error(code: string, text: Text, at: XmlElement, place?: string): void {
    this.report('error', code, text, at, place);
  }

  warning(code: string, text: Text, at: XmlElement): void {
    this.report('warning', code, text, at);
  }

  private report(severity: Problem['severity'], code: string, { en, zh }: Text, at: XmlElement, place?: string): void {
    const { id, name } = (this.owner ?? at).attributes;
    this.problems.push({
      severity,
      code: `dmn.${code}`,
      message: en,
      messageZh: zh,
      ...(id !== undefined && { elementId: id }),
      ...(name !== undefined && { elementName: name }),
      ...(place !== undefined && { place }),
      line: at.line,
    });
  }

  private once(compile: Compile, text: string): CompileResult {
    const known = this.compiled.get(compile) ?? new Map<string, CompileResult>();
    this.compiled.set(compile, known);
    const result = known.get(text) ?? compile(text, this.optionsFor(text));
    known.set(text, result);
    return result;
  }

  private optionsFor(text: string): CompileOptions {
    return { names: this.names.within(text), ...(this.hostTypes && { types: this.hostTypes }) };
  }

  private take(result: CompileResult, text: string, at: XmlElement, place: Text): CompiledExpression {
    if (result.ok) return result.expression;
    const shown = text.slice(0, 80);
    for (const { message, messageZh = message, column } of result.problems) {
      const en = `${place.en}: ${message} (column ${column} of "${shown}")`;
      this.error('feel', { en, zh: `${place.zh}：“${shown}”第 ${column} 列的 FEEL 有误：${messageZh}` }, at, place.en);
    }
    return NOTHING;
  }
}

/** Most output cells are a short number or plain text, which need no compiler. */
function constantOf(text: string): CompiledExpression | undefined {
  const isNumber = /^\d{1,15}$/.test(text);
  if (!isNumber && !/^"[^"\\]*"$/.test(text)) return undefined;
  const evaluation = { value: isNumber ? Number(text) : text.slice(1, -1), warnings: [] };
  return { source: text, isStatic: false, reads: [], evaluate: () => evaluation };
}

/** Stands in for a text with problems; the file is refused, so it is never evaluated. */
const NOTHING: CompiledExpression = {
  source: 'null',
  isStatic: false,
  reads: [],
  evaluate: () => ({ value: null, warnings: [] }),
};

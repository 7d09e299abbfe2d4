import { compileExpression, scopeOf, type CompiledExpression, type FeelScope } from '#feel';
import type { DmnCompiler, Text } from './compiler.js';
import { compileTable } from './decision-table.js';
import { filterLogic, forLogic, quantifiedLogic, type Iteration } from './iterations.js';
import { functionValue, NULL_LOGIC, unbound, type DecisionRun, type Logic } from './logic.js';
import { setOwn } from './own-entry.js';
import { argumentOf, conform } from './conform.js';
import type { DmnType, TypeTable } from './types.js';
import { child, childrenOf, textOf, typeRefOf, type XmlElement } from './xml-tree.js';

/** What the compilation of logic needs to know. */
export interface LogicContext {
  readonly compiler: DmnCompiler;
  readonly types: TypeTable;
  /** Id of the decision, under which matched rules are noted. */
  readonly decisionId: string;
}

type Compile = (element: XmlElement, context: LogicContext) => Logic;

const KINDS: Readonly<Record<string, Compile>> = {
  literalExpression: compileLiteral,
  decisionTable: compileTable,
  context: compileContext,
  list: compileList,
  relation: compileRelation,
  invocation: compileInvocation,
  functionDefinition: compileFunction,
  conditional: compileConditional,
  filter: compileFilter,
  for: (element, context) => forLogic(iterationOf(element, context, 'return')),
  some: (element, context) => quantifiedLogic(iterationOf(element, context, 'satisfies'), true),
  every: (element, context) => quantifiedLogic(iterationOf(element, context, 'satisfies'), false),
};

/** The child of an element that is logic of any kind. */
export function logicIn(element: XmlElement | undefined): XmlElement | undefined {
  return element?.children.find((each) => Object.hasOwn(KINDS, each.name));
}

/** Compiles the boxed expression inside of an element; null where there is none. */
export function compileLogicIn(element: XmlElement | undefined, context: LogicContext): Logic {
  const logic = logicIn(element);
  return logic ? compileLogic(logic, context) : NULL_LOGIC;
}

/** Compiles a boxed expression (DMN 1.5, 7.3 and 10.2.2). */
export function compileLogic(element: XmlElement, context: LogicContext): Logic {
  const logic = (KINDS[element.name] as Compile)(element, context);
  const typeRef = typeRefOf(element);
  if (typeRef === undefined || element.name === 'functionDefinition') return logic;
  const type = context.types(typeRef);
  return {
    ...logic,
    evaluate: (scope, run) => conform(logic.evaluate(scope, run), type, run, `${element.name} on line ${element.line}`),
  };
}

/** A FEEL expression as logic. */
export function feelLogic(expression: CompiledExpression): Logic {
  return { reads: expression.reads, evaluate: (scope, run) => run.value(expression, scope) };
}

function compileLiteral(element: XmlElement, { compiler }: LogicContext): Logic {
  const text = textOf(element, 'text') ?? '';
  return text === '' ? NULL_LOGIC : feelLogic(compiler.expression(text, element, { en: 'expression', zh: '表达式' }));
}

function compileContext(element: XmlElement, context: LogicContext): Logic {
  const entries = childrenOf(element, 'contextEntry').map((entry) => {
    const variable = child(entry, 'variable');
    const type = context.types(typeRefOf(variable));
    return { name: variable?.attributes['name'], type, logic: compileLogicIn(entry, context) };
  });
  const names: string[] = [];
  const reads: string[] = [];
  for (const { name, logic } of entries) {
    reads.push(...unbound(logic.reads, names));
    if (name !== undefined) names.push(name);
  }
  return {
    reads,
    evaluate(scope, run) {
      const result: Record<string, unknown> = {};
      const inner = scopeOf(result, scope);
      for (const { name, type, logic } of entries) {
        const value = logic.evaluate(inner, run);
        if (name === undefined) return value;
        setOwn(result, name, conform(value, type, run, name));
      }
      return result;
    },
  };
}

function compileList(element: XmlElement, context: LogicContext): Logic {
  const items = element.children
    .filter((each) => Object.hasOwn(KINDS, each.name))
    .map((each) => compileLogic(each, context));
  return {
    reads: items.flatMap(({ reads }) => reads),
    evaluate: (scope, run) => items.map((item) => item.evaluate(scope, run)),
  };
}

/** A cell that a row does not have is null (DMN 1.5, 10.2.1.6). */
function compileRelation(element: XmlElement, context: LogicContext): Logic {
  const columns = childrenOf(element, 'column').map((column) => ({
    name: column.attributes['name'] ?? '',
    type: context.types(typeRefOf(column)),
  }));
  const rows = childrenOf(element, 'row').map((row) =>
    row.children.filter((each) => Object.hasOwn(KINDS, each.name)).map((each) => compileLogic(each, context)),
  );
  const evaluateRow = (row: readonly Logic[], scope: FeelScope, run: DecisionRun) =>
    Object.fromEntries(
      columns.map(({ name, type }, index) => [
        name,
        conform(row[index]?.evaluate(scope, run) ?? null, type, run, `column ${name}`),
      ]),
    );
  return {
    reads: rows.flat().flatMap(({ reads }) => reads),
    evaluate: (scope, run) => rows.map((row) => evaluateRow(row, scope, run)),
  };
}

const CALLEE = 'called function';

/** A function by name is called in FEEL; any other callee is evaluated first. */
function compileInvocation(element: XmlElement, context: LogicContext): Logic {
  const called = logicIn(element);
  const text = called?.name === 'literalExpression' ? (textOf(called, 'text') ?? '') : '';
  const isNamed = text !== '' && !/^(?:function\b|[({])/.test(text);
  const callee = isNamed || !called ? NULL_LOGIC : compileLogic(called, context);
  const bindings = childrenOf(element, 'binding').map((binding) => ({
    name: child(binding, 'parameter')?.attributes['name'] ?? '',
    logic: compileLogicIn(binding, context),
  }));
  const own = [CALLEE, ...bindings.map((_, index) => `argument ${index}`)];
  const args = bindings.map(({ name }, index) => `\`${name}\`: \`argument ${index}\``).join(', ');
  const call = context.compiler.expression(`${isNamed ? text : `\`${CALLEE}\``}(${args})`, element, {
    en: 'invocation',
    zh: '调用',
  });
  const parts = [callee, ...bindings.map(({ logic }) => logic)];
  return {
    reads: [...unbound(call.reads, own), ...parts.flatMap(({ reads }) => reads)],
    evaluate(scope, run) {
      const values = Object.fromEntries(parts.map((part, index) => [own[index], part.evaluate(scope, run)]));
      return run.value(call, scopeOf(values, scope));
    },
  };
}

/** Compiles a function definition; external functions (Java, PMML) are refused. */
export function compileFunction(element: XmlElement, context: LogicContext): Logic {
  const kind = element.attributes['kind'] ?? 'FEEL';
  if (kind !== 'FEEL') context.compiler.error('externalFunction', externalFunction(kind), element);
  const parameters = childrenOf(element, 'formalParameter').map((each) => ({
    name: each.attributes['name'] ?? '',
    type: context.types(typeRefOf(each)),
  }));
  const names = parameters.map(({ name }) => name);
  const body = compileLogicIn(element, context);
  const result = resultType(context.types(typeRefOf(element)));
  return {
    reads: unbound(
      body.reads,
      names.map((name) => name.split('.')[0] as string),
    ),
    evaluate: (scope, run) =>
      functionValue(names, (args) => {
        const values = parameters.map(
          ({ name, type }, index) => [name, argumentOf(args[index], type, run, name)] as const,
        );
        const value = run.enter(() => body.evaluate(scopeOf(nested(values), scope), run));
        return conform(value, result, run, 'result of a function');
      }),
  };
}

/** What a function gives: the output of its function type. A type that is none is taken for that of the result. */
export function resultType(type: DmnType): DmnType {
  if (type.returns) return type.returns();
  return type.base === 'function' ? { isCollection: false } : type;
}

function externalFunction(kind: string): Text {
  return {
    en: `Expected a FEEL function but found kind ${kind}.`,
    zh: `只支持用 FEEL 写的函数，不支持 ${kind} 类外部函数。`,
  };
}

/** A parameter may be named by a path (`Person.Gender`); the body then sees a context of that shape. */
function nested(values: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const [first = '', ...rest] = name.split('.');
    const inner = rest.reduceRight<unknown>((each, key) => ({ [key]: each }), value);
    result[first] = rest.length === 0 ? inner : { ...(result[first] as object | undefined), ...(inner as object) };
  }
  return result;
}

function compileConditional(element: XmlElement, context: LogicContext): Logic {
  const [condition, then, otherwise] = ['if', 'then', 'else'].map((name) =>
    compileLogicIn(child(element, name), context),
  ) as [Logic, Logic, Logic];
  return {
    reads: [condition, then, otherwise].flatMap(({ reads }) => reads),
    evaluate: (scope, run) => (condition.evaluate(scope, run) === true ? then : otherwise).evaluate(scope, run),
  };
}

function compileFilter(element: XmlElement, context: LogicContext): Logic {
  const source = compileLogicIn(child(element, 'in'), context);
  return filterLogic(source, compileLogicIn(child(element, 'match'), context));
}

/** What follows `in` of an iteration may be `1..10`, which is no expression by itself (DMN 1.5, 10.3.1.2, rule 63). */
function compileSource(element: XmlElement | undefined, context: LogicContext): Logic {
  const logic = logicIn(element);
  const text = logic?.name === 'literalExpression' ? (textOf(logic, 'text') ?? '') : '';
  if (!logic || !isBareRange(text)) return compileLogicIn(element, context);
  return feelLogic(context.compiler.expression(`for item in ${text} return item`, logic, RANGE));
}

const RANGE: Text = { en: 'range', zh: '区间' };

function isBareRange(text: string): boolean {
  return text.includes('..') && !compileExpression(text).ok && compileExpression(`for item in ${text} return item`).ok;
}

function iterationOf(element: XmlElement, context: LogicContext, bodyName: 'return' | 'satisfies'): Iteration {
  const name = element.attributes['iteratorVariable'] ?? 'item';
  return {
    name,
    source: compileSource(child(element, 'in'), context),
    body: compileLogicIn(child(element, bodyName), context),
  };
}

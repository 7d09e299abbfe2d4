import type { ArithmeticOperator, ComparisonOperator, Node } from '../parser/syntax.js';
import {
  addValues,
  divideValues,
  multiplyValues,
  negateValue,
  powerValues,
  subtractValues,
} from '../values/arithmetic.js';
import { compareValues, equalValues, type Payer } from '../values/compare.js';
import { kindOf } from '../values/kinds.js';
import { decimalOf, isNumber } from '../values/number.js';
import { shownKinds } from '../values/shown.js';
import { compileNode } from './compile-node.js';
import type { CompileState } from './lexical.js';
import type { Code, Env, Position } from './run.js';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (a: unknown, b: unknown) => unknown>> = {
  '+': addValues,
  '-': subtractValues,
  '*': multiplyValues,
  '/': divideValues,
  '**': powerValues,
};
const CHARACTERS_PER_STEP = 64;
/** A power with a fraction takes a logarithm and its inverse, of 34 digits. */
const STEPS_OF_A_ROOT = 800;

/** A whole power is made of about twice as many products as its exponent has binary digits. */
function stepsOfPower(exponent: unknown): number {
  return Number.isInteger(exponent) ? 10 + 3 * Math.ceil(Math.log2(1 + Math.abs(Number(exponent)))) : STEPS_OF_A_ROOT;
}

/** Compiles sums, products and powers, from left to right; null stays null. */
export function compileArithmetic(node: NodeOf<'arithmetic'>, state: CompileState): Code {
  const first = compileNode(node.first, state);
  const rest = node.rest.map(({ operator, operand }) => ({
    operator,
    apply: ARITHMETIC[operator],
    code: compileNode(operand, state),
  }));
  return (env) => {
    let value = first(env);
    for (const { operator, apply, code } of rest) {
      const right = code(env);
      const result = apply(value, right);
      if (typeof result === 'string') env.run.charge(1 + Math.floor(result.length / CHARACTERS_PER_STEP));
      else if (operator === '**') env.run.charge(stepsOfPower(right));
      else if (typeof result === 'object') env.run.charge(3);
      value = result ?? noResult(env, operator, [value, right], node);
    }
    return value;
  };
}

function noResult(env: Env, operator: string, [left, right]: readonly [unknown, unknown], at: Position): null {
  if (operator === '/' && isNumber(right) && decimalOf(right).isZero())
    return env.run.warn('divisionByZero', 'Expected a divisor other than 0 but found 0.', at);
  if (isNumber(left) && isNumber(right))
    return env.run.warn('outOfRange', `Expected a number as result of "${operator}" but it is none or too large.`, at);
  const message = `Expected values that fit "${operator}" but found ${kindOf(left)} and ${kindOf(right)}.`;
  return env.run.warn('arithmetic', message, at);
}

/** Compiles unary minus. */
export function compileNegation(node: NodeOf<'negation'>, state: CompileState): Code {
  const operand = compileNode(node.operand, state);
  return (env) => {
    const value = operand(env);
    return (
      negateValue(value) ??
      env.run.warn('arithmetic', `Expected a number or duration after "-" but found ${kindOf(value)}.`, node)
    );
  };
}

/** Compiles `=`, `!=`, `<` and so on. */
export function compileComparison(node: NodeOf<'comparison'>, state: CompileState): Code {
  const left = compileNode(node.left, state);
  const right = compileNode(node.right, state);
  const { operator } = node;
  return (env) => {
    const a = left(env);
    const b = right(env);
    return (
      applyComparison(operator, a, b, env.run) ??
      env.run.warn('comparison', `Expected comparable values but found ${kindOf(a)} and ${kindOf(b)}.`, node)
    );
  };
}

/** The comparison of two values; null when they cannot be compared. */
export function applyComparison(operator: ComparisonOperator, a: unknown, b: unknown, payer?: Payer): boolean | null {
  if (operator === '=') return equalValues(a, b, payer);
  if (operator === '!=') {
    const equal = equalValues(a, b, payer);
    return equal === null ? null : !equal;
  }
  const order = compareValues(a, b, payer);
  if (order === null) return null;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Compiles `value between low and high`, both ends included. */
export function compileBetween(node: NodeOf<'between'>, state: CompileState): Code {
  const [value, low, high] = [
    compileNode(node.value, state),
    compileNode(node.low, state),
    compileNode(node.high, state),
  ];
  return (env) => {
    const tested = value(env);
    const [lowest, highest] = [low(env), high(env)];
    const above = applyComparison('>=', tested, lowest, env.run);
    const below = applyComparison('<=', tested, highest, env.run);
    if (above !== null && below !== null) return above && below;
    const found = shownKinds([tested, lowest, highest]);
    return env.run.warn('comparison', `Expected comparable values around "between" but found ${found}.`, node);
  };
}

/** Compiles `and` and `or` of three-valued logic (DMN 1.5, 10.3.2.4); what is not boolean counts as null. */
export function compileLogic(node: NodeOf<'logic'>, state: CompileState): Code {
  const operands = node.operands.map((operand) => compileNode(operand, state));
  const decisive = node.operator === 'or';
  return (env) => {
    let result: boolean | null = !decisive;
    for (const operand of operands) {
      const value = operand(env);
      if (value === decisive) return decisive;
      if (typeof value !== 'boolean') result = null;
    }
    return result;
  };
}

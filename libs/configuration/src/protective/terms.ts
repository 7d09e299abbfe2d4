import { variablesGiven, type CompiledExpression } from '#feel';
import type { ConfigurationSet, ProcessEntry } from '../configuration-set.js';
import { assignmentsOf, expressionsOf, useNames, type ExpressionUse } from '../link/expressions.js';

type Comparable = Pick<ConfigurationSet, 'processes' | 'readModel'>;

/** A formula that says until when something is to be done, or what such a formula is made of. */
export interface Term {
  readonly elementId: string;
  /** What it is, for people; the same formula of the same element has the same name. */
  readonly name: string;
  readonly source: string;
  /** Variable that it gives. */
  readonly gives?: string;
}

const uses: ReadonlySet<ExpressionUse> = new Set(['dueDate', 'followUpDate', 'timer']);
const counting = /\b(working days after|calendar days after|end of day|parameter)\s*\(/;

const given = ({ source, isStatic }: CompiledExpression): readonly string[] => (isStatic ? [] : variablesGiven(source));

/** Variables that terms and declared deadlines are worked out from, in all processes, however many steps before. */
export function termVariables({ processes, readModel }: Comparable): ReadonlySet<string> {
  const declared = readModel.deadlines.flatMap(({ formulas }) =>
    [...formulas].filter(([place]) => /\/(due|period|from|until)$/.test(place)).map(([, formula]) => formula),
  );
  const used = processes.flatMap(({ definition }) =>
    expressionsOf(definition)
      .filter(({ use }) => uses.has(use))
      .map(({ expression }) => expression),
  );
  const found = new Set([...declared, ...used].flatMap(given));
  const assignments = processes.flatMap(({ definition }) => assignmentsOf(definition));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { variable, expression } of assignments)
      if (found.has(variable)) given(expression).forEach((name) => found.add(name));
  }
  return found;
}

/** The terms of a process, with every formula that gives one of the variables. */
export function termsOf({ definition }: ProcessEntry, variables: ReadonlySet<string>): readonly Term[] {
  const given = assignmentsOf(definition).map((one) => ({ ...one, use: undefined }));
  const known = new Set(given.map(({ expression }) => expression));
  const others = expressionsOf(definition).filter(({ expression }) => !known.has(expression));
  return [
    ...given
      .filter(({ variable, expression }) => variables.has(variable) || counting.test(expression.source))
      .map(({ element, variable, expression }) => ({
        elementId: element.id,
        name: `变量“${variable}”`,
        source: expression.source,
        gives: variable,
      })),
    ...others
      .filter(({ use, expression }) => uses.has(use) || counting.test(expression.source))
      .map(({ element, use, expression }) => ({
        elementId: element.id,
        name: useNames[use][1],
        source: expression.source,
      })),
  ];
}

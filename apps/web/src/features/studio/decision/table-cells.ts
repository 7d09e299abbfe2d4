import type DmnModeler from 'dmn-js/lib/Modeler';
import { choicesOfColumn, type Choice, type KnownChoices } from './column-choices.js';

type Entry = { text?: string; $type: string };
type Rule = { inputEntry?: Entry[]; outputEntry?: Entry[] };
type Clause = {
  $type: string;
  $parent: { rule?: Rule[]; input?: unknown[]; output?: unknown[] };
  name?: string;
  label?: string;
  typeRef?: string;
  inputExpression?: { text?: string; typeRef?: string };
  inputValues?: { text?: string };
  outputValues?: { text?: string };
};
/** A cell of a rule as dmn-js keeps it. */
export type TableCell = { id: string; businessObject: Entry; col?: { businessObject: Clause } };

export const cellOfId = (modeler: DmnModeler, id: string): TableCell | undefined =>
  modeler.getActiveViewer()?.get<{ get: (id: string) => TableCell | undefined }>('elementRegistry').get(id);

export const isInputCell = ({ businessObject }: TableCell): boolean => businessObject.$type === 'dmn:UnaryTests';

export const columnTitle = ({ col }: TableCell): string =>
  col?.businessObject.label ?? col?.businessObject.name ?? col?.businessObject.inputExpression?.text ?? '';

export function isNumberCell({ col }: TableCell): boolean {
  const { typeRef, inputExpression } = col?.businessObject ?? {};
  return (inputExpression?.typeRef ?? typeRef) === 'number';
}

/** What a cell of a rule may hold by its column; undefined for other cells and columns without a list. */
export function choicesOfCell(cell: TableCell, known: KnownChoices): readonly Choice[] | undefined {
  const clause = cell.col?.businessObject;
  if (clause?.$type !== 'dmn:InputClause' && clause?.$type !== 'dmn:OutputClause') return undefined;
  const isInput = clause.$type === 'dmn:InputClause';
  const { rule = [], input = [], output = [] } = clause.$parent;
  const index = (isInput ? input : output).indexOf(clause);
  const cells = rule.map((one) => (isInput ? one.inputEntry : one.outputEntry)?.[index]?.text ?? '');
  const name = isInput ? (clause.inputExpression?.text ?? '') : (clause.name ?? '');
  return choicesOfColumn(
    { name, cells, allowed: (isInput ? clause.inputValues : clause.outputValues)?.text ?? '' },
    known,
  );
}

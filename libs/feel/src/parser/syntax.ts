/** The tree that the parser makes and the compiler reads. `start` and `end` are character offsets. */
interface At {
  readonly start: number;
  readonly end: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface ChainLink<Operator extends string> {
  readonly operator: Operator;
  readonly operand: Node;
}

export interface Iterator_ {
  readonly name: string;
  readonly source: Node;
}

export interface Parameter {
  readonly name: string;
  readonly type?: TypeNode;
}

export interface TypeNode {
  readonly name: string;
  readonly of: readonly TypeNode[];
  readonly fields?: readonly { readonly name: string; readonly type: TypeNode }[];
}

export interface NamedArgument {
  readonly name?: string;
  readonly value: Node;
}

/** Operators of one precedence stand side by side in one node, so that long sums are not deep trees. */
export type Node =
  | (At & { readonly type: 'literal'; readonly value: unknown })
  | (At & { readonly type: 'at'; readonly text: string })
  | (At & { readonly type: 'name'; readonly name: string })
  | (At & { readonly type: 'path'; readonly target: Node; readonly names: readonly string[] })
  | (At & { readonly type: 'filter'; readonly target: Node; readonly predicate: Node })
  | (At & { readonly type: 'call'; readonly callee: Node; readonly args: readonly NamedArgument[] })
  | (At & { readonly type: 'list'; readonly items: readonly Node[] })
  | (At & { readonly type: 'context'; readonly entries: readonly { readonly key: string; readonly value: Node }[] })
  | (At & {
      readonly type: 'range';
      readonly low?: Node;
      readonly high?: Node;
      readonly lowIncluded: boolean;
      readonly highIncluded: boolean;
    })
  | (At & { readonly type: 'iteration'; readonly low: Node; readonly high: Node })
  | (At & { readonly type: 'function'; readonly parameters: readonly Parameter[]; readonly body?: Node })
  | (At & { readonly type: 'if'; readonly condition: Node; readonly consequent: Node; readonly otherwise: Node })
  | (At & { readonly type: 'for'; readonly iterators: readonly Iterator_[]; readonly body: Node })
  | (At & {
      readonly type: 'quantified';
      readonly quantifier: 'some' | 'every';
      readonly iterators: readonly Iterator_[];
      readonly body: Node;
    })
  | (At & { readonly type: 'negation'; readonly operand: Node })
  | (At & {
      readonly type: 'arithmetic';
      readonly first: Node;
      readonly rest: readonly ChainLink<ArithmeticOperator>[];
    })
  | (At & {
      readonly type: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (At & { readonly type: 'between'; readonly value: Node; readonly low: Node; readonly high: Node })
  | (At & { readonly type: 'in'; readonly value: Node; readonly tests: readonly Node[] })
  | (At & { readonly type: 'instanceOf'; readonly value: Node; readonly of: TypeNode })
  | (At & { readonly type: 'logic'; readonly operator: 'and' | 'or'; readonly operands: readonly Node[] })
  | (At & { readonly type: 'unaryComparison'; readonly operator: ComparisonOperator; readonly operand: Node })
  | (At & {
      readonly type: 'unaryTests';
      readonly tests: readonly Node[];
      readonly negated: boolean;
      readonly any: boolean;
    });

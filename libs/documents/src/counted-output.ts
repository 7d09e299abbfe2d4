import { isCall, isPath, PRINT } from './ast.js';
import type { Node } from './ast.js';

/**
 * The same program with each value that is printed as it is handed to `PRINT` on its way: `{{name}}` as `{{print name}}`,
 * so that what it adds to the page is counted as what a helper makes is. Names stay as strict as they were.
 */
export function withCountedOutput(program: hbs.AST.Program): hbs.AST.Program {
  return { ...program, body: program.body.map(counted) };
}

function counted(statement: Node): hbs.AST.Statement {
  if (statement.type === 'MustacheStatement') return printed(statement as hbs.AST.MustacheStatement);
  if (statement.type !== 'BlockStatement') return statement;
  const block = statement as hbs.AST.BlockStatement;
  // Typed wrongly upstream: a block without content or without {{else}} has none of them.
  const { program, inverse } = block as Partial<hbs.AST.BlockStatement>;
  const inner = {
    ...(program && { program: withCountedOutput(program) }),
    ...(inverse && { inverse: withCountedOutput(inverse) }),
  };
  return { ...block, ...inner } as hbs.AST.BlockStatement;
}

function printed(output: hbs.AST.MustacheStatement): hbs.AST.Statement {
  const { loc, path: name } = output;
  if (isCall(output) || !isPath(name)) return output;
  const path = { type: 'PathExpression', data: false, depth: 0, parts: [PRINT], original: PRINT, loc };
  return { ...output, path, params: [{ ...name, strict: true }], hash: undefined } as unknown as hbs.AST.Statement;
}

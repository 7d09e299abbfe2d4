import type { Problem } from '#bpmn';
import { BLOCK_HELPERS, calleeOf, INLINE_HELPERS, isCall, isPath, parameterIn } from './ast.js';
import type { Node } from './ast.js';
import { hasBrackets } from './handles.js';

const MAX_DEPTH = 30;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype', '__defineGetter__', '__lookupGetter__']);
const LOOP_VARIABLES = new Set(['index', 'number', 'first', 'last', 'key', 'root']);
const FORBIDDEN_HTML =
  /<\/?(script|iframe|frame|object|embed|link|meta|base|form|input|button|template|math|foreignobject)\b|\son[a-z]+\s*=|javascript:|\b(?:src|srcset|href|xlink:href|action|background|poster)\s*=\s*(?!["']?(?:#|data:image\/|mailto:|tel:))|url\s*\(|@import|srcdoc\s*=/i;

/** Finds whatever a template of an administrator must not do; each fault with its line. */
export function lintTemplate(program: hbs.AST.Program): Problem[] {
  const state: LintState = { problems: [], isInTag: false, isInStyle: false };
  lintProgram(program, 0, state);
  return state.problems;
}

interface LintState {
  readonly problems: Problem[];
  /** The text so far ends inside `<...`. */
  isInTag: boolean;
  isInStyle: boolean;
}

function lintProgram(program: hbs.AST.Program | undefined, depth: number, state: LintState): void {
  for (const statement of program?.body ?? []) lintStatement(statement, depth, state);
}

function lintStatement(node: Node, depth: number, state: LintState): void {
  if (depth > MAX_DEPTH)
    return report(state, node, 'tooDeep', `Expected at most ${MAX_DEPTH} nested blocks.`, `最多嵌套 ${MAX_DEPTH} 层。`);
  if (node.type === 'ContentStatement') return lintContent(node as hbs.AST.ContentStatement, state);
  if (node.type === 'MustacheStatement') return lintMustache(node as hbs.AST.MustacheStatement, depth, state);
  if (node.type === 'BlockStatement') return lintBlock(node as hbs.AST.BlockStatement, depth, state);
  if (node.type === 'CommentStatement') return lintPosition(node, state);
  report(
    state,
    node,
    'notAllowed',
    `Partials and decorators are not allowed (${node.type}).`,
    '模板不能引用其他模板或使用装饰器。',
  );
}

function lintContent(node: hbs.AST.ContentStatement, state: LintState): void {
  // Typed wrongly upstream: it is the source text, before whitespace control.
  const text = String(node.original ?? node.value);
  const line = linesBefore(text, FORBIDDEN_HTML);
  if (line !== undefined) {
    report(
      state,
      node,
      'forbiddenHtml',
      'Scripts, forms, links and content from elsewhere are not allowed in documents.',
      '文书里不能有脚本、表单、链接或外部内容。',
      line,
    );
  }
  if (hasBrackets(text)) {
    report(
      state,
      node,
      'reservedBracket',
      'The brackets U+27E6 and U+27E7 are reserved.',
      '不能使用保留括号 U+27E6 和 U+27E7。',
    );
  }
  const lastTag = text.search(/<[^<>]*$/);
  if (lastTag >= 0) state.isInTag = true;
  else if (text.includes('>')) state.isInTag = false;
  const [opened, closed] = [text.toLowerCase().lastIndexOf('<style'), text.toLowerCase().lastIndexOf('</style')];
  if (opened !== closed) state.isInStyle = opened > closed;
}

function linesBefore(text: string, pattern: RegExp): number | undefined {
  const index = text.search(pattern);
  return index < 0 ? undefined : text.slice(0, index).split('\n').length - 1;
}

function lintMustache(node: hbs.AST.MustacheStatement, depth: number, state: LintState): void {
  if (!node.escaped) {
    report(
      state,
      node,
      'unescaped',
      'Unescaped output ({{{ }}} or {{& }}) is not allowed; write {{ }}.',
      '不允许不转义的输出（{{{ }}} 或 {{& }}），请写成 {{ }}。',
    );
  }
  lintPosition(node, state);
  lintCall(node, depth, state);
}

function lintPosition(node: Node, state: LintState): void {
  if (!state.isInTag && !state.isInStyle) return;
  report(
    state,
    node,
    'insideTag',
    'Values may stand in text only, not inside a tag or a style.',
    '变量只能放在正文里，不能放在标签或样式内部。',
  );
}

function lintBlock(node: hbs.AST.BlockStatement, depth: number, state: LintState): void {
  lintPosition(node, state);
  if (!BLOCK_HELPERS.has(calleeOf(node))) {
    report(
      state,
      node,
      'unknownHelper',
      `Expected a block of ${[...BLOCK_HELPERS].join(', ')} but found "${calleeOf(node)}".`,
      `只能使用 ${[...BLOCK_HELPERS].join('、')} 块，现在是“${calleeOf(node)}”。`,
    );
  }
  if (node.params.length !== 1) {
    report(
      state,
      node,
      'oneParameter',
      `Expected "${calleeOf(node)}" to have one parameter.`,
      `“${calleeOf(node)}”需要一个参数。`,
    );
  }
  lintParameters(node, depth, state);
  lintProgram(node.program, depth + 1, state);
  lintProgram(node.inverse, depth + 1, state);
}

function lintCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, depth: number, state: LintState): void {
  const name = calleeOf(node);
  if (isCall(node) && !INLINE_HELPERS.has(name)) {
    const names = [...INLINE_HELPERS].join(', ');
    report(
      state,
      node,
      'unknownHelper',
      `Expected one of the helpers ${names} but found "${name}".`,
      `没有名为“${name}”的函数，可用：${names}。`,
    );
  }
  if (name === 'dict' && node.params[0]?.type !== 'StringLiteral' && parameterIn(node.params[0]) === undefined) {
    report(
      state,
      node,
      'dictionaryName',
      'Expected the name of the dictionary as text, or a parameter that chooses one: {{dict "name" value}}.',
      '字典名称要直接写出，或由参数选定：{{dict "名称" 值}}。',
    );
  }
  if (!isCall(node)) lintExpression(node.path, depth, state);
  lintParameters(node, depth, state);
}

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

function lintParameters(node: Call, depth: number, state: LintState): void {
  for (const parameter of node.params) lintExpression(parameter, depth, state);
  for (const pair of node.hash?.pairs ?? []) lintExpression(pair.value, depth, state);
}

function lintExpression(node: hbs.AST.Expression, depth: number, state: LintState): void {
  if (depth > MAX_DEPTH) return;
  if (node.type === 'SubExpression') return lintCall(node as hbs.AST.SubExpression, depth + 1, state);
  if (!isPath(node)) return;
  const names = node.parts.map(String);
  const isForbidden = names.some((name) => FORBIDDEN_NAMES.has(name));
  if (isForbidden || (node.data && !LOOP_VARIABLES.has(names[0] ?? ''))) {
    report(
      state,
      node,
      'forbiddenName',
      `The name "${node.original}" is not allowed.`,
      `不能使用名称“${node.original}”。`,
    );
  }
}

function report(state: LintState, node: Node, code: string, message: string, messageZh: string, extraLines = 0): void {
  const line = node.loc.start.line + extraLines;
  state.problems.push({ severity: 'error', code: `document.${code}`, message, messageZh, line });
}

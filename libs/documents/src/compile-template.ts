import Handlebars from 'handlebars';
import { RecentlyRead, type Problem } from '#bpmn';
import { BLOCK_HELPERS, INLINE_HELPERS, parseTemplate, PRINT } from './ast.js';
import { withCountedOutput } from './counted-output.js';
import { namesOf } from './link-template.js';
import type { TemplateNames } from './link-template.js';
import { lintTemplate } from './lint-template.js';

/** Characters of a template source. */
export const MAX_SOURCE = 200_000;

/** Blocks that may be open at once; `{{^}}` counts as one more, so it lies above what the check of a parsed template allows. */
const MAX_OPEN = 200;

/** A checked template; it holds no state and may be kept as long as its file does not change. */
export interface CompiledTemplate {
  readonly id: string;
  readonly source: string;
  readonly names: TemplateNames;
  readonly render: Handlebars.TemplateDelegate;
}

export type CompileTemplateResult =
  | { readonly ok: true; readonly template: CompiledTemplate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const knownHelpers = Object.fromEntries([PRINT, ...BLOCK_HELPERS, ...INLINE_HELPERS].map((name) => [name, true]));

/**
 * Checks and compiles a template. Only text is taken, never a syntax tree (a tree is compiled to code); helpers are the
 * listed ones, output is always escaped, nothing reaches prototypes. Never throws.
 */
export function compileTemplate(source: unknown, { id }: { id: string }): CompileTemplateResult {
  if (typeof source !== 'string') return refused('notText', 'Expected the template to be text.', '模板应是文本。');
  if (source.length > MAX_SOURCE) {
    return refused('tooLarge', `Expected at most ${MAX_SOURCE} characters.`, `模板最多 ${MAX_SOURCE} 个字符。`);
  }
  return recentlyCompiled.get(`${id}\n${source}`, () => compileNow(source, id));
}

const recentlyCompiled = new RecentlyRead<CompileTemplateResult>(2_000_000);

function compileNow(source: string, id: string): CompileTemplateResult {
  if (isTooDeep(source)) {
    return refused('tooDeep', `Expected at most ${MAX_OPEN} open blocks.`, `最多嵌套 ${MAX_OPEN} 层。`);
  }
  try {
    const program = parseTemplate(source);
    const problems = lintTemplate(program);
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, template: { id, source, names: namesOf(program), render: compile(program) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const line = Number(/line (\d+)/i.exec(why)?.[1] ?? Number.NaN);
    return refused('syntax', `The template cannot be read: ${why}`, `模板有语法错误：${why}`, line);
  }
}

/** Before anything parses: thousands of blocks in one another would keep the parser busy for many seconds. */
function isTooDeep(source: string): boolean {
  let open = 0;
  for (const [, sign] of source.matchAll(/\{\{~?([#^/])/g)) {
    open += sign === '/' ? -1 : 1;
    if (open > MAX_OPEN) return true;
  }
  return false;
}

/** An environment of its own without any built-in helper; compiled at once, so that faults show here and not in use. */
function compile(parsed: hbs.AST.Program): Handlebars.TemplateDelegate {
  const environment = Handlebars.create();
  for (const name of Object.keys(environment.helpers)) environment.unregisterHelper(name);
  const options = { strict: true, knownHelpersOnly: true, knownHelpers, noEscape: false, explicitPartialContext: true };
  const program = withCountedOutput(parsed);
  environment.precompile(program, options);
  return environment.compile(program, options);
}

function refused(code: string, message: string, messageZh: string, line = Number.NaN): CompileTemplateResult {
  const place = Number.isInteger(line) ? { line } : {};
  return { ok: false, problems: [{ severity: 'error', code: `document.${code}`, message, messageZh, ...place }] };
}

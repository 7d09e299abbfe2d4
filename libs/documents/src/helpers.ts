import Handlebars from 'handlebars';
import { BLOCK_HELPERS, PRINT } from './ast.js';
import { dateCN, dateTimeCN, deadlineCN, moneyCN, ordinalCN, textOf } from './chinese.js';
import { UNRESOLVED, hasBrackets, placeholderInTerms, withoutBrackets } from './handles.js';
import { escapeHtml, escapeLines } from './html.js';
import { qrSvg } from './qr.js';
import { expectLength, expectTime, spendCharacters, spendCode, spendRows } from './render-budget.js';
import type { RenderBudget } from './render-budget.js';

/** What documents may ask of the platform. */
export interface DocumentServices {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Label of a dictionary value; undefined where there is none. */
  dictionaryLabel(dictionary: string, value: string): string | undefined;
  /** Name of a unit; undefined where there is none. */
  unitName(id: string): string | undefined;
  /** What an account is called; undefined where there is none. */
  accountName?(id: string): string | undefined;
}

type Helper = (this: unknown, ...args: unknown[]) => unknown;

/** The only helpers a template can call, bound to one rendering. */
export function helpersFor(services: DocumentServices, budget: RenderBudget): Record<string, Helper> {
  const clean = (text: string): string => withoutBrackets(text);
  const helpers: Record<string, Helper> = {
    [PRINT]: (value) => value,
    if: conditional((value) => isFilled(value)),
    unless: conditional((value) => !isFilled(value)),
    with: withHelper,
    each: eachHelper(budget),
    eq: (left, right) => left === right,
    default: (value, fallback) => (isFilled(value) || value === 0 || value === false ? value : fallback),
    dateCN: (value) => dateCN(value, services.timeZone),
    dateTimeCN: (value) => dateTimeCN(value, services.timeZone),
    deadlineCN: (value) => deadlineCN(value, services.timeZone),
    ordinalCN: (value) => ordinalCN(value),
    moneyCN: (value) => moneyCN(value),
    mask: (value) => (isFilled(value) ? UNRESOLVED : ''),
    lines: (value) => safe(escapeLines(textOf(value))),
    seal: (name) => safe(`<span class="seal">${escapeHtml(isOptions(name) ? '' : textOf(name))}<br>（盖章）</span>`),
    qr: (text) => (isFilled(text) ? safe(code(budget, textOf(text))) : ''),
    dict: (dictionary, value) =>
      listed(budget, value, (one) =>
        hasBrackets(one)
          ? placeholderInTerms(one, textOf(dictionary))
          : clean(services.dictionaryLabel(textOf(dictionary), one) ?? one),
      ),
    unit: (value) => listed(budget, value, (one) => (hasBrackets(one) ? one : clean(services.unitName(one) ?? one))),
    account: (value) =>
      listed(budget, value, (one) => (hasBrackets(one) ? one : clean(services.accountName?.(one) ?? one))),
  };
  return Object.fromEntries(Object.entries(helpers).map(([name, helper]) => [name, charged(budget, name, helper)]));
}

/** Each call looks at the clock first and is charged with what it makes; what a block makes, its own calls were. */
function charged(budget: RenderBudget, name: string, helper: Helper): Helper {
  return function (this: unknown, ...args) {
    budget.line = lineOf(args.at(-1));
    expectTime(budget);
    const made = helper.apply(this, args);
    if (!BLOCK_HELPERS.has(name)) spendCharacters(budget, lengthOf(made));
    return made;
  };
}

/** Handlebars tells each call where it stands. */
function lineOf(options: unknown): number | undefined {
  return (options as { readonly loc?: { readonly start: { readonly line: number } } } | undefined)?.loc?.start.line;
}

function lengthOf(made: unknown): number {
  if (typeof made === 'string') return made.length;
  return made instanceof Handlebars.SafeString || Array.isArray(made) ? String(made).length : 0;
}

function code(budget: RenderBudget, text: string): string {
  spendCode(budget);
  return qrSvg(text);
}

function safe(html: string): Handlebars.SafeString {
  return new Handlebars.SafeString(html);
}

/** As Handlebars reads conditions: empty text, 0, false, null and empty lists are nothing; so are groups of nothing. */
function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).some((member) => member !== null);
  return Boolean(value);
}

function isOptions(value: unknown): value is Handlebars.HelperOptions {
  return typeof value === 'object' && value !== null && 'hash' in value && 'data' in value;
}

function listed(budget: RenderBudget, value: unknown, show: (text: string) => string): string {
  const values = Array.isArray(value) ? value : [value];
  spendRows(budget, values.length);
  return values.map((one) => (isFilled(one) ? show(textOf(one)) : '')).join('、');
}

function conditional(holds: (value: unknown) => boolean): Helper {
  return function (this: unknown, value, options) {
    const block = options as Handlebars.HelperOptions;
    return holds(value) ? block.fn(this) : block.inverse(this);
  };
}

const withHelper: Helper = function (this: unknown, value, options) {
  const block = options as Handlebars.HelperOptions;
  if (!isFilled(value)) return block.inverse(this);
  return block.fn(value, { data: block.data as unknown, blockParams: [value] });
};

/** Lists only; knows @index from 0, @number from 1, @first and @last. */
function eachHelper(budget: RenderBudget): Helper {
  return function (this: unknown, rows, options) {
    const block = options as Handlebars.HelperOptions;
    if (!Array.isArray(rows) || rows.length === 0) return block.inverse(this);
    const line = budget.line;
    let html = '';
    for (const [index, row] of (rows as unknown[]).entries()) {
      budget.line = line;
      spendRows(budget, 1);
      expectTime(budget);
      const data = Handlebars.createFrame(block.data) as Record<string, unknown>;
      Object.assign(data, { index, number: index + 1, first: index === 0, last: index === rows.length - 1 });
      html += block.fn(row, { data, blockParams: [row, index] });
      expectLength(budget, html);
    }
    return html;
  };
}

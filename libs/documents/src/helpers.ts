import Handlebars from 'handlebars';
import { dateCN, dateTimeCN, deadlineCN, moneyCN, ordinalCN, textOf } from './chinese.js';
import { UNRESOLVED, withoutBrackets } from './handles.js';
import { escapeHtml, escapeLines } from './html.js';
import { qrSvg } from './qr.js';

/** What documents may ask of the platform. */
export interface DocumentServices {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Label of a dictionary value; undefined where there is none. */
  dictionaryLabel(dictionary: string, value: string): string | undefined;
  /** Name of a unit; undefined where there is none. */
  unitName(id: string): string | undefined;
}

/** Counts what one rendering may do. */
export interface RenderBudget {
  rowsLeft: number;
  readonly maxOutput: number;
}

/** Thrown by a rendering that grew past its limits. */
export class DocumentTooLarge extends Error {}

type Helper = (this: unknown, ...args: unknown[]) => unknown;

/** The only helpers a template can call, bound to one rendering. */
export function helpersFor(services: DocumentServices, budget: RenderBudget): Record<string, Helper> {
  const clean = (text: string): string => withoutBrackets(text);
  return {
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
    qr: (text) => (isFilled(text) ? safe(qrSvg(textOf(text))) : ''),
    dict: (dictionary, value) =>
      listed(value, (one) => clean(services.dictionaryLabel(textOf(dictionary), one) ?? one)),
    unit: (value) => listed(value, (one) => clean(services.unitName(one) ?? one)),
  };
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

function listed(value: unknown, show: (text: string) => string): string {
  const values = Array.isArray(value) ? value : [value];
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
    let html = '';
    for (const [index, row] of (rows as unknown[]).entries()) {
      if (--budget.rowsLeft < 0) throw new DocumentTooLarge('Expected fewer rows in all loops of the document.');
      const data = Handlebars.createFrame(block.data) as Record<string, unknown>;
      Object.assign(data, { index, number: index + 1, first: index === 0, last: index === rows.length - 1 });
      html += block.fn(row, { data, blockParams: [row, index] });
      if (html.length > budget.maxOutput) throw new DocumentTooLarge('Expected a smaller document.');
    }
    return html;
  };
}

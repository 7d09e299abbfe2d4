import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';

const STEP = '  ';
/** A list of short values longer than this is written one value a line. */
const LINE_LENGTH = 110;

/** Sets a value of a JSON text, making what is missing on the way; all the rest of the text stays as it is written. */
export function setAt(text: string, path: JSONPath, value: unknown): string {
  if (value === undefined) return removeAt(text, path);
  const known = nodeAt(text, path);
  if (known) return replace(text, known, printed(value, indentAt(text, known.offset)));
  const [key, holder] = [path.at(-1) as string, path.slice(0, -1)];
  const node = nodeAt(text, holder);
  if (!node) return setAt(text, holder, { [key]: value });
  return insertChild(
    text,
    node,
    node.children?.length ?? 0,
    (indent) => `${JSON.stringify(key)}: ${printed(value, indent)}`,
  );
}

/** Puts a value into a list, so that it stands at `index`; makes the list where there is none. */
export function insertItem(text: string, path: JSONPath, index: number, value: unknown): string {
  const node = nodeAt(text, path);
  if (!node) return setAt(text, path, [value]);
  return insertChild(text, node, Math.min(index, node.children?.length ?? 0), (indent) => printed(value, indent));
}

/** Takes out a property or an item with its comma. */
export function removeAt(text: string, path: JSONPath): string {
  const value = nodeAt(text, path);
  if (!value) return text;
  const child = value.parent?.type === 'property' ? value.parent : value;
  const siblings = child.parent?.children ?? [];
  const index = siblings.indexOf(child);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (before) return cut(text, endOf(before), endOf(child));
  if (after) return cut(text, child.offset, after.offset);
  return child.parent ? cut(text, child.parent.offset + 1, endOf(child.parent) - 1) : text;
}

/** Exchanges two properties of an object, or two items of a list. */
export function swapAt(text: string, path: JSONPath, one: number, other: number): string {
  const children = nodeAt(text, path)?.children ?? [];
  const [first, second] = [children[Math.min(one, other)], children[Math.max(one, other)]];
  if (!first || !second || first === second) return text;
  return (
    text.slice(0, first.offset) +
    textOf(text, second) +
    text.slice(endOf(first), second.offset) +
    textOf(text, first) +
    text.slice(endOf(second))
  );
}

/** Line (from 1) where a value stands. */
export function lineAt(text: string, path: JSONPath): number | undefined {
  const node = nodeAt(text, path);
  return node && text.slice(0, node.offset).split('\n').length;
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text);
  return root && findNodeAtLocation(root, path);
}

function insertChild(text: string, holder: Node, index: number, print: (indent: string) => string): string {
  const children = holder.children ?? [];
  const [before, after] = [children[index - 1], children[index]];
  const isOneLine = children.length > 0 && !textOf(text, holder).includes('\n');
  const outer = indentAt(text, holder.offset);
  const first = children[0];
  const indent = first && !isOneLine ? indentAt(text, first.offset) : outer + STEP;
  const gap = isOneLine ? ' ' : `\n${indent}`;
  const child = print(isOneLine ? outer : indent);
  if (before) return insert(text, endOf(before), `,${gap}${child}`);
  if (after) return insert(text, after.offset, `${child},${gap}`);
  const isShort = holder.type === 'array' && !child.includes('\n');
  return replace(text, holder, wrapped(holder.type, isShort ? child : `\n${indent}${child}\n${outer}`));
}

const wrapped = (type: string, inside: string): string => (type === 'array' ? `[${inside}]` : `{${inside}}`);

/** As the files are written: two spaces a level, a list of plain values on one line. */
function printed(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = indent + STEP;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => printed(item, inner))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${printed(one, inner)}`);
  if (parts.length === 0) return isList ? '[]' : '{}';
  const line = parts.join(', ');
  const isPlain = isList && value.every((item) => typeof item !== 'object' || item === null);
  if (isPlain && line.length <= LINE_LENGTH) return `[${line}]`;
  return wrapped(isList ? 'array' : 'object', `\n${inner}${parts.join(`,\n${inner}`)}\n${indent}`);
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

const endOf = ({ offset, length }: Node): number => offset + length;
const textOf = (text: string, node: Node): string => text.slice(node.offset, endOf(node));
const cut = (text: string, from: number, to: number): string => text.slice(0, from) + text.slice(to);
const insert = (text: string, at: number, part: string): string => text.slice(0, at) + part + text.slice(at);
const replace = (text: string, node: Node, part: string): string =>
  text.slice(0, node.offset) + part + text.slice(endOf(node));

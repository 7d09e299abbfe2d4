import type { TypeNode } from './syntax.js';
import type { TokenReader } from './token-reader.js';

/** Parses a type such as `list<number>`, `context<a: string>` or `function<number> -> string`. */
export function parseType(reader: TokenReader): TypeNode {
  return reader.nested(() => typeOf(reader));
}

function typeOf(reader: TokenReader): TypeNode {
  const name = typeName(reader);
  if (name === 'context' && reader.takeSymbol('<')) return { name, of: [], fields: fields(reader) };
  if (name === 'function' && reader.takeSymbol('<')) return functionType(reader);
  if ((name === 'list' || name === 'range') && reader.takeSymbol('<')) {
    const item = parseType(reader);
    reader.expectSymbol('>');
    return { name, of: [item] };
  }
  return { name, of: [] };
}

function typeName(reader: TokenReader): string {
  if (reader.takeWord('function')) return 'function';
  if (reader.isWord('?')) throw reader.unexpected('a type');
  const first = reader.name();
  if (!reader.isSymbol('.')) return first;
  const parts = [first];
  while (reader.takeSymbol('.')) parts.push(reader.name());
  return parts.join('.');
}

function fields(reader: TokenReader): { name: string; type: TypeNode }[] {
  const result: { name: string; type: TypeNode }[] = [];
  do {
    const name = reader.key();
    reader.expectSymbol(':');
    result.push({ name, type: parseType(reader) });
  } while (reader.takeSymbol(','));
  reader.expectSymbol('>');
  return result;
}

/** The result type stands last in `of`. */
function functionType(reader: TokenReader): TypeNode {
  const of: TypeNode[] = [];
  while (!reader.isSymbol('>')) {
    of.push(parseType(reader));
    if (!reader.takeSymbol(',')) break;
  }
  reader.expectSymbol('>');
  reader.expectSymbol('->');
  return { name: 'function', of: [...of, parseType(reader)] };
}

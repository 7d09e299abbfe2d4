import { tokenize, type Token } from '../lexer.js';

/** Names of more than one token (`date and time`, `a-b`), found by longest match. Local names come and go with their scope. */
export class KnownNames {
  private readonly byFirst = new Map<string, (readonly Token[])[]>();
  private readonly added: { first: string }[][] = [];

  constructor(names: readonly string[]) {
    names.forEach((name) => this.add(name));
  }

  /** Makes local names known until `leave` is called. */
  enter(names: readonly string[]): void {
    this.added.push(names.flatMap((name) => this.add(name)));
  }

  leave(): void {
    for (const { first } of this.added.pop() ?? []) this.byFirst.get(first)?.pop();
  }

  /** How many tokens from `position` on make the longest known name; 0 if none does. */
  longestMatch(tokens: readonly Token[], position: number): number {
    let longest = 0;
    for (const name of this.byFirst.get(tokens[position]?.text ?? '') ?? []) {
      if (name.length > longest && matches(name, tokens, position)) longest = name.length;
    }
    return longest;
  }

  private add(name: string): { first: string }[] {
    const tokens = safeTokens(name);
    const first = tokens[0]?.text;
    if (tokens.length < 2 || first === undefined) return [];
    this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), tokens]);
    return [{ first }];
  }
}

/** The same names, those of functions above all, come with each expression; more than these are read again. */
const tokensOfNames = new Map<string, readonly Token[]>();
const mostNames = 5_000;

function safeTokens(name: string): readonly Token[] {
  const known = tokensOfNames.get(name);
  if (known) return known;
  const tokens = tokensOf(name);
  if (tokensOfNames.size < mostNames) tokensOfNames.set(name, tokens);
  return tokens;
}

function tokensOf(name: string): readonly Token[] {
  try {
    return tokenize(name).slice(0, -1);
  } catch {
    return [];
  }
}

/** Words may be parted by any white space; a sign inside a name must touch its neighbours as it does in the name. */
function matches(name: readonly Token[], tokens: readonly Token[], position: number): boolean {
  return name.every((part, index) => {
    const token = tokens[position + index];
    if (token === undefined || token.kind !== part.kind || token.text !== part.text) return false;
    if (index === 0) return true;
    const before = name[index - 1] as Token;
    const isPlain = part.kind !== 'symbol' && before.kind !== 'symbol';
    return isPlain || part.start > before.end === token.start > (tokens[position + index - 1] as Token).end;
  });
}

// Turns types of TypeScript into schemas of OpenAPI 3.0.
import ts from 'typescript';
import { words } from './words.mjs';

const { TypeFlags } = ts;
const binary = new Set([
  'Buffer',
  'Readable',
  'StreamableFile',
  'Uint8Array',
  'ReadStream',
  'Stream',
  'FastifyReply',
  'Observable',
]);

/** Gives `answerOf` a method, `textOf` a node, and `named`: the schemas that were referred to by name. */
export function schemaReader(checker, root) {
  const named = new Map();
  const undescribed = new Set();

  function answerOf(method) {
    const returned = checker.getSignatureFromDeclaration(method).getReturnType();
    return schemaOf(checker.getAwaitedType(returned) ?? returned, method);
  }

  /** Undefined: nothing comes back. */
  function schemaOf(type, at) {
    if (type.flags & (TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Never)) return undefined;
    if (type.flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
    if (type.flags & TypeFlags.Null) return { type: 'string', nullable: true, enum: [null] };
    if (type.isUnion()) return unionOf(type, at);
    if (type.flags & TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
    if (type.flags & TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & TypeFlags.NumberLike) return { type: 'number' };
    if (type.flags & TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.flags & TypeFlags.TypeParameter) return {};
    return objectOf(type, at);
  }

  function unionOf(type, at) {
    const isNullable = type.types.some(({ flags }) => flags & TypeFlags.Null);
    const parts = type.types.filter(({ flags }) => !(flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)));
    const schema = joined(parts, at);
    if (!schema || !isNullable) return schema;
    if (schema.$ref) return { nullable: true, allOf: [schema] };
    return { ...schema, nullable: true, ...(schema.enum && { enum: [...schema.enum, null] }) };
  }

  function joined(parts, at) {
    if (parts.length === 0) return undefined;
    if (parts.every((part) => part.isStringLiteral())) return { type: 'string', enum: parts.map(({ value }) => value) };
    if (parts.every(({ flags }) => flags & TypeFlags.BooleanLike)) return { type: 'boolean' };
    const distinct = new Map(parts.map((part) => schemaOf(part, at)).map((schema) => [JSON.stringify(schema), schema]));
    const schemas = [...distinct.values()].filter(Boolean);
    return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  }

  function objectOf(type, at) {
    const name = (type.aliasSymbol ?? type.symbol)?.name;
    if (binary.has(type.symbol?.name)) return { type: 'string', format: 'binary' };
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type).map((item) => schemaOf(item, at) ?? {});
      return { type: 'array', items: items.length === 1 ? items[0] : items.length === 0 ? {} : { anyOf: items } };
    }
    const isOurs = (type.aliasSymbol ?? type.symbol)?.declarations?.some(
      (one) => one.getSourceFile().fileName.startsWith(root) && !one.getSourceFile().fileName.includes('node_modules'),
    );
    const canRefer =
      isOurs &&
      name &&
      !name.startsWith('__') &&
      !type.aliasTypeArguments?.length &&
      !checker.getTypeArguments(type)?.length;
    if (!canRefer) return membersOf(type, at);
    if (!named.has(name)) {
      named.set(name, {});
      named.set(name, { ...membersOf(type, at), ...describedBy(type.aliasSymbol ?? type.symbol, name) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  function membersOf(type, at) {
    const properties = checker.getPropertiesOfType(type);
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const schema = { type: 'object' };
    if (index)
      schema.additionalProperties =
        index.flags & (TypeFlags.Any | TypeFlags.Unknown) ? true : (schemaOf(index, at) ?? true);
    if (properties.length === 0) return index ? schema : { ...schema, additionalProperties: true };
    const entries = properties
      .map((symbol) => [symbol.name, memberOf(symbol, at), isNeeded(symbol, at)])
      .filter(([, member]) => member);
    const required = entries.filter(([, , needed]) => needed).map(([key]) => key);
    return { ...schema, properties: Object.fromEntries(entries), ...(required.length > 0 && { required }) };
  }

  function isNeeded(symbol, at) {
    if (symbol.flags & ts.SymbolFlags.Optional) return false;
    const type = checker.getTypeOfSymbolAtLocation(symbol, at);
    const parts = type.isUnion() ? type.types : [type];
    return !parts.some(({ flags }) => flags & (TypeFlags.Undefined | TypeFlags.Any | TypeFlags.Unknown));
  }

  function memberOf(symbol, at) {
    const schema = schemaOf(checker.getTypeOfSymbolAtLocation(symbol, at), at);
    if (!schema) return undefined;
    const described = schema.$ref ? { allOf: [schema] } : schema;
    return { ...described, description: memberText(symbol) };
  }

  /** What stands at the field, else at the field that its value is taken from, else what the word means everywhere. */
  function memberText(symbol, depth = 0) {
    const own = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    if (own) return oneLine(own);
    const source = symbol.valueDeclaration;
    const value =
      source && ts.isPropertyAssignment(source)
        ? source.initializer
        : source && ts.isShorthandPropertyAssignment(source)
          ? source.name
          : undefined;
    const origin =
      value &&
      depth < 3 &&
      (ts.isPropertyAccessExpression(value) ? checker.getSymbolAtLocation(value.name) : undefined);
    const found = origin && memberText(origin, depth + 1);
    if (found && found !== words[origin?.name]) return found;
    if (!words[symbol.name]) undescribed.add(symbol.name);
    return words[symbol.name] ?? '';
  }

  function describedBy(symbol, name) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    return { description: text ? oneLine(text) : spelled(name) };
  }

  const textOf = (node) => {
    const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    return oneLine(comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' '));
  };

  return { answerOf, textOf, named, undescribed };
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
/** `TaskRow` as `Task row.` */
export const spelled = (name) =>
  `${name.replace(/(View|Dto)$/, '').replace(/[A-Z]/g, (letter, at) => (at === 0 ? letter : ` ${letter.toLowerCase()}`))}.`;

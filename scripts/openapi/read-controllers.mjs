// Reads from the sources of the server what decorators do not tell: what handlers give back, and what docstrings say.
import { join } from 'node:path';
import ts from 'typescript';
import { schemaReader } from './schema-of-type.mjs';

/** Handlers by `Controller_method`, each with its answer's schema, text, permissions and other marks; shared schemas beside. */
export function readControllers(root) {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  const files = config.fileNames.filter((name) =>
    /apps\/server\/src\/.*\.(controller|dto|d)\.ts$|untyped-packages\.d\.ts$/.test(name),
  );
  const program = ts.createProgram(files, { ...config.options, noEmit: true });
  const reader = schemaReader(program.getTypeChecker(), root);
  const handlers = new Map();
  const fields = new Map();
  for (const source of program.getSourceFiles())
    if (!source.isDeclarationFile && source.fileName.startsWith(join(root, 'apps/server')))
      ts.forEachChild(source, (node) => {
        if (!ts.isClassDeclaration(node) || !node.name) return;
        if (decoratorsOf(node).has('Controller'))
          for (const handler of handlersOf(node, reader)) handlers.set(handler.id, handler);
        else fields.set(node.name.text, fieldTexts(node, reader));
      });
  return { handlers, fields, schemas: reader.named };
}

function* handlersOf(node, reader) {
  const ofClass = decoratorsOf(node);
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member)) continue;
    const own = decoratorsOf(member);
    const marks = new Map([...ofClass, ...own]);
    yield {
      id: `${node.name.text}_${member.name.text}`,
      method: member.name.text,
      text: reader.textOf(member),
      classText: reader.textOf(node),
      isPublic: marks.has('Public'),
      permissions: marks.get('RequirePermission') ?? [],
      isCommand: own.has('ClientCommand') || own.has('OperatorCommand'),
      keys: member.parameters.flatMap((parameter) => decoratorsOf(parameter).get('Key') ?? []),
      answer: reader.answerOf(member),
    };
  }
}

/** Docstrings of the fields of a class, of those that it inherits too. */
function fieldTexts(node, reader) {
  const members = node.members.filter(ts.isPropertyDeclaration);
  return Object.fromEntries(
    members.map((member) => [member.name.getText(), reader.textOf(member)]).filter(([, text]) => text),
  );
}

/** Names of decorators with the texts among their arguments. */
function decoratorsOf(node) {
  const calls = (ts.getDecorators(node) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
  return new Map(
    calls.map((call) => [call.expression.getText(), call.arguments.filter(ts.isStringLiteral).map(({ text }) => text)]),
  );
}

function fail({ messageText }) {
  throw new Error(String(messageText));
}

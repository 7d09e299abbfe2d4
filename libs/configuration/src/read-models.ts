import { type BpmnElement, parseBpmn, type Problem, type ProcessDefinition } from '#bpmn';
import { compileTemplate } from '#documents';
import { compileAttribute } from '#feel';
import { checkForm, type Dictionaries, type FormFile } from '#forms';
import { type DocumentEntry, formPath, type ProcessEntry, type Takeover } from './configuration-set.js';
import { kindOfPath, processFolderOf } from './files.js';
import { sealedFields } from './form-fields.js';
import { pointerPart } from './json-text.js';
import { lineOfId } from './link/link-context.js';
import { messagesCaught } from './link/message-links.js';
import type { JsonFile } from './read-json-files.js';
import type { Settings } from './read-settings.js';
import type { DocumentDeclaration } from './settings.js';

type Files = ReadonlyMap<string, string>;
type Json = ReadonlyMap<string, JsonFile>;
type Report = (problem: Problem) => void;

/** Reads every BPMN file; `<id>/<id>.bpmn` holds the one process `<id>`. */
export async function readProcesses(
  files: Files,
  {
    settings,
    report,
    isDeployed,
  }: { readonly settings: Settings; readonly report: Report; readonly isDeployed: boolean },
): Promise<readonly ProcessEntry[]> {
  const entries: ProcessEntry[] = [];
  for (const [path, xml] of files) {
    if (kindOfPath(path) !== 'process') continue;
    const { processes, problems } = await parseBpmn(xml, { file: path, isDeployed });
    problems.forEach((problem) => report({ file: path, ...problem }));
    for (const definition of processes) {
      checkProcessId(path, xml, definition, report);
      entries.push(processEntry({ path, xml, definition, settings, report }));
    }
  }
  return entries;
}

function checkProcessId(file: string, xml: string, { bpmnProcessId }: ProcessDefinition, report: Report): void {
  const folder = processFolderOf(file) ?? '';
  if (bpmnProcessId === folder && file === `workflows/${folder}/${folder}.bpmn`) return;
  const line = lineOfId(xml, bpmnProcessId);
  report({
    severity: 'error',
    code: 'configuration.processPlace',
    file,
    elementId: bpmnProcessId,
    ...(line === undefined ? {} : { line }),
    message: `Expected process "${bpmnProcessId}" in workflows/${bpmnProcessId}/${bpmnProcessId}.bpmn: folder, file and process share one id.`,
    messageZh: `流程“${bpmnProcessId}”应位于 workflows/${bpmnProcessId}/${bpmnProcessId}.bpmn：文件夹、文件与流程的标识必须一致。`,
  });
}

interface ReadProcess {
  readonly path: string;
  readonly xml: string;
  readonly definition: ProcessDefinition;
  readonly settings: Settings;
  readonly report: Report;
}

function processEntry({ path, xml, definition, settings, report }: ReadProcess): ProcessEntry {
  const { bpmnProcessId: id, properties } = definition;
  const title = titleOf(path, definition, report);
  const caseSeries = properties['ct.case'];
  const interventionMessage = properties['ct.intervention'];
  const exclusiveTo = namesIn(properties['ct.exclusive']);
  return {
    id,
    path,
    xml,
    definition,
    formIds: formIdsOf(definition, settings),
    ...(caseSeries === undefined ? {} : { caseSeries }),
    ...(exclusiveTo === undefined ? {} : { exclusiveTo }),
    ...(properties['ct.tracking'] === 'origin' ? { isFollowedByOrigin: true } : {}),
    ...(interventionMessage === undefined ? {} : { interventionMessage }),
    ...(title === undefined ? {} : { title }),
    returnStarts: definition.elements.filter(isReturnStart).map(({ id: elementId }) => elementId),
    takeovers: takeoversOf(definition),
    stateVariable: properties['ct.state'] ?? 'caseState',
  };
}

const isReturnStart = ({ properties }: ProcessDefinition['elements'][number]): boolean =>
  properties['ct.returned'] === 'true';

const takeoversOf = ({ elements }: ProcessDefinition): readonly Takeover[] =>
  elements.flatMap(({ id, userTask, properties }) => {
    const roles = userTask && namesIn(properties['ct.exclusive']);
    return roles === undefined ? [] : [{ elementId: id, roles }];
  });

const namesIn = (text: string | undefined): readonly string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');

function titleOf(file: string, { properties, bpmnProcessId }: ProcessDefinition, report: Report) {
  const source = properties['ct.title'];
  if (source === undefined) return undefined;
  const result = compileAttribute(source);
  if (result.ok) return result.expression;
  const detail = result.problems.map(({ message }) => message).join(' ');
  report({
    severity: 'error',
    code: 'configuration.invalidTitle',
    file,
    elementId: bpmnProcessId,
    message: `Expected ct.title to be a FEEL expression but found ${source}: ${detail}`,
    messageZh: `ct.title 不是有效的 FEEL 表达式：${source}（${detail}）`,
  });
  return undefined;
}

/** Forms of tasks, of starts on the portal and by staff, of room actions, and of portal actions whose message it takes. */
function formIdsOf(definition: ProcessDefinition, { portal, launchers, rooms }: Settings): readonly string[] {
  const { bpmnProcessId, elements } = definition;
  const caught = new Set(messagesCaught(definition).map(({ name }) => name));
  const visitors = (portal?.tracking?.actions ?? []).filter(({ message }) => caught.has(message));
  const routed = [...(portal?.entries ?? []), ...launchers].flatMap(({ formId, routes }) =>
    (routes ?? []).map(({ processId }) => ({ formId, processId })),
  );
  const starts = [...(portal?.entries ?? []), ...routed, ...launchers].filter(
    ({ processId }) => processId === bpmnProcessId,
  );
  const own = Object.hasOwn(rooms, bpmnProcessId) ? (rooms[bpmnProcessId]?.actions ?? []) : [];
  const joining = Object.values(rooms).flatMap(({ actions: all = [] }) =>
    all.filter(({ joins, message }) => joins !== undefined && caught.has(message)),
  );
  const actions = [...own.filter(({ joins }) => joins === undefined), ...joining];
  const tasks = elements.map((element: BpmnElement) => element.userTask);
  return [...new Set([...tasks, ...starts, ...actions, ...visitors].flatMap((one) => one?.formId ?? []))];
}

/** Checks every form file (numbers as dictionary values too, for whole-number fields), those of cases with the rule that each field names its class. */
export function readForms(
  json: Json,
  {
    processes,
    settings,
    report,
  }: { readonly processes: readonly ProcessEntry[]; readonly settings: Settings; readonly report: Report },
): ReadonlyMap<string, FormFile> {
  const read = [...json.values()].filter(({ schema }) => schema === 'form');
  const forms = new Map(read.map(({ json: file }) => file.value as FormFile).map((form) => [form.id, form]));
  const sealedOf = new Map([...forms].map(([id, form]) => [id, sealedFields(form, settings.roles)]));
  const ofVisitors = new Set((settings.portal?.tracking?.actions ?? []).map(({ formId }) => formId));
  for (const { path, json: file } of read) {
    const form = file.value as FormFile;
    if (path !== formPath(form.id)) report(misplacedForm(path, form.id, file.lineOf('/id')));
    const users = processes.filter(({ formIds }) => formIds.includes(form.id));
    const others = new Set(users.flatMap(({ formIds }) => formIds).filter((id) => id !== form.id));
    const own = new Set(Object.keys(form.schema.properties ?? {}));
    const sealed = [...others].flatMap((id) => [...(sealedOf.get(id) ?? [])]).filter((name) => !own.has(name));
    const problems = checkForm(form, {
      classes: settings.roles.classes,
      dictionaries: settings.dictionaries as Dictionaries,
      isCase: ofVisitors.has(form.id) || users.some(({ caseSeries }) => caseSeries !== undefined),
      sealedVariables: new Set(sealed),
    });
    problems.forEach((problem) => report({ ...problem, file: path, line: file.lineOf(problem.place ?? '') }));
  }
  return forms;
}

function misplacedForm(file: string, id: string, line: number): Problem {
  return {
    severity: 'error',
    code: 'configuration.formPlace',
    file,
    place: '/id',
    line,
    message: `Expected form "${id}" in ${formPath(id)}: file name and form share one id.`,
    messageZh: `表单“${id}”应位于 ${formPath(id)}：文件名与表单标识必须一致。`,
  };
}

/** Reads the document lists of all process folders and compiles their templates. */
export function readDocuments(json: Json, files: Files, report: Report): ReadonlyMap<string, DocumentEntry> {
  const documents = new Map<string, DocumentEntry>();
  for (const { path, json: file } of [...json.values()].filter(({ schema }) => schema === 'documents')) {
    (file.value as readonly DocumentDeclaration[]).forEach((declaration, index) => {
      const at = {
        file: path,
        place: `/${pointerPart(String(index))}/template`,
        line: file.lineOf(`/${index}/template`),
      };
      if (documents.has(declaration.id))
        report({
          ...at,
          severity: 'error',
          code: 'settings.duplicateId',
          message: `Expected document "${declaration.id}" once in the set but found it twice.`,
          messageZh: `文书标识“${declaration.id}”重复。`,
        });
      const entry = documentEntry(declaration, { files, at, report });
      if (entry) documents.set(entry.id, entry);
    });
  }
  return documents;
}

function documentEntry(
  declaration: DocumentDeclaration,
  {
    files,
    at,
    report,
  }: {
    readonly files: Files;
    readonly at: { readonly file: string; readonly place: string; readonly line: number };
    readonly report: Report;
  },
): DocumentEntry | undefined {
  const processId = processFolderOf(at.file) ?? '';
  const templatePath = `workflows/${processId}/${declaration.template}`;
  const source = files.get(templatePath);
  if (source === undefined) {
    report({
      ...at,
      severity: 'error',
      code: 'link.unknownReference',
      message: `Expected the template "${templatePath}" to exist.`,
      messageZh: `找不到模板“${templatePath}”。`,
    });
    return undefined;
  }
  if (source.trim() === '') {
    report({
      file: templatePath,
      severity: 'error',
      code: 'document.empty',
      message: 'Expected something to print but the template is empty.',
      messageZh: '模板是空的，印出来是一张白纸。',
    });
    return undefined;
  }
  const result = compileTemplate(source, { id: declaration.id });
  if (result.ok) return { ...declaration, path: at.file, templatePath, processId, compiled: result.template };
  result.problems.forEach((problem) => report({ ...problem, file: templatePath }));
  return undefined;
}

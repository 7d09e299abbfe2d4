import type { ScenarioFile } from '../configuration-set.js';
import type { Scenario, ScenarioExpectation, ScenarioOpening, ScenarioStep } from '../scenarios.js';
import { remembered } from '../remembered.js';
import { type LinkContext, reportMissing, type Sentence } from './link-context.js';
import { startMessages } from './message-links.js';

interface Names {
  readonly accounts: readonly string[];
  readonly elements: readonly string[];
  readonly forms: readonly string[];
  readonly documents: readonly string[];
  readonly ledgers: readonly string[];
  readonly indicators: readonly string[];
  readonly deadlines: readonly string[];
  readonly files: readonly string[];
  readonly processes: readonly string[];
  readonly startMessages: readonly string[];
}

/** Follows what the scenarios of a process name. */
export function linkScenarios(context: LinkContext, file: ScenarioFile): void {
  const names = namesOf(context);
  file.scenarios.forEach((scenario, index) =>
    linkScenario(checker(context, file.path), { scenario, place: `/${index}`, names }),
  );
}

/** What all scenarios may name, gathered once for all their files. */
const namesOf = remembered((context: LinkContext): Names => {
  const { set } = context;
  return {
    accounts: (set.organization.accounts ?? []).map(({ id }) => id),
    elements: [...set.processes.flatMap(({ definition }) => [...definition.indexById.keys()]), ...roomActions(context)],
    forms: [
      ...set.forms.keys(),
      ...set.launchers.map(({ id }) => id),
      ...(set.portal?.entries ?? []).map(({ id }) => id),
    ],
    documents: [...set.documents.keys()],
    ledgers: [...set.readModel.ledgers, ...set.readModel.accessLedgers].map(({ declaration }) => declaration.id),
    indicators: set.readModel.indicators.map(({ declaration }) => declaration.id),
    deadlines: set.readModel.deadlines.map(({ declaration }) => declaration.id),
    files: [...set.files.keys()],
    processes: set.processes.map(({ id }) => id),
    startMessages: set.processes.flatMap(({ definition }) => startMessages(definition)),
  };
});

function roomActions(context: LinkContext): readonly string[] {
  return Object.values(context.set.rooms).flatMap((room) => (room.actions ?? []).map(({ id }) => id));
}

type Check = (place: string, id: string | undefined, known: readonly string[], what: Sentence) => void;

const setOf = remembered((names: readonly string[]): ReadonlySet<string> => new Set(names));

function checker(context: LinkContext, file: string): Check {
  return (place, id, known, what) => {
    if (id !== undefined && !setOf(known).has(id)) reportMissing(context, file, place, { what, id, known });
  };
}

interface Located<Part> {
  readonly place: string;
  readonly names: Names;
  readonly part: Part;
}

function linkScenario(
  check: Check,
  { scenario, place, names }: { readonly scenario: Scenario; readonly place: string; readonly names: Names },
): void {
  linkStart(check, { part: scenario.start, place: `${place}/start`, names });
  const steps = scenario.steps ?? [];
  const cases = ['first', ...steps.flatMap((step) => (step.do === 'start' ? (step.cases ?? []) : []))];
  steps.forEach((step, index) => {
    linkStep(check, { part: step, place: `${place}/steps/${index}`, names });
    step.cases?.forEach((name, at) => check(`${place}/steps/${index}/cases/${at}`, name, cases, ['the case', '事项']));
  });
  linkExpectation(check, { part: scenario.expect, place: `${place}/expect`, names });
}

function linkStart(check: Check, { part, place, names }: Located<ScenarioOpening>): void {
  check(`${place}/process`, part.process, names.processes, ['the process', '流程']);
  check(`${place}/message`, part.message, names.startMessages, ['the start message', '开始消息']);
  check(`${place}/as`, part.as, names.accounts, ['the account', '账号']);
  check(`${place}/form`, part.form, names.forms, ['the form', '表单']);
}

function linkStep(check: Check, { part, place, names }: Located<ScenarioStep>): void {
  check(`${place}/as`, part.as, names.accounts, ['the account', '账号']);
  check(`${place}/element`, part.element, names.elements, ['the element', '流程元素']);
  check(`${place}/form`, part.form, names.forms, ['the form', '表单']);
  check(`${place}/process`, part.process, names.processes, ['the process', '流程']);
  check(`${place}/approvedBy`, part.approvedBy, names.accounts, ['the account', '账号']);
  if (part.start) linkStart(check, { part: part.start, place: `${place}/start`, names });
  part.changes?.forEach(({ file }, index) =>
    check(`${place}/changes/${index}/file`, file, names.files, ['the file', '文件']),
  );
  linkExpectation(check, { part: part.expect, place: `${place}/expect`, names });
}

function linkExpectation(check: Check, { part, place, names }: Located<ScenarioExpectation | undefined>): void {
  part?.elements?.forEach((id, index) =>
    check(`${place}/elements/${index}`, id, names.elements, ['the element', '流程元素']),
  );
  part?.tasks?.forEach(({ element }, index) =>
    check(`${place}/tasks/${index}/element`, element, names.elements, ['the element', '流程元素']),
  );
  part?.inactive?.forEach((id, index) =>
    check(`${place}/inactive/${index}`, id, names.elements, ['the element', '流程元素']),
  );
  part?.documents?.forEach((document, index) => {
    const id = typeof document === 'string' ? document : document.id;
    check(`${place}/documents/${index}`, id, names.documents, ['the document', '文书']);
  });
  linkSights(check, { part, place, names });
  part?.ledgers?.forEach(({ ledger, as }, index) => {
    check(`${place}/ledgers/${index}/ledger`, ledger, names.ledgers, ['the ledger', '台账']);
    check(`${place}/ledgers/${index}/as`, as, names.accounts, ['the account', '账号']);
  });
  part?.notVisibleTo?.forEach((id, index) =>
    check(`${place}/notVisibleTo/${index}`, id, names.accounts, ['the account', '账号']),
  );
}

/** Who is named as looking, and at what. */
function linkSights(check: Check, { part, place, names }: Located<ScenarioExpectation | undefined>): void {
  const looking = [
    ...(part?.indicators ?? []).map(({ as }, index) => [`indicators/${index}`, as] as const),
    ...(part?.notices ?? []).map(({ as }, index) => [`notices/${index}`, as] as const),
    ...(part?.deadlines ?? []).map(({ as }, index) => [`deadlines/${index}`, as] as const),
  ];
  check(`${place}/course/as`, part?.course?.as, names.accounts, ['the account', '账号']);
  part?.started?.forEach(({ process }, index) =>
    check(`${place}/started/${index}/process`, process, names.processes, ['the process', '流程']),
  );
  looking.forEach(([at, as]) => check(`${place}/${at}/as`, as, names.accounts, ['the account', '账号']));
  part?.indicators?.forEach(({ indicator }, index) =>
    check(`${place}/indicators/${index}/indicator`, indicator, names.indicators, ['the indicator', '指标']),
  );
  part?.deadlines?.forEach(({ deadline }, index) =>
    check(`${place}/deadlines/${index}/deadline`, deadline, names.deadlines, ['the deadline', '期限']),
  );
}

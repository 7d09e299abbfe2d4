import type { Draft } from '../drafts.js';
import { addField } from '../form/add-field.js';
import { insertItem } from '../text/json-text.js';
import { processDiagram } from './process-diagram.js';
import { decisionTable } from './decision-table.js';

/** What the person has said about the new thing. */
export type Wish =
  | { kind: 'process'; id: string; title: string; role: string; starters: readonly string[]; form: FormWish }
  | { kind: 'form'; id: string; title: string }
  | { kind: 'decision'; id: string; title: string; folder: string }
  | { kind: 'document'; id: string; title: string; folder: string; roles: readonly string[] }
  | { kind: 'calendar'; id: string };
/** The form of the first step: one that there is, or a new one. */
export type FormWish = { id: string; isNew: boolean };

export type NewFile = { path: string; content: string; created: NonNullable<Draft['created']> };
export type NewThing = {
  files: NewFile[];
  /** What is added to a list that other files have already. */
  entries: { path: string; entry: unknown }[];
};

/** Words that are written into new files; the files are in Chinese whatever language the screen has. */
const words = {
  start: '开始',
  step: '办理',
  end: '结束',
  text: '内容',
  submit: '提交',
  next: '发起后，办理人会收到任务。',
  guide: '说明这个流程做什么、什么时候用、由谁办理。',
  body: '请在这里写正文。',
  input: '条件',
  output: '结果',
  calendar: '放假通知公布后，请填写节假日和调休上班日。没有填写的，周一至周五上班。',
};

/** The files of a new thing, valid as they are; the first one is opened. */
export function newThing(wish: Wish): NewThing {
  switch (wish.kind) {
    case 'process':
      return newProcess(wish);
    case 'form':
      return { files: [newForm(wish)], entries: [] };
    case 'decision': {
      const { id, title, folder } = wish;
      const content = decisionTable({ id, title, input: words.input, output: words.output });
      return {
        files: [{ path: `workflows/${folder}/${id}.dmn`, content, created: { kind: 'decision', title } }],
        entries: [],
      };
    }
    case 'document':
      return newDocument(wish);
    case 'calendar': {
      const calendar = { year: Number(wish.id), note: words.calendar, holidays: [], workdays: [] };
      const path = `workflows/calendar/${wish.id}.json`;
      const created = { kind: 'settings', title: `${wish.id}.json` } as const;
      return { files: [{ path, content: `${JSON.stringify(calendar, null, 2)}\n`, created }], entries: [] };
    }
  }
}

function newProcess({ id, title, role, starters, form }: Extract<Wish, { kind: 'process' }>): NewThing {
  const { start, step, end } = words;
  const diagram = processDiagram({ id, title, role, formId: form.id, names: { start, step, end } });
  const readme = `# ${title}（${id}）\n\n${words.guide}\n`;
  const launcher = { id, title, next: words.next, processId: id, roles: starters };
  return {
    files: [
      { path: `workflows/${id}/${id}.bpmn`, content: diagram, created: { kind: 'process', title } },
      { path: `workflows/${id}/README.md`, content: readme, created: { kind: 'readme', title: 'README.md' } },
      ...(form.isNew ? [newForm({ kind: 'form', id: form.id, title }, id)] : []),
    ],
    entries: starters.length > 0 ? [{ path: 'workflows/launchers.json', entry: launcher }] : [],
  };
}

function newForm({ id, title }: Extract<Wish, { kind: 'form' }>, process?: string): NewFile {
  const form = {
    id,
    title,
    schema: { type: 'object', required: [], additionalProperties: false, properties: {} },
    ui: { pages: [{ title, fields: [] }], submit: words.submit },
  };
  const empty = `${JSON.stringify(form, null, 2)}\n`;
  const { text } = addField(empty, 'longText', { title: words.text, dictionary: '' });
  return {
    path: `forms/${id}.form.json`,
    content: text,
    created: { kind: 'form', title, ...(process !== undefined && { process }) },
  };
}

function newDocument({ id, title, folder, roles }: Extract<Wish, { kind: 'document' }>): NewThing {
  const content = `<p>${words.body}</p>\n<div class="sign">{{seal organization.name}}<br>{{dateCN document.date}}</div>\n`;
  return {
    files: [{ path: `workflows/${folder}/documents/${id}.hbs`, content, created: { kind: 'document', title } }],
    entries: [
      { path: `workflows/${folder}/documents.json`, entry: { id, title, template: `documents/${id}.hbs`, roles } },
    ],
  };
}

/** A list with one more entry at its end; null: there is no such list yet. */
export function withEntry(list: string | null, entry: unknown): string {
  const text = list ?? '[]\n';
  return insertItem(text, [], (JSON.parse(text) as unknown[]).length, entry);
}

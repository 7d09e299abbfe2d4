import { WORD_ELEMENTS } from '#documents';
import { processFolderOf } from '../files.js';
import type { DocumentDeclaration } from '../settings.js';
import { type LinkContext, reportPlace } from './link-context.js';
import { expectAll } from './references.js';

interface Declared {
  readonly file: string;
  readonly index: number;
  readonly declaration: DocumentDeclaration;
}

/** Follows the roles that the document lists name, and asks of those for Word whether they can be such a file. */
export function linkDocuments(context: LinkContext): void {
  const known = [...context.set.roles.roles.map(({ id }) => id), 'portal'];
  for (const { path, json } of [...context.json.values()].filter(({ schema }) => schema === 'documents')) {
    (json.value as readonly DocumentDeclaration[]).forEach((declaration, index) => {
      const ids = declaration.roles ?? [];
      expectAll(context, { file: path, place: `/${index}/roles`, ids, known, what: ['the role', '岗位'] });
      if (declaration.word === true) linkWord(context, { file: path, index, declaration });
    });
  }
}

function linkWord(context: LinkContext, { file, index, declaration }: Declared): void {
  const place = `/${index}/word`;
  if (declaration.receipt === true)
    reportPlace(context, file, place, {
      code: 'document.wordReceipt',
      text: [
        'Expected a receipt to be no Word file: it carries the tracking code and is never edited. Remove "word".',
        '回执上有查询码，不能供人修改，请去掉 word。',
      ],
    });
  if ((declaration.roles ?? []).length === 0)
    reportPlace(context, file, place, {
      code: 'document.wordForNobody',
      text: [
        'Expected "roles" to name who may take the Word file out but nobody may open the document.',
        '没有写明哪些岗位可以打开（roles），无人能下载 Word。',
      ],
    });
  linkElements(context, { file, index, declaration });
}

/** A picture or a frame would be lost on the way, so it is refused while the author can still change it. */
function linkElements(context: LinkContext, { file, declaration }: Declared): void {
  const templatePath = `workflows/${processFolderOf(file) ?? ''}/${declaration.template}`;
  const source = context.set.files.get(templatePath) ?? '';
  for (const { index, 1: name = '' } of source.matchAll(/<([a-zA-Z][\w-]*)/g)) {
    if (WORD_ELEMENTS.has(name.toLowerCase())) continue;
    context.report({
      severity: 'error',
      code: 'document.wordElement',
      message: `Expected a document for Word to hold headings, paragraphs, lists and tables but found <${name}>. Remove it, or remove "word" from documents.json.`,
      messageZh: `供 Word 修改的文书只能有标题、段落、列表和表格，不能有 <${name}>。请改模板，或在 documents.json 中去掉 word。`,
      file: templatePath,
      line: source.slice(0, index).split('\n').length,
    });
  }
}

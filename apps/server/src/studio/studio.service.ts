import { Inject, Injectable } from '@nestjs/common';
import { fieldChoices, GitHistory, hashText, isSafePath, kindOfPath, readFolder } from '#configuration';
import type { ConfigurationSet, ConfigurationSource } from '#configuration';
import { createFormValidator, effectiveSchema } from '#forms';
import type { FormFile } from '#forms';
import type { Queries } from '#persistence';
import { FormContextService } from '../cases/form-context.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { Refusal, notFound } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { QUERIES, SETTINGS } from '../tokens.js';

/** Shows the files of the configuration, what editors may choose from, and their history. */
@Injectable()
export class StudioService {
  private readonly git = new GitHistory();

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly forms: FormContextService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async files() {
    const { files, processes, forms, decisions, documents, readModel } = this.configuration.current;
    const titles = new Map([
      ...processes.map((process) => [process.path, process.definition.name] as const),
      ...decisions.map((decision) => [decision.path, decision.name] as const),
      ...[...forms.values()].map((form) => [`forms/${form.id}.form.json`, form.title] as const),
      ...[...documents.values()].map((document) => [document.templatePath, document.title] as const),
      ...[...readModel.ledgers, ...readModel.accessLedgers, ...readModel.indicators].map(
        ({ path, declaration: { id, title } }) => [path, `${id} ${title}`] as const,
      ),
    ]);
    const folder = await this.folder();
    const latest = await this.queries.latestSet('folder');
    const broken = this.configuration.folderProblems;
    return {
      set: latest && { number: latest.id, hash: latest.hash, publishedAt: isoTime(latest.publishedAt), by: latest.by },
      folderProblems: broken,
      files: [...folder.files].map(([path, content]) => ({
        path,
        kind: kindOfPath(path) ?? 'settings',
        title: titles.get(path) ?? path.split('/').at(-1) ?? path,
        ...processFolder(path, processes),
        size: Buffer.byteLength(content),
        problems: broken.filter((problem) => problem.file === path).length,
        isPublished: files.get(path) === content,
      })),
    };
  }

  async file(path: string) {
    const content = (await this.folder()).files.get(path);
    if (content === undefined)
      throw new Refusal('notFound', `Expected a file of the configuration but found no ${path}.`);
    return { path, content, hash: hashText(content) };
  }

  /** What editors offer to choose from. */
  reference() {
    const { organization, roles, forms, decisions, processes, documents, dictionaries, numbering, elementTemplates } =
      this.configuration.current;
    return {
      units: organization.units,
      roles: roles.roles.map(({ id, name }) => ({ id, name })),
      classes: roles.classes,
      forms: [...forms.values()].map(({ id, title }) => ({ id, title })),
      decisions: decisions.map(({ id, name }) => ({ id, name })),
      processes: processes.map(({ id, definition }) => ({ id, name: definition.name })),
      documents: [...documents.values()].map(({ id, title }) => ({ id, title })),
      dictionaries: Object.keys(dictionaries),
      fieldChoices: fieldChoices(forms.values()),
      elementTemplates,
      series: Object.entries(numbering).map(([id, { name }]) => ({ id, name })),
    };
  }

  async history(path?: string) {
    if (path !== undefined && !isSafePath(path)) throw notFound(path);
    const commits = await this.git.log(this.settings.configDir, path);
    if (commits.length > 0) {
      return commits.map((commit) => ({
        at: commit.at,
        author: commit.author.name,
        message: commit.message,
        commit: commit.id,
        files: commit.files,
      }));
    }
    const sets = await this.queries.sets(50);
    return sets.map((set) => ({
      at: isoTime(set.publishedAt),
      author: set.by ?? '',
      message: set.message ?? '',
      set: set.id,
      files: [],
    }));
  }

  /** A file as it was at a commit. */
  async at(path: string, commit: string) {
    if (!isSafePath(path)) throw notFound(path);
    const content = await this.git.show(this.settings.configDir, commit, path);
    if (content === undefined)
      throw new Refusal('notFound', `Expected ${path} at commit ${commit} but it is not there.`);
    return { path, content, hash: hashText(content) };
  }

  preview(form: unknown, data: unknown) {
    const effective = effectiveSchema(form as FormFile, data, { ...this.forms.context({}), applyDefaults: true });
    return {
      schema: effective.schema,
      ui: effective.ui,
      data: effective.data,
      errors: createFormValidator({ language: 'zh' }).validate(effective.schema, effective.data),
    };
  }

  private folder(): Promise<ConfigurationSource> {
    return readFolder(this.settings.configDir);
  }
}

/** The process whose folder a file stands in. */
function processFolder(path: string, processes: ConfigurationSet['processes']): { readonly processId?: string } {
  const [, folder] = path.split('/');
  return path.startsWith('workflows/') && processes.some(({ id }) => id === folder)
    ? { processId: String(folder) }
    : {};
}

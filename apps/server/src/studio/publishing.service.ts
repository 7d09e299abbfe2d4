import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import {
  camundaFindings,
  compileConfiguration,
  diffSets,
  formatProblem,
  GitHistory,
  hasErrors,
  hashText,
  loosenedLimits,
  protectiveChanges,
  readFolder,
  RefusedFileChange,
  writeFiles,
} from '#configuration';
import type { CompileOptions, ConfigurationSet, ConfigurationSource, FileChange } from '#configuration';
import type { Approval, Queries } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationDeployer } from '../configuration/configuration-deployer.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { outgoingFaultOf } from '../outgoing/allowed-hosts.js';
import { Refusal } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { QUERIES, SETTINGS } from '../tokens.js';
import { ApprovalsService } from './approvals.service.js';
import { noteOf } from './commit-note.js';

export interface StudioChange extends FileChange {
  /** Hash of the file that the editor began with; null for a new file. Absent: not compared. */
  readonly baseHash?: string | null;
}

export interface Publication {
  readonly changes: readonly StudioChange[];
  /** Why, in one line. */
  readonly message: string;
}

interface Author {
  readonly id: string;
  readonly name: string;
  /** Id of the account that approved it. */
  readonly approvedBy?: string;
}

/** Checks and publishes changes of the configuration; one publication at a time. */
@Injectable()
export class PublishingService implements OnModuleInit {
  private readonly git = new GitHistory();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly deployer: ConfigurationDeployer,
    private readonly approvals: ApprovalsService,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.approvals.carriesOut('publication', {
      carryOut: (approval, approver) => this.publishApproved(approval, approver),
    });
  }

  private get rules(): CompileOptions {
    const today = new Date().toISOString().slice(0, 10);
    return { outgoingFault: outgoingFaultOf(this.settings.outgoing.hosts), today };
  }

  /**
   * Checks the whole set as it would be with the changes, and says what would not run on a Camunda cluster and why a
   * second person would have to approve it.
   */
  async check(changes: readonly FileChange[]) {
    const source = withChanges(await this.folder(), changes);
    const { set, problems } = await this.compile(source);
    const why = set ? this.whySecondPerson(set) : [];
    return { problems: [...problems, ...(await camundaFindings(source, problems))], why };
  }

  /** Checks, then publishes; a change that takes protection away waits for a second person instead. */
  publish(publication: Publication, account: SignedIn) {
    return this.alone(async () => {
      const { set } = await this.compiled(publication);
      const reasons = this.whySecondPerson(set);
      if (reasons.length === 0) return this.carryOut(publication, { id: account.id, name: account.name });
      const { changes, message } = publication;
      return this.approvals.ask({ kind: 'publication', changes, message, why: reasons, author: account.id });
    });
  }

  /** Publishes what a second person has approved, in its author's name. */
  private publishApproved({ changes, message, author: id }: Approval, { id: approvedBy }: SignedIn) {
    const publication = { changes: changes as Publication['changes'], message };
    return this.alone(async () => {
      await this.compiled(publication);
      const name = (await this.names.account(id))?.name ?? id;
      return this.carryOut(publication, { id, name, approvedBy });
    });
  }

  /** Compiles what would be published; beside the faults of the files, nothing that the law limits may be loosened. */
  private async compile(source: ConfigurationSource) {
    const { set, problems } = await compileConfiguration(source, this.rules);
    const loosened = set ? loosenedLimits(this.configuration.current, set) : [];
    return { set, problems: [...problems, ...loosened] };
  }

  private whySecondPerson(set: ConfigurationSet): readonly string[] {
    return protectiveChanges(this.configuration.current, set).map(({ messageZh }) => messageZh);
  }

  private async compiled({ changes }: Publication): Promise<{ set: ConfigurationSet }> {
    const folder = await this.folder();
    const conflicts = changes
      .filter(({ path, baseHash }) => baseHash !== undefined && baseHash !== currentHash(folder, path))
      .map(({ path }) => path);
    if (conflicts.length > 0) {
      throw new Refusal('conflict', `Expected unchanged files but ${conflicts.join(', ')} changed meanwhile.`, {
        zh: '有文件刚被他人修改，请重新载入后合并。',
        more: { conflicts },
      });
    }
    const { set, problems } = await this.compile(withChanges(folder, changes));
    if (set && !hasErrors(problems)) return { set };
    throw new Refusal(
      'invalidFiles',
      `Expected files without faults: ${problems.map((problem) => formatProblem(problem)).join(' ')}`,
      { zh: '检查发现问题，没有发布。', problems },
    );
  }

  async carryOut({ changes, message }: Publication, author: Author) {
    const before = this.configuration.current;
    const files = changes.map(({ path, content }) => ({ path, content }));
    try {
      await writeFiles(this.settings.configDir, files);
    } catch (error) {
      if (error instanceof RefusedFileChange)
        throw new Refusal('invalidArgument', error.message, { zh: `文件不能保存：${error.path}` });
      throw error;
    }
    const applied = await this.deployer.apply(await this.folder(), {
      by: author.id,
      message,
      ...(author.approvedBy !== undefined && { approvedBy: author.approvedBy }),
    });
    if (!applied.ok)
      throw new Refusal('invalidFiles', 'Expected files without faults.', { problems: applied.problems });
    const commit = await this.git.commit(
      this.settings.configDir,
      changes.map(({ path }) => path),
      message,
      { name: author.name, email: `${author.id}@changtong.local` },
    );
    const latest = await this.queries.latestSet('folder');
    const switched = diffSets(before, applied.set);
    return {
      set: { number: latest?.id, hash: applied.set.hash },
      commit: commit.kind === 'committed' ? { id: commit.id } : null,
      ...(commit.kind !== 'committed' && { note: noteOf(commit.kind) }),
      switched,
      running: await this.running(switched.processes),
      problems: applied.problems,
    };
  }

  /** Of processes that belong to exclusive roles not even the number of cases is told. */
  private async running(processIds: readonly string[]) {
    const { processes } = this.configuration.current;
    const exclusive = processes.flatMap(({ id, exclusiveTo }) => (exclusiveTo === undefined ? [] : [id]));
    const lists = await Promise.all(
      processIds
        .filter((id) => !exclusive.includes(id))
        .map(async (processId) =>
          (await this.queries.runningByVersion(processId)).map((row) => ({ processId, ...row })),
        ),
    );
    return lists.flat();
  }

  private folder(): Promise<ConfigurationSource> {
    return readFolder(this.settings.configDir);
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }
}

function withChanges(source: ConfigurationSource, changes: readonly FileChange[]): ConfigurationSource {
  const files = new Map(source.files);
  for (const { path, content } of changes) {
    if (content === null) files.delete(path);
    else files.set(path, content);
  }
  return { ...source, files };
}

function currentHash(source: ConfigurationSource, path: string): string | null {
  const content = source.files.get(path);
  return content === undefined ? null : hashText(content);
}

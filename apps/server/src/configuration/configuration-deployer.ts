import type { Logger } from 'pino';
import {
  type ConfigurationSet,
  type ConfigurationSource,
  compileConfiguration,
  formatProblem,
  hashText,
} from '#configuration';
import type { Problem } from '#bpmn';
import type { DeploymentReply, Runtime } from '#runtime';
import type { ConfigurationHolder } from './configuration-holder.js';
import { schedulesOf } from './schedules-of.js';
import { replyOf } from '../problems/refusal.js';

export interface DeploymentNote {
  readonly by?: string;
  readonly approvedBy?: string;
  readonly message?: string;
}

export type Applied =
  | {
      readonly ok: true;
      readonly set: ConfigurationSet;
      readonly deployment: DeploymentReply | undefined;
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface DeployerParts {
  readonly runtime: Runtime;
  readonly holder: ConfigurationHolder;
  readonly log: Logger;
  /** Hash of the set that the database holds as the latest of the folder. */
  readonly deployedHash: () => Promise<string | undefined>;
}

/** Brings a configuration folder into force: checks it whole, deploys it where it is new, switches to it. */
export class ConfigurationDeployer {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: DeployerParts) {}

  /** One after the other: two changes in a row never overtake each other. */
  apply(source: ConfigurationSource, note: DeploymentNote = {}): Promise<Applied> {
    const next = this.last.then(() => this.applyNow(source, note));
    this.last = next.catch(() => undefined);
    return next;
  }

  /** As `apply`, but a broken folder is logged and the last good set goes on serving. */
  async follow(source: ConfigurationSource): Promise<void> {
    const { holder, log } = this.parts;
    const applied = await this.apply(source, { message: 'changed in the folder' });
    if (applied.ok) return;
    holder.keepServingDespite(applied.problems);
    const lines = applied.problems.map((problem) => formatProblem(problem));
    log.warn({ problems: lines }, 'the configuration folder has faults; the last good set goes on serving');
  }

  private async applyNow(source: ConfigurationSource, note: DeploymentNote): Promise<Applied> {
    const { holder, log } = this.parts;
    const compiled = await compileConfiguration(source);
    if (!compiled.set) return { ok: false, problems: compiled.problems };
    const deployment = await this.deployWhereNew(compiled.set, note);
    holder.folderIsSound();
    if (!holder.isLoaded || holder.current.hash !== compiled.set.hash) {
      holder.switchTo(compiled.set);
      log.info({ hash: compiled.set.hash, processes: compiled.set.processes.length }, 'configuration in force');
    }
    return { ok: true, set: compiled.set, deployment, problems: compiled.problems };
  }

  private async deployWhereNew(set: ConfigurationSet, note: DeploymentNote): Promise<DeploymentReply | undefined> {
    if ((await this.parts.deployedHash()) === set.hash) return undefined;
    const files = [...set.files].map(([path, content]) => ({ path, content, digest: hashText(content) }));
    const schedules = schedulesOf(set);
    return replyOf(await this.parts.runtime.deploy({ hash: set.hash, source: 'folder', files, schedules, ...note }));
  }
}

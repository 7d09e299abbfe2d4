import type { Problem } from '#bpmn';
import type { ConfigurationSet } from '#configuration';

type Listener = (set: ConfigurationSet) => void;

/** The configuration that serves now. Read `current` anew in each request: a publication switches it. */
export class ConfigurationHolder {
  private set: ConfigurationSet | undefined;
  private readonly listeners = new Set<Listener>();
  private faults: readonly Problem[] = [];

  get current(): ConfigurationSet {
    if (!this.set) throw new Error('Expected a configuration but none is loaded yet.');
    return this.set;
  }

  get isLoaded(): boolean {
    return this.set !== undefined;
  }

  /** What is wrong in the folder while an earlier set goes on serving; empty where the folder is what serves. */
  get folderProblems(): readonly Problem[] {
    return this.faults;
  }

  /** Puts another set in force and tells who listens. */
  switchTo(set: ConfigurationSet): void {
    this.faults = [];
    this.set = set;
    for (const listener of this.listeners) listener(set);
  }

  /** The folder holds what serves. */
  folderIsSound(): void {
    this.faults = [];
  }

  keepServingDespite(problems: readonly Problem[]): void {
    this.faults = problems;
  }

  /** Calls back after each switch; gives a function that ends it. */
  onSwitch(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

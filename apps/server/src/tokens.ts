/** Injection tokens of what is opened before Nest starts. Inject with `@Inject(RUNTIME) private readonly runtime: Runtime`. */
export const SETTINGS = Symbol('Settings');
export const DATABASE = Symbol('Database');
/** `Queries` of persistence. */
export const QUERIES = Symbol('Queries');
/** `WorkQueries` of persistence. */
export const WORK_QUERIES = Symbol('WorkQueries');
/** `VaultQueries` of persistence. */
export const VAULT_QUERIES = Symbol('VaultQueries');
/** `DestructionQueries` of persistence. */
export const DESTRUCTION_QUERIES = Symbol('DestructionQueries');
/** `TaskActionQueries` of persistence. */
export const TASK_ACTION_QUERIES = Symbol('TaskActionQueries');
export const RUNTIME = Symbol('Runtime');
export const STORE = Symbol('RuntimeStore');
export const VAULT = Symbol('Vault');
export const MASTER_KEY = Symbol('MasterKey');
/** pino's `Logger`. */
export const LOG = Symbol('Log');
/** `FormSubmissionService` of submissions.ts. */
export const FORM_SUBMISSIONS = Symbol('FormSubmissions');

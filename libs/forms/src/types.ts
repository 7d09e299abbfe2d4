import type { EvaluationContext } from '#feel';

/** A form file, `forms/<id>.form.json`: JSON Schema 2020-12 with keywords of our own, plus how it is shown. */
export interface FormFile {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  /** Clauses of the rules that the form carries out. */
  readonly clauses?: readonly string[];
  readonly schema: FieldSchema;
  readonly ui?: FormUi;
}

/** A JSON Schema as forms use it. Keywords that are not named here pass through to the validator. */
export interface FieldSchema {
  readonly type?: string;
  readonly title?: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Choice[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: FieldSchema;
  readonly uniqueItems?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Greatest number that the field takes. */
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly readOnly?: boolean;
  readonly 'x-class'?: string;
  /** FEEL; the field exists only where it yields true. */
  readonly 'x-visible'?: string | boolean;
  /** FEEL; the field must be filled where it yields true. */
  readonly 'x-required'?: string | boolean;
  /** FEEL; computed by the server and the browser alike, read-only. */
  readonly 'x-value'?: unknown;
  /** FEEL over the process variables, evaluated when the form is opened. */
  readonly 'x-default'?: unknown;
  /** FEEL number; lowers `maxItems` of a list. */
  readonly 'x-max-items'?: string;
  /** FEEL number; lowers `maximum` of a number. */
  readonly 'x-maximum'?: string;
  /** FEEL moment or day after which a date or time of this field may not lie. Of an effective schema: that moment itself. */
  readonly 'x-latest'?: string;
  /** As `x-latest`, before which it may not lie. */
  readonly 'x-earliest'?: string;
  readonly 'x-dictionary'?: string;
  readonly 'x-source'?: SourceName;
  readonly 'x-file'?: FileRule;
  /** The value enters the keyed-hash predicate of this name. */
  readonly 'x-match'?: string;
  /** References below name units or accounts that are no candidates in this case. */
  readonly 'x-excludes'?: boolean;
  /**
   * The text is the number of another case: whom that one excludes, the case in which the form is filled in excludes too.
   * `related`: of somebody else's case, which is not the same matter coming again. `unrelated`: of neither, whatever an
   * earlier form of the case says.
   */
  readonly 'x-names-case'?: true | 'related' | 'unrelated';
  /** What gives this text: each is offered with the form, and the number of what it started is filled in. */
  readonly 'x-launch'?: readonly LaunchOffer[];
  /** Published texts that are offered above the field; the chosen one is filled in and may be changed. */
  readonly 'x-suggests'?: SuggestionSource;
  /** Said beside the field while what is typed looks like this; nothing is refused or kept. */
  readonly 'x-warns'?: readonly TextWarning[];
  /** What the answer is called where staff read it; absent: as it is asked for. */
  readonly 'x-record-title'?: string;
  /** Chinese text by keyword, instead of the usual sentence. */
  readonly 'x-messages'?: Readonly<Record<string, string>>;
  readonly 'x-messagesEn'?: Readonly<Record<string, string>>;
  /** Of an effective schema: this leaf holds a handle, the value itself is stored encrypted. */
  readonly 'x-sealed'?: boolean;
  /** Of an effective schema: the exact schema of each row, where rows differ from `items`. */
  readonly 'x-rows'?: readonly FieldSchema[];
  readonly [keyword: string]: unknown;
}

/** What is said beside a text where a part of it matches `pattern`, a regular expression of linear time (ADR 9). */
export interface TextWarning {
  readonly pattern: string;
  readonly text: string;
  /** The same in English; absent: `text` is shown. */
  readonly textEn?: string;
}

/** A launcher that is offered while a task's form is open. */
export interface LaunchOffer {
  /** Id in `launchers.json`. */
  readonly launcher: string;
  /** FEEL over the process variables by field of the launcher's form, evaluated when the task is opened. */
  readonly prefill?: Readonly<Record<string, string>>;
}

/** A page of `portal.json` whose rows are offered as texts. */
export interface SuggestionSource {
  /** Its id in `portal.json`. */
  readonly page: string;
  /** Column of the page by which a row is chosen. */
  readonly label: string;
  /** Column of the page whose text is filled in. */
  readonly value: string;
  /** Fields of the form by columns of the page: rows that show the same there come first. */
  readonly match?: Readonly<Record<string, string>>;
}

export interface Choice {
  readonly const?: unknown;
  readonly title?: string;
  readonly [keyword: string]: unknown;
}

export interface FileRule {
  readonly maxBytes: number;
  /** Media types, such as `image/png`. */
  readonly types: readonly string[];
}

export type SourceName = 'units' | 'accounts' | 'roles';

export interface FormUi {
  readonly pages?: readonly FormPage[];
  readonly widgets?: Readonly<Record<string, string>>;
  readonly help?: Readonly<Record<string, string>>;
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly submit?: string;
  readonly readonly?: readonly string[];
  readonly [key: string]: unknown;
}

export interface FormPage {
  readonly title?: string;
  readonly description?: string;
  readonly fields: readonly string[];
  /** Fields folded away under 更多. */
  readonly more?: readonly string[];
  /** FEEL by field of `fields`: the field goes under 更多 while it yields true. */
  readonly fold?: Readonly<Record<string, string>>;
}

/** Field classes as `workflows/roles.json` declares them. */
export type FormClasses = readonly { readonly id: string; readonly name: string; readonly sealed: boolean }[];

export type Dictionaries = Readonly<
  Record<string, readonly { readonly value: string | number; readonly label: string; readonly labelEn?: string }[]>
>;

export type Sources = Readonly<Partial<Record<SourceName, readonly { readonly id: string; readonly name: string }[]>>>;

export type FormLanguage = 'zh' | 'en';

/** What the rules of a form may know besides the form's own fields. */
export interface FormContext {
  /** Variables of the process; protected ones are handles. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly dictionaries: Dictionaries;
  readonly sources: Sources;
  readonly evaluation: EvaluationContext;
  /** Readable as `parameters` in expressions. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Who fills the form in, readable as `signedIn.id` and `signedIn.name`; absent where nobody is signed in. */
  readonly signedIn?: { readonly id: string; readonly name: string };
  /** Language of dictionary labels and messages; default `zh`. */
  readonly language?: FormLanguage;
}

export interface FieldError {
  /** JSON pointer to the field, such as `/demands/0/text`; empty for the form as a whole. */
  readonly path: string;
  readonly keyword: string;
  readonly message: string;
}

/** Stands in a variable for a value that is stored encrypted under this key. */
export interface Handle {
  readonly $sealed: string;
}

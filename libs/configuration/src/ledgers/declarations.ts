/** Shapes of `workflows/ledgers/*.ledger.json` and `*.indicator.json`; texts that begin with `=` are FEEL over the facts of an instance. */

/** Who reads: all rows, or those in whose unit (column of a ledger, `unit` of an indicator) the reader is. */
export interface Readers {
  readonly roles: readonly string[];
  readonly ownUnit?: string;
}

export type LedgerColumnType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'deadline'
  | 'dictionary'
  | 'unit'
  | 'state'
  | 'sealed'
  | 'lamp'
  | 'overdueDays';

export interface LedgerColumn {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly type: LedgerColumnType;
  /** Absent in columns that are worked out when a row is read (`lamp`, `overdueDays`). */
  readonly value?: string;
  /** Of type `dictionary`. */
  readonly dictionary?: string;
  /** Columns with dates, of `lamp` and `overdueDays`. */
  readonly from?: string;
  readonly due?: string;
  readonly done?: string;
  readonly sort?: boolean;
  readonly filter?: boolean;
  /** Stays in place while others are scrolled. */
  readonly frozen?: boolean;
  /** Not shown unless chosen. */
  readonly hidden?: boolean;
  /** Who sees the column; absent: all readers. Required where it is sealed. */
  readonly roles?: readonly string[];
}

interface Declaration {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly process: string;
  /** Which instances count; absent: all. */
  readonly where?: string;
  /** A list of which each entry gives a row of its own, as `item`. */
  readonly items?: string;
  /** What else belongs to the case, for its formulas. */
  readonly related?: readonly Related[];
  readonly readers: readonly Readers[];
}

/** What else belongs to the case of a row, as a list under the name `as`. */
export interface Related {
  readonly as: string;
  /** Its instances in the same case, the row's own left out. */
  readonly process: string;
  /** Open variables of it that formulas read. */
  readonly variables: readonly string[];
  /** Of an indicator: its instances in the cases that name this one (`x-names-case`), instead of those in the same case. */
  readonly naming?: true;
}

export interface LedgerDeclaration extends Declaration {
  /** Roles of readers that may export; absent: none. */
  readonly exports?: readonly string[];
  readonly columns: readonly LedgerColumn[];
  readonly order?: { readonly column: string; readonly descending?: boolean };
}

/** A ledger of who looked at protected content or took rows out, read from the record itself; its columns name `access.…`. */
export interface AccessLedgerDeclaration extends Omit<LedgerDeclaration, 'process' | 'where' | 'items' | 'related'> {
  readonly source: 'accesses';
}

/** Instances that an indicator counts above the line, of another process or at another time than below it. */
export interface NumeratorSource {
  readonly process: string;
  readonly where?: string;
  readonly items?: string;
  /** In which period it counts; the time by which that below the line counts makes both sides speak of the same. */
  readonly period: string;
  readonly unit?: string;
}

export type PeriodLength = 'month' | 'quarter' | 'year';

export interface IndicatorDeclaration extends Declaration {
  readonly kind: 'ratio' | 'mean' | 'difference';
  /** A date or date and time: when the due event falls. */
  readonly period: string;
  /** Whether it counts below the line; absent: always. */
  readonly denominator?: string;
  /** Of `ratio`, and of a `difference` of rates: whether it counts above the line. */
  readonly numerator?: string;
  /** Of `ratio`, in place of `numerator`: what counts above the line is counted by itself. */
  readonly numeratorFrom?: NumeratorSource;
  /** Of `mean`, and of a `difference` of means: the number. */
  readonly value?: string;
  /** What the number counts, such as 天. */
  readonly measure?: string;
  /** Unit whose own readers count it. */
  readonly unit?: string;
  /** Of `difference`: the two groups that are compared, the first minus the second. */
  readonly compare?: {
    readonly by: string;
    readonly groups: readonly { readonly value: string | number | boolean; readonly label: string }[];
    /** Percentage points (of means: of what is measured) from which on the difference is to be looked into. */
    readonly alert?: number;
  };
  readonly lengths: readonly PeriodLength[];
  /** Parameter with the smallest denominator that a rate is given for. */
  readonly suppress: string;
  /** What is given below it; default `counts`. */
  readonly small?: 'counts' | 'hide';
  /** What should be reached, in percent (ratio) or in what is measured (mean); a text names the parameter that holds it. */
  readonly target?: { readonly atLeast?: number | string; readonly atMost?: number | string };
  /** What it is used for, in one sentence for people. */
  readonly use?: string;
}

export type PageRun =
  | { readonly kind: 'text'; readonly text: string; readonly look: Look }
  | { readonly kind: 'break' }
  | { readonly kind: 'code'; readonly modules: CodeModules };

/** The dark modules of a QR code, without its quiet zone. */
export interface CodeModules {
  /** Modules of a side, with the quiet zone. */
  readonly size: number;
  /** Dark ones as `[column, row]`, counted from the corner of the quiet zone. */
  readonly dark: readonly (readonly [number, number])[];
}

export interface Look {
  readonly bold?: true;
  readonly italic?: true;
  readonly underline?: true;
  /** Points. */
  readonly size?: number;
}

export interface PageParagraph {
  readonly kind: 'paragraph';
  readonly role: 'title' | 'heading' | 'text';
  readonly runs: readonly PageRun[];
  readonly align?: Align;
  /** First line moved in by two characters. */
  readonly isIndented?: true;
  readonly isFramed?: true;
  /** Room to write below, in mm. */
  readonly roomBelow?: number;
  readonly item?: ListItem;
}

export interface ListItem {
  /** Of the page; each list counts from one. */
  readonly list: number;
  readonly isNumbered: boolean;
  /** From 0. */
  readonly level: number;
}

export type Align = 'center' | 'right';

export interface PageTable {
  readonly kind: 'table';
  readonly rows: readonly (readonly PageCell[])[];
}

export interface PageCell {
  readonly blocks: readonly PageBlock[];
  readonly columns: number;
  readonly rows: number;
}

export type PageBlock =
  | PageParagraph
  | PageTable
  /** Where the seal is put on. */
  | { readonly kind: 'seal'; readonly lines: readonly string[]; readonly align?: Align }
  /** The line above the title: who, and number with date. */
  | { readonly kind: 'head'; readonly left: string; readonly right: string };

export interface PageContent {
  readonly blocks: readonly PageBlock[];
  readonly isDrill: boolean;
}

/** Columns of a table that Word opens. */
export const MAX_COLUMNS = 63;

/** Elements that a page may hold to become a Word file; what they mean is known here. */
export const WORD_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'p div h1 h2 h3 h4 h5 h6 br hr ul ol li table caption colgroup col thead tbody tfoot tr th td span strong b em i u ' +
    'small sub sup section article header footer main style time blockquote'
  ).split(' '),
);

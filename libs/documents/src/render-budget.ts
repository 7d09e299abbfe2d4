/** Rows of all loops of one document, and entries of the lists that its helpers join. */
export const MAX_ROWS = 10_000;
/** Characters of a rendered document. */
export const MAX_OUTPUT = 1_000_000;
/** A code of 480 characters takes as long as a page of text. */
export const MAX_CODES = 20;
/** How long one rendering may hold the thread. */
export const MAX_RENDER_MS = 5_000;

/** What one rendering may still use. */
export interface RenderBudget {
  rowsLeft: number;
  charactersLeft: number;
  codesLeft: number;
  /** Line of the template that is worked on. */
  line: number | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
  readonly endsAt: number;
}

type Sentence = readonly [english: string, chinese: string];

/** Thrown by a rendering that grew past its limits: where, and in both languages which limit. */
export class DocumentTooLarge extends Error {
  readonly messageZh: string;

  constructor(
    [english, chinese]: Sentence,
    /** Of the template, from 1; undefined where no single place is at fault. */
    readonly line?: number,
  ) {
    super(english);
    this.messageZh = chinese;
    this.name = 'DocumentTooLarge';
  }
}

/** A whole budget, from now on. */
export function newBudget(clock: () => number): RenderBudget {
  return {
    rowsLeft: MAX_ROWS,
    charactersLeft: MAX_OUTPUT,
    codesLeft: MAX_CODES,
    line: undefined,
    clock,
    endsAt: clock() + MAX_RENDER_MS,
  };
}

/** Throws `DocumentTooLarge` once the time is over. */
export function expectTime(budget: RenderBudget): void {
  if (budget.clock() < budget.endsAt) return;
  exceeded(budget, [
    `Expected the document to be made within ${MAX_RENDER_MS / 1000} s.`,
    `生成文书超过 ${MAX_RENDER_MS / 1000} 秒，已停止。`,
  ]);
}

export function spendRows(budget: RenderBudget, rows: number): void {
  budget.rowsLeft -= rows;
  if (budget.rowsLeft < 0)
    exceeded(budget, [
      `Expected at most ${MAX_ROWS} rows in all loops and lists of the document.`,
      `文书里循环和列表的行数合计不能超过 ${MAX_ROWS}。`,
    ]);
}

export function spendCode(budget: RenderBudget): void {
  budget.codesLeft -= 1;
  if (budget.codesLeft < 0)
    exceeded(budget, [
      `Expected at most ${MAX_CODES} QR codes in a document.`,
      `一份文书里的二维码不能超过 ${MAX_CODES} 个。`,
    ]);
}

export function spendCharacters(budget: RenderBudget, characters: number): void {
  budget.charactersLeft -= characters;
  if (budget.charactersLeft < 0) tooLong(budget);
}

/** The whole text, with what stands in the template itself. */
export function expectLength(budget: RenderBudget, html: string): void {
  if (html.length > MAX_OUTPUT) tooLong(budget);
}

function tooLong(budget: RenderBudget): never {
  exceeded(budget, [
    `Expected a document of at most ${MAX_OUTPUT} characters.`,
    `文书内容不能超过 ${MAX_OUTPUT} 个字符。`,
  ]);
}

function exceeded({ line }: RenderBudget, sentence: Sentence): never {
  throw new DocumentTooLarge(sentence, line);
}

/** A refusal that was told before and is told again as it was. */
export class StoredAnswer extends Error {
  override readonly name = 'StoredAnswer';

  constructor(
    readonly status: number,
    /** JSON text of the problem document. */
    readonly body: string,
  ) {
    super(`answered ${status} before`);
  }
}

export type VaultErrorCode =
  /** The key file, or this database, belongs to another master key. */
  | 'wrongMasterKey'
  | 'keyFileInvalid'
  /** No data key for this case. */
  | 'caseKeyMissing'
  /** The case was deleted by destroying its key. */
  | 'caseKeyDestroyed'
  /** Ciphertext or what it is bound to was changed. */
  | 'tampered';

/** What the vault refuses; its text never holds content. */
export class VaultError extends Error {
  constructor(
    readonly code: VaultErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'VaultError';
  }
}

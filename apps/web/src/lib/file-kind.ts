/** What a file of the configuration is. */
export type FileKind = 'process' | 'decision' | 'form' | 'document' | 'ledger' | 'settings' | 'scenarios' | 'readme';

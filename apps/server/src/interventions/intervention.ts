import type { Command, Key } from '#engine';
import type { MigrateInstanceRequest } from '#runtime';

/** What somebody does to an instance from outside its own course. */
export type Intervention =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'migration'; readonly plan: Pick<MigrateInstanceRequest, 'targetDefinitionKey' | 'mappings'> };

export interface InterventionWish {
  readonly instanceKey: Key;
  readonly intervention: Intervention;
  /** Asked of whoever intervenes in a case. */
  readonly reason?: string | undefined;
}

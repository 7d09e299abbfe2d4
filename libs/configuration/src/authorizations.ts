import type { Role } from './settings.js';

/**
 * Permissions of the Camunda 8 API that a role can have here, by type of resource; each holds for all resources of its
 * type. Source: Camunda 8.8, "Authorizations".
 */
export const authorizationTypes = {
  BATCH: [
    'CREATE',
    'CREATE_BATCH_OPERATION_CANCEL_PROCESS_INSTANCE',
    'CREATE_BATCH_OPERATION_DELETE_PROCESS_INSTANCE',
    'CREATE_BATCH_OPERATION_MIGRATE_PROCESS_INSTANCE',
    'CREATE_BATCH_OPERATION_MODIFY_PROCESS_INSTANCE',
    'CREATE_BATCH_OPERATION_RESOLVE_INCIDENT',
    'READ',
    'UPDATE',
  ],
  DECISION_DEFINITION: ['CREATE_DECISION_INSTANCE', 'READ_DECISION_DEFINITION', 'READ_DECISION_INSTANCE'],
  DECISION_REQUIREMENTS_DEFINITION: ['READ'],
  DOCUMENT: ['CREATE', 'READ', 'DELETE'],
  MESSAGE: ['CREATE'],
  PROCESS_DEFINITION: [
    'CREATE_PROCESS_INSTANCE',
    'READ_PROCESS_DEFINITION',
    'READ_PROCESS_INSTANCE',
    'UPDATE_PROCESS_INSTANCE',
    'MODIFY_PROCESS_INSTANCE',
    'CANCEL_PROCESS_INSTANCE',
    'DELETE_PROCESS_INSTANCE',
    'UPDATE_USER_TASK',
  ],
  RESOURCE: ['CREATE', 'READ'],
  ROLE: ['READ'],
  SYSTEM: ['UPDATE'],
  USER: ['READ'],
} as const;

type Types = typeof authorizationTypes;
export type ResourceType = keyof Types;

/** Type of resource and permission, such as `MESSAGE:CREATE`. */
export type Authorization = { [Type in ResourceType]: `${Type}:${Types[Type][number]}` }[ResourceType];

/** What a role lists, by type of resource. */
export type Authorizations = { readonly [Type in ResourceType]?: readonly Types[Type][number][] };

const listed = (authorizations: Authorizations): readonly Authorization[] =>
  Object.entries(authorizations).flatMap(([type, permissions]) =>
    permissions.map((permission) => `${type}:${permission}` as Authorization),
  );

export const allAuthorizations: readonly Authorization[] = listed(authorizationTypes);

/** What a role may do on the platform's own pages (files.md, "roles.json"). */
export const allPermissions = [
  'studio',
  'approve',
  'operate',
  'supervise',
  'accounts',
  'audit',
  'substitutes',
  'recusal',
  'exclusive',
] as const;

const definitions: readonly Authorization[] = [
  'PROCESS_DEFINITION:READ_PROCESS_DEFINITION',
  'DECISION_DEFINITION:READ_DECISION_DEFINITION',
  'DECISION_REQUIREMENTS_DEFINITION:READ',
];

/** What the permissions of the platform mean for the API of the engine. */
const implied: Readonly<Record<string, readonly Authorization[]>> = {
  operate: allAuthorizations,
  studio: [...definitions, 'RESOURCE:READ', 'DECISION_DEFINITION:CREATE_DECISION_INSTANCE'],
  supervise: definitions,
  accounts: ['USER:READ', 'ROLE:READ'],
};

/** What a role may do by the API of the engine: what it lists, and what its permissions mean. */
export function authorizationsOf({
  permissions = [],
  authorizations = {},
}: Pick<Role, 'permissions' | 'authorizations'>): readonly Authorization[] {
  return [...new Set([...permissions.flatMap((one) => implied[one] ?? []), ...listed(authorizations)])];
}

/** A path of the Camunda 8 API that has nothing behind it here. */
export interface UnservedPath {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v2`, parameters with a colon. */
  readonly path: string;
  /** `empty`: a search that finds nothing; `absent`: 404, as nothing of the kind exists; `refused`: 403 with the reason. */
  readonly answer: 'empty' | 'absent' | 'refused';
  /** Completes "Expected another request: ...". */
  readonly reason: string;
}

const groups = 'candidate groups follow from the roles and units of the configuration; there are no others';
const clients = 'a client signs in as an account; there are no clients apart from accounts';
const mappingRules = 'accounts are kept here; no claims of another identity provider are mapped';
const authorizations = 'what a role may do stands in workflows/roles.json; there are no authorizations beside it';
const roles = 'roles stand in workflows/roles.json; change them in the studio';
const membership = 'the roles of an account are changed under /api/accounts';
const users = 'accounts are made and changed under /api/accounts';
const firstUser = 'the first administrator is made on the server by the command create-admin';
const tenants = 'there is one tenant, <default>';
const usage = 'usage is not metered, as there is nothing to be billed';

const reading = (answer: 'empty' | 'absent', reason: string, ...paths: readonly string[]): readonly UnservedPath[] =>
  paths.map((path) => ({ method: answer === 'empty' ? 'POST' : 'GET', path, answer, reason }));

const refused = (reason: string, ...routes: readonly string[]): readonly UnservedPath[] =>
  routes.map((route) => {
    const [method, path] = route.split(' ') as [UnservedPath['method'], string];
    return { method, path, answer: 'refused', reason };
  });

/** Creation, change and deletion of one kind of thing. */
const changes = (path: string, id: string): readonly string[] => [
  `POST ${path}`,
  `PUT ${path}/:${id}`,
  `DELETE ${path}/:${id}`,
];
const links = (...paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => [`PUT ${path}`, `DELETE ${path}`]);

/** Each path of the client that is not served, with what it answers and why. */
export const unservedPaths: readonly UnservedPath[] = [
  ...reading('empty', groups, 'groups/search', 'groups/:groupId/users/search', 'groups/:groupId/roles/search'),
  ...reading('empty', groups, 'roles/:roleId/groups/search', 'tenants/:tenantId/groups/search'),
  ...reading('absent', groups, 'groups/:groupId'),
  ...refused(groups, ...changes('groups', 'groupId'), ...links('groups/:groupId/users/:username')),
  ...refused(groups, ...links('roles/:roleId/groups/:groupId', 'tenants/:tenantId/groups/:groupId')),
  ...reading('empty', clients, 'groups/:groupId/clients/search', 'roles/:roleId/clients/search'),
  ...reading('empty', clients, 'tenants/:tenantId/clients/search'),
  ...refused(clients, ...links('groups/:groupId/clients/:clientId', 'roles/:roleId/clients/:clientId')),
  ...refused(clients, ...links('tenants/:tenantId/clients/:clientId')),
  ...reading('empty', mappingRules, 'mapping-rules/search', 'groups/:groupId/mapping-rules/search'),
  ...reading('empty', mappingRules, 'roles/:roleId/mapping-rules/search', 'tenants/:tenantId/mapping-rules/search'),
  ...reading('absent', mappingRules, 'mapping-rules/:mappingRuleId'),
  ...refused(mappingRules, ...changes('mapping-rules', 'mappingRuleId')),
  ...refused(mappingRules, ...links('groups/:groupId/mapping-rules/:mappingRuleId')),
  ...refused(mappingRules, ...links('roles/:roleId/mapping-rules/:mappingRuleId')),
  ...refused(mappingRules, ...links('tenants/:tenantId/mapping-rules/:mappingRuleId')),
  ...reading('empty', authorizations, 'authorizations/search'),
  ...reading('absent', authorizations, 'authorizations/:authorizationKey'),
  ...refused(authorizations, ...changes('authorizations', 'authorizationKey')),
  ...refused(roles, ...changes('roles', 'roleId'), ...links('tenants/:tenantId/roles/:roleId')),
  ...refused(membership, ...links('roles/:roleId/users/:username')),
  ...refused(users, ...changes('users', 'username')),
  ...refused(firstUser, 'POST setup/user'),
  ...refused(tenants, ...changes('tenants', 'tenantId'), ...links('tenants/:tenantId/users/:username')),
  ...refused(usage, 'GET system/usage-metrics'),
];

/** Paths with this method and answer, for the decorators of the controller. */
export const pathsWith = (method: UnservedPath['method'], answer: UnservedPath['answer']): string[] =>
  unservedPaths.filter((one) => one.method === method && one.answer === answer).map(({ path }) => path);

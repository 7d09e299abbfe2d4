import type { ConfigurationSet } from '#configuration';
import type { NamedDto } from './dto/accounts.dto.js';

/** Shown names of roles; an id that the configuration does not know any more is its own name. */
export function namedRoles(ids: readonly string[], { roles: { roles } }: ConfigurationSet): NamedDto[] {
  return ids.map((id) => ({
    id,
    name: roles.find((role) => role.id === id)?.name ?? (id === 'admin' ? '系统管理员' : id),
  }));
}

export function namedPosts(ids: readonly string[], { organization: { posts = [] } }: ConfigurationSet): NamedDto[] {
  return ids.map((id) => ({ id, name: posts.find((post) => post.id === id)?.name ?? id }));
}

export function namedUnit(id: string | null, { organization: { units } }: ConfigurationSet): NamedDto | null {
  return id === null ? null : { id, name: units.find((unit) => unit.id === id)?.name ?? id };
}

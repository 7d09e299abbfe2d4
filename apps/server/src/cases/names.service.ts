import { Inject, Injectable } from '@nestjs/common';
import { groupParts } from '#configuration';
import { type FieldSchema, recordTitle } from '#forms';
import { createAccountsRepository } from '#persistence';
import type { AccountsRepository, Database } from '#persistence';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE } from '../tokens.js';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Who acts without an account, known by a tracking code alone; the records name it so. */
export const VISITOR = 'portal';

/** Named by `visitor` of `portal.json`. */
export function visitorName({ current }: ConfigurationHolder): string {
  return current.portal?.visitor ?? VISITOR;
}

/** Shown names of accounts, units and roles; an id that nobody knows any more is its own name. */
@Injectable()
export class NamesService {
  private readonly accounts: AccountsRepository;

  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(DATABASE) database: Database,
  ) {
    this.accounts = createAccountsRepository(database);
  }

  async account(id: string | null | undefined): Promise<Named | null> {
    if (!id) return null;
    if (id === VISITOR) return this.visitor();
    return { id, name: (await this.accounts.find(id))?.name ?? id };
  }

  /** What each account is called. */
  async accountsById(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.accounts.list()).map(({ id, name }) => [id, name]));
  }

  private visitor(): Named {
    return { id: VISITOR, name: visitorName(this.configuration) };
  }

  unit(id: string | null | undefined): Named | null {
    if (!id) return null;
    return { id, name: this.configuration.current.organization.units.find((unit) => unit.id === id)?.name ?? id };
  }

  /** What most forms call the field (`claims.reason`: one of a list or group); its name where none has it. */
  field(name: string): string {
    const set = this.configuration.current;
    const titles = [...set.forms.values()].flatMap(({ schema }) => titleOf(schema, name.split('.')) ?? []);
    const count = (title: string) => titles.filter((one) => one === title).length;
    return titles.toSorted((one, other) => count(other) - count(one))[0] ?? name;
  }

  contentClass(id: string): string {
    return this.configuration.current.roles.classes.find((one) => one.id === id)?.name ?? id;
  }

  role(id: string): Named {
    return { id, name: this.configuration.current.roles.roles.find((role) => role.id === id)?.name ?? id };
  }

  post(id: string): Named {
    return { id, name: this.configuration.current.organization.posts?.find((post) => post.id === id)?.name ?? id };
  }

  /** A candidate group, as `groupParts` reads it. */
  group(group: string): Named {
    const { post, role = group, unit, withSubUnits } = groupParts(group);
    if (post !== undefined) return { id: group, name: this.post(post).name };
    const { name } = this.role(role);
    if (!unit || unit === '*') return { id: group, name };
    return { id: group, name: `${this.unit(unit)?.name ?? unit}${withSubUnits ? '及下属' : ''} · ${name}` };
  }
}

/** Titles on the way, one after the other; undefined where the form has no such field. */
function titleOf(schema: FieldSchema, [name = '', ...inner]: readonly string[]): string | undefined {
  const field = (schema.items ?? schema).properties?.[name];
  if (!field || inner.length === 0) return field && recordTitle(field);
  const below = titleOf(field, inner);
  return below === undefined ? undefined : [recordTitle(field), below].filter(Boolean).join(' · ');
}

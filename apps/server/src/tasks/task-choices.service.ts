import { Injectable } from '@nestjs/common';
import type { FieldSchema, FormFile } from '#forms';
import type { AccountRecord, UserTaskView } from '#persistence';
import { OtherHandsService } from '../access/other-hands.service.js';
import { AccountsService } from '../accounts/accounts.service.js';
import type { Named } from '../cases/names.service.js';
import { isStaff, TaskPeopleService } from './task-people.service.js';

/** What fields with `x-source: accounts` offer. */
@Injectable()
export class TaskChoicesService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly people: TaskPeopleService,
    private readonly otherHands: OtherHandsService,
  ) {}

  /**
   * In the form of a task: staff without those that the case excludes and those who did a step that the task names
   * (`ct.choosesOtherThan`); null where no field asks.
   * A form that asks only for whom to exclude offers all staff: who is complained about mostly may not know of the case.
   */
  async of(task: UserTaskView, form: FormFile): Promise<readonly Named[] | null> {
    if (!asksForAccounts(form.schema)) return null;
    const staff = (await this.accounts.list()).filter(isStaff);
    if (!asksForAccounts(form.schema, isCandidateField)) return namesOf(staff);
    const isChoosable = await this.otherHands.choosable(task);
    return namesOf((await this.people.allowed(task, staff)).filter(({ id }) => isChoosable(id)));
  }

  /** In a form that starts something: there is no case yet that could exclude anybody. */
  async atStart(form: FormFile): Promise<readonly Named[] | null> {
    return asksForAccounts(form.schema) ? namesOf((await this.accounts.list()).filter(isStaff)) : null;
  }
}

const asksForAccounts = (schema: FieldSchema, isMeant: (schema: FieldSchema) => boolean = () => true): boolean =>
  isMeant(schema) &&
  (schema['x-source'] === 'accounts' ||
    (schema.items !== undefined && asksForAccounts(schema.items, isMeant)) ||
    Object.values(schema.properties ?? {}).some((field) => asksForAccounts(field, isMeant)));

const namesOf = (accounts: readonly AccountRecord[]): readonly Named[] =>
  accounts.toSorted((a, b) => a.name.localeCompare(b.name, 'zh')).map(({ id, name }) => ({ id, name }));

/** Not one that names whom the case is to exclude. */
const isCandidateField = (schema: FieldSchema): boolean => schema['x-excludes'] !== true;

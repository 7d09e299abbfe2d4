import { Injectable } from '@nestjs/common';
import type { RoomAction } from '#configuration';
import type { InstanceRecord } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found } from '../problems/refusal.js';

/** Event rooms as `workflows/rooms.json` declares them, filled for one instance and one person. */
@Injectable()
export class RoomsService {
  constructor(private readonly configuration: ConfigurationHolder) {}

  /** Null where the process has no room. */
  of(instance: InstanceRecord, variables: Readonly<Record<string, unknown>>, account: SignedIn) {
    const { rooms, dictionaries, forms } = this.configuration.current;
    const room = rooms[instance.bpmnProcessId];
    if (!room) return null;
    const level = room.levelVariable === undefined ? null : textOf(variables[room.levelVariable]);
    const labels = room.levelDictionary === undefined ? [] : (dictionaries[room.levelDictionary] ?? []);
    return {
      title: room.title,
      clockFromAt: room.clockFrom === undefined ? null : textOf(variables[room.clockFrom]),
      level,
      levelLabel: labels.find(({ value }) => value === level)?.label ?? level,
      countdown: room.countdown ?? [],
      facts: (room.facts ?? []).map((fact) => ({ ...fact, value: variables[fact.variable] ?? null })),
      actions: (room.actions ?? [])
        .filter((action) => this.mayAct(action, account))
        .map(({ id, title, formId }) => ({
          id,
          title,
          formId,
          form: formId === undefined ? null : (forms.get(formId) ?? null),
        })),
    };
  }

  /** The action, for whom may do it; a refusal `notFound` for everybody else. */
  action(instance: InstanceRecord, actionId: string, account: SignedIn): RoomAction {
    const actions = this.configuration.current.rooms[instance.bpmnProcessId]?.actions ?? [];
    return found(
      actions.find((action) => action.id === actionId && this.mayAct(action, account)),
      `action ${actionId}`,
    );
  }

  private mayAct(action: RoomAction, account: SignedIn): boolean {
    return action.roles.some((role) => account.roles.includes(role));
  }
}

const textOf = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

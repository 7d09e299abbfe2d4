import { Inject, Injectable } from '@nestjs/common';
import type { RoomAction } from '#configuration';
import type { LoggedEvent, Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { FormContextService } from './form-context.service.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

const MAX_EVENTS = 5_000;

/** Event rooms as `workflows/rooms.json` declares them, filled for one instance and one person. */
@Injectable()
export class RoomsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly forms: FormContextService,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** Null where the process has no room. */
  async of(instance: InstanceRecord, variables: Readonly<Record<string, unknown>>, account: SignedIn) {
    const { rooms, dictionaries, forms } = this.configuration.current;
    const room = rooms[instance.bpmnProcessId];
    if (!room) return null;
    const level = room.levelVariable === undefined ? null : textOf(variables[room.levelVariable]);
    const labels = room.levelDictionary === undefined ? [] : (dictionaries[room.levelDictionary] ?? []);
    return {
      title: room.title,
      clockFromAt: room.clockFrom === undefined ? null : textOf(variables[room.clockFrom]),
      hasLevel: room.levelVariable !== undefined,
      level,
      levelLabel: labels.find(({ value }) => value === level)?.label ?? level,
      countdown: room.countdown ?? [],
      timers: await this.openTimers(instance, room.countdown ?? []),
      facts: (room.facts ?? []).map((fact) => ({ ...fact, value: variables[fact.variable] ?? null })),
      actions: (room.actions ?? [])
        .filter((action) => this.mayAct(action, account) && this.isDue(action, variables))
        .map(({ id, title, formId }) => ({
          id,
          title,
          formId,
          form: formId === undefined ? null : (forms.get(formId) ?? null),
        })),
    };
  }

  /** Whether the case is where the action may be done. */
  isDue({ when }: RoomAction, variables: Readonly<Record<string, unknown>>): boolean {
    return when === undefined || this.forms.holds(when, variables);
  }

  /** What the message of the action carries beside its form. */
  carried({ variables: sources = {} }: RoomAction, variables: Readonly<Record<string, unknown>>) {
    return Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [name, this.forms.valueOf(source, variables)]),
    );
  }

  /** The action, for whom may do it; a refusal `notFound` for everybody else. */
  action(instance: InstanceRecord, actionId: string, account: SignedIn): RoomAction {
    const actions = this.configuration.current.rooms[instance.bpmnProcessId]?.actions ?? [];
    return found(
      actions.find((action) => action.id === actionId && this.mayAct(action, account)),
      `action ${actionId}`,
    );
  }

  /** Timers of the named elements that wait, soonest first. */
  private async openTimers(instance: InstanceRecord, elementIds: readonly string[]) {
    const open = new Map<string, { elementId: string; dueAt: number }>();
    for (const { event } of await this.queries.events(instance.key, undefined, MAX_EVENTS)) applyTimer(open, event);
    const definition = this.configuration.current.processes.find(({ id }) => id === instance.bpmnProcessId)?.definition;
    return [...open.values()]
      .filter(({ elementId }) => elementIds.includes(elementId))
      .sort((a, b) => a.dueAt - b.dueAt)
      .map(({ elementId, dueAt }) => {
        const index = definition?.indexById.get(elementId);
        return {
          elementId,
          name: (index === undefined ? undefined : definition?.elements[index]?.name) || elementId,
          dueAt: isoTime(dueAt),
        };
      });
  }

  private mayAct(action: RoomAction, account: SignedIn): boolean {
    return action.roles.some((role) => account.roles.includes(role));
  }
}

const textOf = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

function applyTimer(open: Map<string, { elementId: string; dueAt: number }>, event: LoggedEvent['event']): void {
  if (event.type === 'timerCreated') open.set(event.timerKey, { elementId: event.elementId, dueAt: event.dueAt });
  if (event.type === 'timerTriggered' || event.type === 'timerCanceled') open.delete(event.timerKey);
}

import { Injectable } from '@nestjs/common';
import type { Launcher } from '#configuration';
import type { FormFile } from '#forms';
import type { SignedIn } from '../access/signed-in.js';
import { CaseStarterService } from '../cases/case-starter.service.js';
import { FormContextService } from '../cases/form-context.service.js';
import { NamesService } from '../cases/names.service.js';
import { TaskChoicesService } from '../tasks/task-choices.service.js';
import { JoinedCasesService } from '../cases/joined-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found } from '../problems/refusal.js';

/** Starts by staff, as `workflows/launchers.json` declares them. */
@Injectable()
export class LaunchersService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly starter: CaseStarterService,
    private readonly forms: FormContextService,
    private readonly names: NamesService,
    private readonly joins: JoinedCasesService,
    private readonly choices: TaskChoicesService,
  ) {}

  list(account: SignedIn) {
    return this.configuration.current.launchers
      .filter((launcher) => mayStart(launcher, account))
      .map((launcher) => this.view(launcher));
  }

  async open(id: string, account: SignedIn) {
    const launcher = this.launcher(id, account);
    const form = this.formOf(launcher);
    const opened = form ? this.forms.open(form, {}, { signedIn: account }) : { form: null, data: {} };
    const accounts = form ? await this.choices.atStart(form) : null;
    return { launcher: this.view(launcher), ...opened, accounts };
  }

  async start(id: string, input: { data: unknown; idempotencyKey?: string }, account: SignedIn) {
    const launcher = this.launcher(id, account);
    const { processId, startMessage, formId, routes, tracking, receipt, drillField } = launcher;
    const joined = await this.joins.of(launcher, input.data, account);
    const form = this.formOf(launcher);
    const accounts = form ? await this.choices.atStart(form) : null;
    const started = await this.starter.start({
      processId,
      data: input.data,
      by: account.id,
      signedIn: account,
      accounts,
      ...joined,
      ...(startMessage !== undefined && { startMessage }),
      ...(formId !== undefined && { formId }),
      ...(routes !== undefined && { routes }),
      ...(tracking !== undefined && { tracking }),
      ...(receipt !== undefined && { receipt }),
      ...(drillField !== undefined && { drillField }),
      ...(input.idempotencyKey !== undefined && { idempotencyKey: `launch:${id}:${input.idempotencyKey}` }),
    });
    return { ...started, room: launcher.room === true, handOver: this.handOver(launcher, input.data) };
  }

  private handOver({ handOver }: Launcher, data: unknown): string | null {
    const text = handOver === undefined ? null : this.forms.valueOf(handOver, { ...(data as object) });
    return typeof text === 'string' ? text : null;
  }

  private formOf({ formId }: Launcher): FormFile | undefined {
    return formId === undefined ? undefined : found(this.configuration.current.forms.get(formId), `form ${formId}`);
  }

  private launcher(id: string, account: SignedIn): Launcher {
    return found(
      this.configuration.current.launchers.find((launcher) => launcher.id === id && mayStart(launcher, account)),
      `launcher ${id}`,
    );
  }

  private view({ id, title, next, style, notifies, confirm, drillField, room }: Launcher) {
    return {
      id,
      title,
      next: next ?? null,
      style: style ?? 'default',
      notifies: (notifies ?? []).map((role) => this.names.role(role)),
      confirm: confirm ?? null,
      drillField: drillField ?? null,
      room: room === true,
    };
  }
}

/** Whoever stands in for somebody registers in their place too. */
function mayStart({ roles }: Launcher, account: SignedIn): boolean {
  return [account, ...account.standsInFor].some((holder) => roles.some((role) => holder.roles.includes(role)));
}

import { Injectable } from '@nestjs/common';
import type { FormFile } from '#forms';
import type { SignedIn } from '../access/signed-in.js';
import { FormContextService } from '../cases/form-context.service.js';
import { LaunchersService } from '../launchers/launchers.service.js';
import { handlesIn } from '../reveals/sealed-facts.service.js';

/** What is offered beside the form of a task (`x-launch`), for whoever may start it anyway. */
@Injectable()
export class TaskLaunchesService {
  constructor(
    private readonly forms: FormContextService,
    private readonly launchers: LaunchersService,
  ) {}

  /** `field` takes the number of what was started; `data` is what its form holds beforehand: nothing protected. */
  of(form: FormFile, variables: Readonly<Record<string, unknown>>, account: SignedIn) {
    const may = this.launchers.list(account);
    return Object.entries(form.schema.properties ?? {}).flatMap(([field, { 'x-launch': offers = [] }]) =>
      offers.flatMap(({ launcher: id, prefill = {} }) =>
        may
          .filter((launcher) => launcher.id === id)
          .map((launcher) => ({ field, launcher, data: this.prefilled(prefill, variables) })),
      ),
    );
  }

  private prefilled(prefill: Readonly<Record<string, string>>, variables: Readonly<Record<string, unknown>>) {
    const values = Object.entries(prefill).map(
      ([name, source]) => [name, this.forms.valueOf(source, variables)] as const,
    );
    return Object.fromEntries(values.filter(([, value]) => value !== null && handlesIn(value).length === 0));
  }
}

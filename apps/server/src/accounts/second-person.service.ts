import { Injectable } from '@nestjs/common';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { AccountsService } from './accounts.service.js';
import { mayApprove } from './guarded-roles.js';

/** Whether there is anybody else who may approve: until there is, an installation is set up by one. */
@Injectable()
export class SecondPerson {
  constructor(
    private readonly accounts: AccountsService,
    private readonly configuration: ConfigurationHolder,
  ) {}

  /** Disabled ones count: nobody becomes free of the second person by shutting that one out. */
  async existsBeside(id: string): Promise<boolean> {
    const accounts = await this.accounts.list();
    return accounts.some((account) => account.id !== id && mayApprove(account, this.configuration.current));
  }
}

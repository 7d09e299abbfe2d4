import { compileConfiguration, readFolder } from '#configuration';
import { createAccountsRepository, insertAccount } from '#persistence';
import { hashPassword } from '#vault';
import { shortestPassword } from '../accounts/dto/accounts.dto.js';
import { closePlatform, openPlatform } from '../platform/open-platform.js';
import { createLog } from '../platform/log.js';
import { replyOf } from '../problems/refusal.js';
import { type Settings, SettingsError } from '../settings/settings.js';
import { readPassword } from './read-password.js';

/**
 * Makes the first administrator of an installation without demo accounts; the server may run meanwhile.
 *
 * @throws SettingsError where the id is taken or the password too short.
 */
export async function createAdministrator(settings: Settings, id: string): Promise<string> {
  if (!/^[A-Za-z0-9_.@-]{1,64}$/.test(id))
    throw new SettingsError(['The id must have 1 to 64 letters, digits or _ . @ -.']);
  const password = await readPassword(`密码 Password (${id}): `);
  if (password.length < shortestPassword)
    throw new SettingsError([`The password must have at least ${shortestPassword} characters.`]);
  const platform = await openPlatform(settings, createLog('silent'));
  try {
    if (await createAccountsRepository(platform.database).find(id))
      throw new SettingsError([`There is an account ${id} already.`]);
    const roles = await administratorRoles(settings);
    const passwordHash = await hashPassword(password);
    const account = { id, name: id, unit: null, roles, posts: [], disabled: false, passwordHash };
    replyOf(await platform.runtime.write(insertAccount(account, { by: 'operator', at: Date.now() })));
    return `已建立 Created: ${id} (${roles.join(', ')})\n`;
  } finally {
    await closePlatform(platform);
  }
}

/** The roles of the configuration that may administer accounts; the built-in `admin` where there is none. */
async function administratorRoles({ configDir }: Settings): Promise<string[]> {
  const { set } = await compileConfiguration(await readFolder(configDir));
  const roles = (set?.roles.roles ?? [])
    .filter(({ permissions }) => permissions?.includes('accounts'))
    .map(({ id }) => id);
  return roles.length > 0 ? roles : ['admin'];
}

import { Inject, Injectable } from '@nestjs/common';
import type { FormFile, SplitForm } from '#forms';
import { splitByClass } from '#forms';
import type { RowWrite, Runtime } from '#runtime';
import type { CaseCipher, SealedLeafInput, Vault } from '#vault';
import { VaultError } from '#vault';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { RUNTIME, VAULT } from '../tokens.js';
import { NamedCasesService } from './named-cases.service.js';

export interface SealedSubmission {
  /** What the process gets: open values, and a handle in place of each protected one. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Commit together with the command that takes the variables. */
  readonly writes: readonly RowWrite[];
}

export interface SealingPlace {
  /** Case key, or the instance's key where the process is no case. */
  readonly caseKey: string;
  /** Absent: the case's key is read, or made where the case has none yet. */
  readonly cipher?: CaseCipher;
  /** Account id, or `portal`. */
  readonly by: string;
  readonly userTaskKey?: string;
}

/** Parts checked form data: what the process may know, and what only the vault may. */
@Injectable()
export class SealingService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly attachments: AttachmentsService,
    private readonly namedCases: NamedCasesService,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** `data` has passed the form's check. Refuses a handle that does not belong to the case. */
  async seal(form: FormFile, data: unknown, place: SealingPlace): Promise<SealedSubmission> {
    const { classes } = this.configuration.current.roles;
    const given = splitByClass(form, data, classes);
    const split = splitByClass(form, await this.namedCases.withoutCodes(data, given), classes);
    if (!(await this.vault.areKept(place.caseKey, split.kept))) {
      throw new Refusal('invalidForm', 'Expected masked values to be those of this case.', {
        zh: '有内容已不是这一件的，请刷新后重试。',
      });
    }
    await this.refuseOwn(given, data, place);
    const files = this.attachments.idsIn(data);
    const links = await this.namedCases.links(given, place);
    if (split.sealed.length === 0 && files.length === 0)
      return { variables: split.withHandles(() => ''), writes: links };

    const { cipher, writes } = await this.cipherOf(place);
    const keys = new Map<string, string>();
    for (const leaf of split.sealed) keys.set(leaf.path, await this.runtime.nextKey());
    const keyOf = (path: string): string => keys.get(path) ?? '';
    const leaves = split.sealed.map((leaf) => ({ ...leaf, sealedKey: keyOf(leaf.path) }));
    return {
      variables: split.withHandles((leaf) => keyOf(leaf.path)),
      writes: [
        ...writes,
        ...links,
        ...this.vault.sealLeaves(cipher, leaves, this.authorshipOf(place)),
        ...(await this.attachments.claim(files, cipher)),
      ],
    };
  }

  private async refuseOwn(given: SplitForm, data: unknown, place: SealingPlace): Promise<void> {
    const own = await this.namedCases.ownAmong(given, place);
    if (own === undefined) return;
    const zh = '这是本件自己的件号，请填另一件的。';
    const fields = Object.entries(data ?? {}).filter(([, value]) => typeof value === 'string' && value.trim() === own);
    throw new Refusal('invalidForm', 'Expected the number of another case but found that of this one.', {
      zh,
      fields: fields.map(([name]) => ({ path: `/${name}`, message: zh })),
    });
  }

  /** Seals one value, and takes the files that it names into the case. */
  async sealValue(
    leaf: Omit<SealedLeafInput, 'sealedKey'>,
    place: SealingPlace,
  ): Promise<{ readonly sealedKey: string; readonly writes: readonly RowWrite[] }> {
    const { cipher, writes } = await this.cipherOf(place);
    const sealedKey = await this.runtime.nextKey();
    return {
      sealedKey,
      writes: [
        ...writes,
        ...this.vault.sealLeaves(cipher, [{ ...leaf, sealedKey }], this.authorshipOf(place)),
        ...(await this.attachments.claim(this.attachments.idsIn(leaf.value), cipher)),
      ],
    };
  }

  private authorshipOf({ by, userTaskKey }: SealingPlace) {
    return { writtenBy: by, writtenAt: this.runtime.now(), ...(userTaskKey && { userTaskKey }) };
  }

  /** The key of the case; made, with its writes, where the case has none yet. */
  async cipherOf({
    caseKey,
    cipher,
  }: Pick<SealingPlace, 'caseKey' | 'cipher'>): Promise<{ cipher: CaseCipher; writes: readonly RowWrite[] }> {
    if (cipher) return { cipher, writes: [] };
    const opened = await this.existing(caseKey);
    return opened ? { cipher: opened, writes: [] } : this.vault.createCase(caseKey);
  }

  /** The key of a case that was started without a form (by a message, a timer, the engine API) is made when it is first needed. */
  private async existing(caseKey: string): Promise<CaseCipher | undefined> {
    try {
      return await this.vault.openCase(caseKey);
    } catch (error) {
      if (error instanceof VaultError && error.code === 'caseKeyMissing') return undefined;
      throw error;
    }
  }
}

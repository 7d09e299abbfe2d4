import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { kindOfPath } from '#configuration';
import type { Queries } from '#persistence';
import { RequirePermission } from '../access/decorators.js';
import { Key } from '../engine-api/key-param.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

/** Of the databases' integers. */
const MOST = 2 ** 31 - 1;

/** What publications of the configuration changed, for those who watch over them. */
@ApiTags('audit')
@RequirePermission('audit')
@Controller('api/audit/publications')
export class PublicationsController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get(':setId')
  @ApiOkResponse({
    description: 'The files that it changed, before and after; none where it was the first of its source',
  })
  async changes(@Key('setId') key: string) {
    const setId = Number(key);
    const known = setId > MOST ? undefined : await this.queries.publication(setId);
    const { previous } = found(known, `publication ${key}`);
    return { setId, previousSetId: previous, files: previous === null ? [] : await this.files(setId, previous) };
  }

  private async files(setId: number, previousId: number) {
    const [after, before] = await Promise.all([this.contents(setId), this.contents(previousId)]);
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
    return paths
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => ({
        path,
        kind: kindOfPath(path) ?? 'settings',
        before: before.get(path) ?? null,
        after: after.get(path) ?? null,
      }));
  }

  private async contents(setId: number): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.queries.setFiles(setId)).map(({ path, content }) => [path, content]));
  }
}

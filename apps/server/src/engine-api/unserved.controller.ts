import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiForbiddenResponse, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { notFound, Refusal } from '../problems/refusal.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { pathsWith, unservedPaths } from './unserved-paths.js';

/** Paths of the API that clients call and that have nothing behind them here: answered as empty or refused by name. */
@ApiTags('engine: not served')
@Controller('v2')
export class UnservedController {
  @Post(pathsWith('POST', 'empty'))
  @HttpCode(200)
  @ApiOkResponse({ description: 'Finds nothing: nothing of the kind exists.' })
  search(@Body() body: SearchDto) {
    searchOf(body);
    return resultOf(
      { items: [], totalItems: 0, hasMoreTotalItems: false, startCursor: null, endCursor: null },
      (item) => item,
    );
  }

  @Get(pathsWith('GET', 'absent'))
  @ApiNotFoundResponse()
  get(@Req() request: FastifyRequest): never {
    const id = Object.values(request.params as Readonly<Record<string, string>>)[0] ?? '';
    throw notFound(JSON.stringify(id.slice(0, 100)));
  }

  @Get(pathsWith('GET', 'refused'))
  @ApiForbiddenResponse()
  refuseGet(@Req() request: FastifyRequest): never {
    throw refusalFor(request);
  }

  @Post(pathsWith('POST', 'refused'))
  @ApiForbiddenResponse()
  refusePost(@Req() request: FastifyRequest): never {
    throw refusalFor(request);
  }

  @Put(pathsWith('PUT', 'refused'))
  @ApiForbiddenResponse()
  refusePut(@Req() request: FastifyRequest): never {
    throw refusalFor(request);
  }

  @Delete(pathsWith('DELETE', 'refused'))
  @ApiForbiddenResponse()
  refuseDelete(@Req() request: FastifyRequest): never {
    throw refusalFor(request);
  }
}

function refusalFor({ method, routeOptions }: FastifyRequest): Refusal {
  const found = unservedPaths.find((one) => one.method === method && `/v2/${one.path}` === routeOptions.url);
  return new Refusal('forbidden', `Expected another request: ${found?.reason ?? 'this path is not served'}.`);
}

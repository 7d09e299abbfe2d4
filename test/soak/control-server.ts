import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers and does nothing: what the machine, Node, Nest and HTTP cost by themselves. */
@Controller()
class NoOpController {
  @Get('no-op')
  read(): object {
    return {};
  }

  @Post('no-op')
  @HttpCode(200)
  nothing(): object {
    return {};
  }
}

@Module({ controllers: [NoOpController] })
class NoOpModule {}

const app = await NestFactory.create<NestFastifyApplication>(NoOpModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
console.log(await app.getUrl());

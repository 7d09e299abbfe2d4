import 'reflect-metadata';
import fastifyCookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { FolderWatch } from '#configuration';
import { AppModule, ServicesModule } from './app.module.js';
import { untilDatabaseAnswers } from './platform/until-database-answers.js';
import { refuseDeepBodies } from './http/body-depth.js';
import { refuseBesidesOperation } from './http/worker-routes.js';
import { secureAnswers } from './http/content-security.js';
import { Drain } from './http/drain.js';
import { InputPipe } from './http/input-pipe.js';
import { NestLog } from './http/nest-log.js';
import { serveOpenApi } from './http/openapi.js';
import { traceCommands } from './http/tracing.js';
import {
  closePlatform,
  followOtherNodes,
  loadConfiguration,
  openPlatform,
  type Platform,
  watchConfiguration,
} from './platform/open-platform.js';
import { createLog, type LogDestination } from './platform/log.js';
import { ProblemFilter } from './problems/problem.filter.js';
import type { Settings } from './settings/settings.js';
import { serveWebApp } from './web-app/serve-web-app.js';

/** JSON bodies; files come as multipart with a limit of their own. */
const bodyLimitBytes = 2 * 1024 * 1024;
const fileLimitBytes = 10 * 1024 * 1024;
/** Requests under way that take longer are cut when the server stops. */
const drainRequestsMs = 12_000;

export interface RunningApp {
  readonly app: NestFastifyApplication;
  readonly platform: Platform;
  /** Drains what is under way, then closes everything. */
  close(): Promise<void>;
}

/** As `RunningApp`, where nothing is asked over HTTP. */
export interface RunningServices {
  readonly app: INestApplicationContext;
  readonly platform: Platform;
  /** Ends what is under way, then closes everything. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** pino level; default `info`. */
  readonly logLevel?: string;
  /** Where log lines go; default: standard output. */
  readonly logTo?: LogDestination;
  /** Serves the web app and the pages of the API description; default true. */
  readonly pages?: boolean;
  /** Follows changes of the configuration folder; default true. */
  readonly watch?: boolean;
}

/**
 * Opens the platform and builds the application, ready for `listen` or `inject`; timers, inbox and job handlers run unless
 * `settings.role` is `api`, and with `worker` nothing but health and metrics is answered.
 *
 * @throws BrokenConfigurationError, VaultError (another master key), DatabaseInUse, and what the database throws.
 */
export async function createApp(
  settings: Settings,
  { logLevel = 'info', logTo, pages = true, watch: follows = true }: AppOptions = {},
): Promise<RunningApp> {
  const platform = await untilDatabaseAnswers(() => openLoaded(settings, createLog(logLevel, logTo)));
  let watch: FolderWatch | undefined;
  try {
    const drain = new Drain();
    const app = await buildApp(platform, drain, pages);
    await platform.runtime.start({ work: settings.role !== 'api' });
    if (follows) watch = watchConfiguration(platform);
    await watch?.ready;
    const stopFollowing = followOtherNodes(platform);
    const endWatch = async () => {
      stopFollowing();
      await watch?.close();
    };
    return {
      app,
      platform,
      close: () =>
        close(app, platform, async () => {
          await endWatch();
          await drain.finish(drainRequestsMs);
        }),
    };
  } catch (error) {
    await watch?.close();
    await platform.runtime.stop();
    await closePlatform(platform);
    throw error;
  }
}

/**
 * Opens the platform and its services without the HTTP interface, for scenarios: they act through the services behind it.
 * The configuration folder is not followed.
 *
 * @throws as `createApp` does.
 */
export async function createServices(
  settings: Settings,
  { logLevel = 'info', logTo }: Pick<AppOptions, 'logLevel' | 'logTo'> = {},
): Promise<RunningServices> {
  const platform = await openLoaded(settings, createLog(logLevel, logTo));
  try {
    const app = await NestFactory.createApplicationContext(ServicesModule.of(platform), {
      logger: new NestLog(platform.log),
      abortOnError: false,
    });
    await platform.runtime.start({ work: settings.role !== 'api' });
    return { app, platform, close: () => close(app, platform, () => Promise.resolve()) };
  } catch (error) {
    await platform.runtime.stop();
    await closePlatform(platform);
    throw error;
  }
}

async function openLoaded(settings: Settings, log: Logger): Promise<Platform> {
  const platform = await openPlatform(settings, log);
  try {
    await platform.store.join();
    await loadConfiguration(platform);
    return platform;
  } catch (error) {
    await platform.runtime.stop();
    await closePlatform(platform);
    throw error;
  }
}

/** Timers, handlers and long polls end beside the requests: what a request still commits needs none of them. */
async function close(app: INestApplicationContext, platform: Platform, drain: () => Promise<void>): Promise<void> {
  await Promise.all([drain(), platform.runtime.stop()]);
  await app.close();
  await closePlatform(platform);
}

async function buildApp(platform: Platform, drain: Drain, pages: boolean): Promise<NestFastifyApplication> {
  const { settings, log } = platform;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    trustProxy: typeof settings.trustProxy === 'boolean' ? settings.trustProxy : [...settings.trustProxy],
    forceCloseConnections: true,
    multipart: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(platform), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  drain.watch(fastify);
  traceCommands(fastify);
  await fastify.register(fastifyCookie);
  await secureAnswers(fastify, settings);
  await fastify.register(multipart, { limits: { fileSize: fileLimitBytes, files: 200, fields: 50, parts: 250 } });
  if (settings.role === 'worker') fastify.addHook('onRequest', async ({ url }) => refuseBesidesOperation(url));
  refuseDeepBodies(fastify);
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  serveOpenApi(app, settings, pages);
  if (pages) await serveWebApp(app, settings.webDir);
  await app.init();
  await fastify.ready();
  return app;
}

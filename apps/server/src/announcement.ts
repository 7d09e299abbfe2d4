import { DemoAccountsService, demoPassword } from './accounts/demo-accounts.service.js';
import type { RunningApp } from './bootstrap.js';

/** What is printed at the start: addresses and, with `DEMO=true`, who can sign in. */
export function announce({ app, platform: { settings, configuration } }: RunningApp): string {
  const { baseUrl, demo } = settings;
  const lines = [
    '',
    `畅通 Changtong · ${configuration.current.organization.name}`,
    `  群众入口 Portal      ${baseUrl}/`,
    `  办理台   Workbench   ${baseUrl}/work`,
    `  督查台   Cockpit     ${baseUrl}/cockpit`,
    `  配置台   Studio      ${baseUrl}/studio`,
    `  接口     API         ${baseUrl}/api/docs`,
    '',
  ];
  return [...lines, ...(demo ? demoLines(app.get(DemoAccountsService)) : createAdminLines())].join('\n') + '\n';
}

function demoLines(demo: DemoAccountsService): string[] {
  const accounts = demo.accounts().map(({ id, name }) => `    ${id.padEnd(24)} ${name}`);
  return [`  演示账号，密码均为 ${demoPassword} / Demo accounts, password ${demoPassword}:`, ...accounts, ''];
}

function createAdminLines(): string[] {
  return ['  首个管理员 / First administrator: npm start -- create-admin <id>', ''];
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, listensOnLoopback, readConfig } from '../../src/config.js';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const secret = 'x'.repeat(32);
const id = '00000000-0000-4000-8000-000000000000';

describe('settings', () => {
  test('none at all is a bot on loopback with its own storage', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3978,
      HOST: '127.0.0.1',
      STORAGE_URL: 'file:data/backup-medic.db',
      LOG_LEVEL: 'info',
    });
    expect(listensOnLoopback(readConfig({}))).toBe(true);
  });

  test('an empty value counts as not set', () => {
    expect(readConfig({ PORT: '', HOST: ' ', MicrosoftAppId: '' })).toEqual(readConfig({}));
  });

  test('all faults are named at once, each by its setting', () => {
    const faults = faultsOf({
      PORT: '99999',
      STORAGE_URL: 'mysql://db',
      PUBLIC_URL: 'chat.example.org',
      SIGNING_SECRET: 'short',
      MicrosoftAppId: 'mine',
      MAX_BODY_BYTES: '-1',
      LOG_LEVEL: 'loud',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'MAX_BODY_BYTES',
      'MicrosoftAppId',
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
      'PORT',
      'PUBLIC_URL',
      'SIGNING_SECRET',
      'STORAGE_URL',
    ]);
  });

  test('the message lists every fault and where the settings stand', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT.*LOG_LEVEL.*\.env\.example/s);
  });

  test('a secret is never repeated in a fault', () => {
    expect(faultsOf({ SIGNING_SECRET: 'hunter2' }).join()).not.toContain('hunter2');
  });

  test.each([
    [{ HOST: '0.0.0.0' }, ['PUBLIC_URL', 'SIGNING_SECRET']],
    [{ HOST: '0.0.0.0', SIGNING_SECRET: secret }, ['PUBLIC_URL']],
    [{ PUBLIC_URL: 'https://chat.example.org' }, ['SIGNING_SECRET']],
    [{ PUBLIC_URL: 'https://chat.example.org/chat', SIGNING_SECRET: secret }, ['PUBLIC_URL']],
    [{ MicrosoftAppId: id }, ['MicrosoftAppPassword', 'MicrosoftAppTenantId']],
    [{ MicrosoftAppId: id, MicrosoftAppPassword: 'p' }, ['MicrosoftAppTenantId']],
    [{ MicrosoftAppId: id, MicrosoftAppType: 'MultiTenant', MicrosoftAppPassword: 'p' }, []],
    [{ MicrosoftAppId: id, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId: id }, []],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://chat.example.org', SIGNING_SECRET: secret }, []],
    [{ SIGNING_SECRET_FILE: '/does/not/exist' }, ['SIGNING_SECRET_FILE']],
  ])('%o lacks %o', (environment, names) => {
    const faults = faultsOf(
      Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(names);
  });

  test('a value may stand in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'backup-medic-config-'));
    const file = join(folder, 'secret');
    writeFileSync(file, `${secret}\n`);
    expect(readConfig({ SIGNING_SECRET_FILE: file }).SIGNING_SECRET).toBe(secret);
    rmSync(folder, { recursive: true });
  });
});

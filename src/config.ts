import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Faults of the configuration, all at once, each naming the setting and the way out. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const megabyte = 1024 * 1024;

const whole = (least: number, most: number, usual: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must be a whole number from ${least} to ${most}`)
    .default(usual);

const secretSchema = z.string().min(32, 'must have at least 32 characters').optional();

const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https address' }).optional();

/** Origins, separated by blanks or commas. */
const originsSchema = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ''))
  .refine(
    (origins) => origins.every((origin) => /^https?:\/\/[^/?#*]+$/.test(origin)),
    'must list origins such as https://www.example.org, without a path, separated by blanks',
  )
  .default([]);

const settingsSchema = z.object({
  PORT: whole(0, 65535, 3978),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#]+$/, 'must be an origin such as https://chat.example.org, without a path')
    .optional(),
  STORAGE_URL: z
    .string()
    .regex(/^(file|postgres|postgresql):./, 'must start with file: or postgres://')
    .default('file:data/backup-medic.db'),
  STORAGE_SYNC: z.enum(['normal', 'full'], 'must be normal or full').default('normal'),
  SIGNING_SECRET: secretSchema,
  MicrosoftAppType: z
    .enum(
      ['SingleTenant', 'MultiTenant', 'UserAssignedMSI'],
      'must be SingleTenant, MultiTenant or UserAssignedMSI',
    )
    .default('SingleTenant'),
  MicrosoftAppId: z.guid('must be the GUID of the app registration').optional(),
  MicrosoftAppPassword: z.string().min(1).optional(),
  MicrosoftAppTenantId: z.guid('must be the GUID of the tenant').optional(),
  BotOpenIdMetadata: z
    .string()
    .regex(/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/, 'must be an https address')
    .optional(),
  TEAMS_DEVELOPER_NAME: z.string().max(32, 'must have at most 32 characters').default('Backup Medic'),
  PRIVACY_URL: httpsUrl,
  TERMS_URL: httpsUrl,
  EMBED_ORIGINS: originsSchema,
  DIRECT_LINE_SECRET: z.string().min(1).optional(),
  DIRECT_LINE_URL: z
    .string()
    .regex(/^https?:\/\/[^?#]+[^/?#]$/, 'must be an address such as https://directline.botframework.com')
    .default('https://directline.botframework.com'),
  MAX_BODY_BYTES: whole(10_000, 16 * megabyte, 256 * 1024),
  MAX_UPLOAD_BYTES: whole(10_000, 64 * megabyte, 8 * megabyte),
  RATE_PER_PERSON: whole(0, 100_000, 60),
  RATE_PER_ADDRESS: whole(0, 100_000, 600),
  TRUSTED_PROXIES: whole(0, 10, 0),
  KEEP_MESSAGES_DAYS: whole(0, 36_500, 30),
  KEEP_CONVERSATIONS_DAYS: whole(0, 36_500, 365),
  KEEP_PHRASES_DAYS: whole(0, 36_500, 90),
  KEEP_PHRASES: z.enum(['yes', 'no'], 'must be yes or no').default('yes'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
});

/** Every setting, checked. */
export type Config = z.infer<typeof settingsSchema>;

/** Names of all settings, as they stand in .env.example. */
export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** True while the server can be reached from this machine alone. */
export function listensOnLoopback(config: Config): boolean {
  return loopbackHosts.includes(config.HOST);
}

/**
 * Reads and checks the settings of the environment; an empty value counts as not set.
 * A name with `_FILE` behind it names a file that holds the value.
 * @throws ConfigError with every fault.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const { given, parsed, faults } = parse(environment);
  const all = [...faults, ...togetherFaults(given)];
  if (all.length > 0 || !parsed.success) throw new ConfigError(all);
  return parsed.data;
}

/** The same settings, each checked by itself: for a command that starts no server. @throws ConfigError */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Config {
  const { parsed, faults } = parse(environment);
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  return parsed.data;
}

/** The settings as they stand, and the faults that each has by itself. */
function parse(environment: NodeJS.ProcessEnv) {
  const faults: string[] = [];
  const given: Record<string, string> = {};
  for (const name of settingNames) {
    const value = environment[name] ?? fromFile(name, environment[`${name}_FILE`], faults);
    if (value !== undefined && value.trim() !== '') given[name] = value.trim();
  }
  const parsed = settingsSchema.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) faults.push(`${issue.path.join('.')} ${issue.message}`);
  return { given, parsed, faults };
}

function fromFile(name: string, file: string | undefined, faults: string[]): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    faults.push(`${name}_FILE names a file that cannot be read`);
    return undefined;
  }
}

/** Faults that only show when settings are seen together. */
function togetherFaults(given: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const isPublic = given.HOST !== undefined && !loopbackHosts.includes(given.HOST);
  if (isPublic && given.PUBLIC_URL === undefined) {
    faults.push('PUBLIC_URL must be set when HOST is not loopback');
  }
  if ((isPublic || given.PUBLIC_URL !== undefined) && given.SIGNING_SECRET === undefined) {
    faults.push('SIGNING_SECRET must be set when HOST is not loopback or PUBLIC_URL is set');
  }
  if (given.STORAGE_URL?.startsWith('postgres') && given.SIGNING_SECRET === undefined) {
    faults.push('SIGNING_SECRET must be set with PostgreSQL, the same for every process');
  }
  if (given.MicrosoftAppId === undefined) return faults;
  if (given.MicrosoftAppType !== 'UserAssignedMSI' && given.MicrosoftAppPassword === undefined) {
    faults.push(
      'MicrosoftAppPassword must be set with MicrosoftAppId, or MicrosoftAppType be UserAssignedMSI',
    );
  }
  if (given.MicrosoftAppType !== 'MultiTenant' && given.MicrosoftAppTenantId === undefined) {
    faults.push('MicrosoftAppTenantId must be set with MicrosoftAppId, or MicrosoftAppType be MultiTenant');
  }
  return faults;
}

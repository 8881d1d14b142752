import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Words } from '../../knowledge/words.js';
import { searchParameter } from './message-extension.js';

/** Version of the manifest's schema: the oldest one that Teams still takes with everything that is used here. */
const manifestVersion = '1.19';

/** Commands of the menu above the message box, as ids of words. */
const commandNames = ['full', 'stuck', 'restore', 'learn', 'log', 'restart', 'human', 'help'] as const;

/** What the manifest is made from. */
export interface ManifestSettings {
  appId: string;
  /** Origin of the installation, https. */
  publicUrl: string;
  developerName: string;
  privacyUrl: string;
  termsUrl: string;
  /** Version of the product. */
  version: string;
}

const https = z.url({ protocol: /^https$/ }).max(2048);
const command = z.strictObject({ title: z.string().min(1).max(32), description: z.string().min(1).max(128) });

/** The numbers of Microsoft's schemas 1.17 to 1.30, the tightest of each, for the fields that are used here. */
const manifestSchema = z.strictObject({
  $schema: https,
  manifestVersion: z.literal(manifestVersion),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .max(256),
  id: z.guid(),
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: https,
    privacyUrl: https,
    termsOfUseUrl: https,
  }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
  icons: z.strictObject({ color: z.string(), outline: z.string() }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z
    .array(
      z.strictObject({
        botId: z.guid(),
        scopes: z.array(z.enum(['personal', 'team', 'groupChat'])).max(3),
        supportsFiles: z.boolean(),
        isNotificationOnly: z.boolean(),
        commandLists: z
          .array(
            z.strictObject({
              scopes: z.array(z.enum(['personal', 'team', 'groupChat'])).min(1),
              commands: z.array(command).max(10),
            }),
          )
          .max(3),
      }),
    )
    .max(1),
  composeExtensions: z
    .array(
      z.strictObject({
        botId: z.guid(),
        commands: z
          .array(
            command.extend({
              id: z.string().max(64),
              type: z.literal('query'),
              initialRun: z.boolean(),
              context: z.array(z.enum(['compose', 'commandBox', 'message'])).max(3),
              parameters: z
                .array(command.extend({ name: z.string().max(64), inputType: z.literal('text') }))
                .max(5),
            }),
          )
          .max(10),
      }),
    )
    .max(1),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])),
  validDomains: z.array(z.string().max(2048)).max(16),
});

/** A Teams app manifest. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest of this installation. @throws ZodError when a setting makes it one that Teams refuses. */
export function manifestOf(settings: ManifestSettings, words: Words): Manifest {
  const { appId, publicUrl, developerName, privacyUrl, termsUrl, version } = settings;
  const scopes = ['personal' as const, 'team' as const, 'groupChat' as const];
  return checkManifest({
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id: appGuid(appId),
    developer: { name: developerName, websiteUrl: publicUrl, privacyUrl, termsOfUseUrl: termsUrl },
    name: { short: words.say('teams.name'), full: words.say('teams.fullName') },
    description: { short: words.say('teams.short'), full: words.say('teams.long') },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0F766E',
    bots: [
      {
        botId: appId,
        scopes,
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes, commands: commandNames.map((name) => menuCommand(name, words)) }],
      },
    ],
    composeExtensions: [{ botId: appId, commands: [searchCommand(words)] }],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).hostname],
  });
}

/** The value as a manifest. @throws ZodError naming the first field that Teams would refuse. */
export function checkManifest(value: unknown): Manifest {
  return manifestSchema.parse(value);
}

function menuCommand(name: string, words: Words): z.infer<typeof command> {
  return {
    title: words.say(`teams.command.${name}`),
    description: words.say(`teams.command.${name}.about`),
  };
}

function searchCommand(words: Words): Manifest['composeExtensions'][number]['commands'][number] {
  return {
    id: 'findFix',
    type: 'query',
    title: words.say('teams.search'),
    description: words.say('teams.search.about'),
    initialRun: true,
    context: ['compose', 'commandBox'],
    parameters: [
      {
        name: searchParameter,
        title: words.say('teams.search'),
        description: words.say('teams.search.hint'),
        inputType: 'text',
      },
    ],
  };
}

/** The app's own GUID, the same at every run for one bot. */
function appGuid(appId: string): string {
  const hash = createHash('sha256').update(`teams-app:${appId.toLowerCase()}`).digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

import type {
  Activity,
  ConfigurationBotFrameworkAuthenticationOptions,
  InvokeResponse,
  TurnContext,
} from 'botbuilder';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type {
  AuthenticateRequestResult,
  BotFrameworkAuthentication,
  UserTokenClient,
} from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';
import type { Config } from './config.js';
import { createSignIn, type SignIn } from './sign-in.js';

type Logic = (context: TurnContext) => Promise<void>;

/** The one adapter that every activity goes through, from Azure and from our own channels. */
export class Adapter extends CloudAdapter {
  /** Runs `logic` on an activity from the Bot Framework once its token is checked. @throws when it is not valid. */
  async fromBotFramework(
    authorization: string,
    activity: Activity,
    logic: Logic,
  ): Promise<InvokeResponse | undefined> {
    const caller = await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    return this.processActivity({ ...caller, connectorFactory: noConnector }, activity, logic);
  }

  /** Runs `logic` on an activity of our own channels, whose sender we have checked ourselves. */
  async fromOwnChannel(activity: Activity, logic: Logic): Promise<void> {
    await this.processActivity(ownCaller, activity, logic);
  }
}

/** Nothing is sent through the context of a turn: replies leave by the outbox, whose channel keeps its clients. */
const noConnector = { create: async () => ({}) } as unknown as NonNullable<
  AuthenticateRequestResult['connectorFactory']
>;

const ownCaller: AuthenticateRequestResult = {
  audience: '',
  callerId: '',
  claimsIdentity: new ClaimsIdentity([], true),
  connectorFactory: noConnector,
};

/** Makes the client for people's sign-ins once: the SDK makes one a turn, which costs as much as a turn's storage. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly #signIn: SignIn | undefined;
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(settings: ConfigurationBotFrameworkAuthenticationOptions, signIn?: SignIn) {
    super(settings);
    this.#signIn = signIn;
  }

  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    return (
      (await this.#signIn?.(authorization, activity)) ?? super.authenticateRequest(activity, authorization)
    );
  }

  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(claims);
    return this.#userTokens;
  }
}

/** The sign-in of the Bot Framework, as the settings have it; without an app id it lets everybody in. */
export function createAuthentication(config: Config): BotFrameworkAuthentication {
  if (config.MicrosoftAppId === undefined) return new Authentication({});
  const settings = {
    MicrosoftAppType: config.MicrosoftAppType,
    MicrosoftAppId: config.MicrosoftAppId,
    MicrosoftAppPassword: config.MicrosoftAppPassword ?? '',
    MicrosoftAppTenantId: config.MicrosoftAppTenantId ?? '',
  };
  return new Authentication(
    settings,
    createSignIn({ appId: config.MicrosoftAppId, metadataUrl: config.BotOpenIdMetadata }),
  );
}

/** The claims under which the bot itself calls a channel. */
export function botClaims(appId: string): ClaimsIdentity {
  return new ClaimsIdentity([
    { type: 'aud', value: appId },
    { type: 'appid', value: appId },
  ]);
}

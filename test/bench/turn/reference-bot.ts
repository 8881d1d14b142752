import type { TurnContext } from 'botbuilder';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder';
import { DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import restify from 'restify';

type Logic = (context: TurnContext) => Promise<void>;

/** Answers each message with its own text. */
const echo: Logic = async (context) => {
  if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`);
};

/** Three questions as the SDK's own samples ask them, kept in the SDK's own memory. */
function createWaterfall(): Logic {
  const state = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  dialogs.add(new TextPrompt('text'));
  dialogs.add(
    new WaterfallDialog('repair', [
      (step) => step.prompt('text', 'Which phone do you have?'),
      (step) => step.prompt('text', `A ${step.result}: and which service keeps the backup?`),
      async (step) => {
        await step.context.sendActivity(`Then ${step.result} it is.`);
        return step.endDialog();
      },
    ]),
  );
  return async (context) => {
    const dc = await dialogs.createContext(context);
    const { status } = await dc.continueDialog();
    if (status === 'empty') await dc.beginDialog('repair');
    await state.saveChanges(context);
  };
}

/** Serves the bot named on the command line until it is stopped. */
function main(): void {
  const logic = process.argv[2] === 'waterfall' ? createWaterfall() : echo;
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, logic);
  });
  server.listen(0, '127.0.0.1', () => console.log(`ready: open http://127.0.0.1:${server.address().port}`));
}

main();

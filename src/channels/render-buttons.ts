import type { Activity, CardAction } from 'botbuilder';
import type { Choice, Reply } from '../../knowledge/reply.js';
import type { Words } from '../../knowledge/words.js';
import { blocksOf } from './blocks.js';
import type { ButtonLimits, ChannelLimits } from './limits.js';
import { flavours } from './markup.js';
import { renderPlain } from './render-plain.js';
import { textsOf } from './texts.js';

/** The reply as texts with buttons below the last; where the buttons do not fit the channel, with numbers. */
export function renderButtons(reply: Reply, limits: ChannelLimits, words: Words): Partial<Activity>[] {
  const { buttons } = limits;
  const { choices = [] } = reply;
  if (buttons === undefined || choices.length === 0 || !fits(choices, buttons)) {
    return renderPlain(reply, limits, words).map((part) => toNative(part, [], buttons));
  }
  const max = Math.min(limits.text.max, buttons.text?.max ?? limits.text.max);
  const { textFormat } = flavours[limits.markup];
  const texts = textsOf(blocksOf(reply, words), limits.markup, max);
  return texts.map((text, at) =>
    toNative({ type: 'message', text, textFormat }, at === texts.length - 1 ? choices : [], buttons),
  );
}

/** Whether every choice can be a button here. */
function fits(choices: readonly Choice[], { count, label, value }: ButtonLimits): boolean {
  return (
    choices.length <= count.max &&
    choices.every((choice) => choice.label.length <= label.max && choice.id.length <= value.max)
  );
}

function toNative(
  part: Partial<Activity>,
  choices: readonly Choice[],
  buttons: ButtonLimits | undefined,
): Partial<Activity> {
  if (buttons?.form === 'slack') return toSlack(part, choices);
  if (buttons?.form === 'telegram') return toTelegram(part, choices);
  return choices.length === 0 ? part : { ...part, ...suggest(choices, buttons?.form) };
}

/** Suggested actions, as the Bot Framework has them. */
export function suggest(
  choices: readonly Choice[],
  form: ButtonLimits['form'] = 'messageBack',
): Partial<Activity> {
  const toAction = form === 'postBack' ? postBack : form === 'imBack' ? imBack : messageBack;
  return { inputHint: 'expectingInput', suggestedActions: { to: [], actions: choices.map(toAction) } };
}

/** A press comes back as a message with the label as its text and the choice id as its value. */
function messageBack({ id, label }: Choice): CardAction {
  return { type: 'messageBack', title: label, displayText: label, text: label, value: { choiceId: id } };
}

/** A press comes back as a message whose text is the choice id. */
function postBack({ id, label }: Choice): CardAction {
  return { type: 'postBack', title: label, value: id };
}

/** A press comes back as if the label had been typed. */
function imBack({ label }: Choice): CardAction {
  return { type: 'imBack', title: label, value: label };
}

/** Slack's own message, as channel data: mrkdwn stays as it is written ("Create a full fidelity Slack message"). */
function toSlack({ text = '', ...part }: Partial<Activity>, choices: readonly Choice[]): Partial<Activity> {
  const actions = choices.map(({ id, label }) => ({ name: id, text: label, type: 'button', value: id }));
  const attachment = { fallback: labelsOf(choices), callback_id: 'choice', actions };
  return {
    ...part,
    channelData: { text, mrkdwn: true, ...(actions.length > 0 ? { attachments: [attachment] } : {}) },
  };
}

/** Telegram's own sendMessage, as channel data: one button a row, so that no label is cut. */
function toTelegram(
  { text = '', ...part }: Partial<Activity>,
  choices: readonly Choice[],
): Partial<Activity> {
  const rows = choices.map(({ id, label }) => [{ text: label, callback_data: id }]);
  return {
    ...part,
    channelData: {
      method: 'sendMessage',
      parameters: {
        text,
        parse_mode: 'HTML',
        ...(rows.length > 0 ? { reply_markup: { inline_keyboard: rows } } : {}),
      },
    },
  };
}

function labelsOf(choices: readonly Choice[]): string {
  return choices.map(({ label }) => label).join(', ');
}

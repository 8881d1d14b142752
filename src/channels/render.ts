import type { Activity, CardAction } from 'botbuilder';
import type { Choice, Reply } from '../../knowledge/reply.js';
import type { ChannelLimits } from './limits.js';

/** The reply as one activity for a channel with these limits; the text alone says everything. */
export function renderReply(reply: Reply, limits: ChannelLimits): Partial<Activity> {
  const text = textOf(reply, limits);
  if (limits.rendering === 'plain' || (reply.choices ?? []).length > limits.maxButtons) {
    return { type: 'message', text: withNumbers(text, reply.choices ?? []), textFormat: formatOf(limits) };
  }
  const actions = (reply.choices ?? []).map(toAction);
  return {
    type: 'message',
    text,
    textFormat: formatOf(limits),
    inputHint: actions.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(actions.length > 0 ? { suggestedActions: { to: [], actions } } : {}),
  };
}

function formatOf(limits: ChannelLimits): string {
  return limits.markup === 'markdown' ? 'markdown' : 'plain';
}

/** A press comes back as a message with the label as its text and the choice id as its value. */
function toAction({ id, label }: Choice): CardAction {
  return { type: 'messageBack', title: label, displayText: label, text: label, value: { choiceId: id } };
}

function textOf(reply: Reply, limits: ChannelLimits): string {
  const isMarkdown = limits.markup === 'markdown';
  const clean = (text: string) => (isMarkdown ? escapeMarkdown(text) : text);
  const parts = [clean(reply.say)];
  if (reply.path !== undefined) {
    const path = reply.path.map(clean).join(' > ');
    parts.push(isMarkdown ? `**${path}**` : path);
  }
  if (reply.also !== undefined) parts.push(clean(reply.also));
  for (const link of reply.links ?? []) {
    parts.push(isMarkdown ? `[${clean(link.title)}](${link.url})` : `${link.title}: ${link.url}`);
  }
  if (reply.ask !== undefined) parts.push(clean(reply.ask));
  return parts.join('\n\n');
}

function withNumbers(text: string, choices: readonly Choice[]): string {
  if (choices.length === 0) return text;
  return `${text}\n\n${choices.map(({ label }, at) => `${at + 1}. ${label}`).join('\n')}`;
}

/** Keeps what people or vendors wrote from turning into links, headings or HTML. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replaceAll('\n', '  \n');
}

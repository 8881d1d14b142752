import type { Choice } from '../../../knowledge/reply.js';

type Json = Record<string, unknown>;

/** A button of a card for one choice; clients that know no Action.Execute submit it. */
export function chooseAction({ id, label }: Choice): Json {
  const data = { choiceId: id, label };
  return executable(label, data, { choiceId: id });
}

/** An entry of the card's overflow menu that stands for a typed message. */
export function sayAction(label: string): Json {
  return { ...executable(label, { say: label }, { say: label }), mode: 'secondary' };
}

function executable(title: string, data: Json, value: Json): Json {
  return {
    type: 'Action.Execute',
    verb: 'answer',
    title,
    data,
    fallback: {
      type: 'Action.Submit',
      title,
      data: { ...data, msteams: { type: 'messageBack', displayText: title, text: title, value } },
    },
  };
}

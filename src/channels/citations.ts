import type { Activity } from 'botbuilder';
import type { Reply } from '../../knowledge/reply.js';

/** Sources that Teams shows of one message, and the length of their names (Teams, "Add citations"). */
const maxCitations = 20;
const nameMaxChars = 80;
const abstractMaxChars = 160;

/** The message with its links as citations, which Teams shows behind the numbers in the text. */
export function citing(message: Partial<Activity>, links: NonNullable<Reply['links']>): Partial<Activity> {
  if (links.length === 0 || links.length > maxCitations || message.text === undefined) return message;
  const marks = links.map((_, at) => `[${at + 1}]`).join(' ');
  const citation = links.map(({ title, url }, at) => ({
    '@type': 'Claim',
    position: at + 1,
    appearance: {
      '@type': 'DigitalDocument',
      name: title.slice(0, nameMaxChars),
      url,
      abstract: title.slice(0, abstractMaxChars),
    },
  }));
  const entity = {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    citation,
  };
  return { ...message, text: `${message.text} ${marks}`, entities: [entity] };
}

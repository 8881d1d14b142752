import { createHash, createHmac, randomBytes } from 'node:crypto';

const conversationId = /^[\w-]{44}$/;

/** A user id that nobody guesses: `dl_` and 128 random bits. */
export function newUserId(): string {
  return `dl_${random128()}`;
}

/** A conversation id that proves whose it is: 128 random bits, and a keyed hash of them and the user. */
export function newConversationId(user: string, secret: string): string {
  const random = random128();
  return random + ownerTag(random, user, secret);
}

/** Whether `id` looks like a conversation id of ours at all. */
export function isConversationId(id: string): boolean {
  return conversationId.test(id);
}

/** Whether the conversation was begun by `user`, told by its id alone. */
export function isOwner(user: string, conversation: string, secret: string): boolean {
  const random = conversation.slice(0, 22);
  return isConversationId(conversation) && conversation === random + ownerTag(random, user, secret);
}

/** The id of a person's activity: the same for every attempt of the page to send it, else random. */
export function activityId(conversation: string, clientActivityId: string | undefined): string {
  if (clientActivityId === undefined) return `u_${random128()}`;
  const hash = createHash('sha256').update(`${conversation}\n${clientActivityId}`).digest('base64url');
  return `u_${hash.slice(0, 22)}`;
}

function random128(): string {
  return randomBytes(16).toString('base64url');
}

function ownerTag(random: string, user: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`conversation\n${random}\n${user}`)
    .digest('base64url')
    .slice(0, 22);
}

import { expect, test } from 'vitest';
import { Recent } from '../../src/storage/recent.js';
import { writeOf } from './turn-write.js';

const place = { conversationId: 'web|talk', personId: 'web|ada', activityId: '2' };
const phone = { id: 'phone of web|ada', person_id: 'web|ada', state_json: '{}', updated_at: 1 };

test('what a turn wrote is what the next one finds, with the phones that it left alone', () => {
  const recent = new Recent();
  const other = { ...phone, id: 'another phone' };
  const write = writeOf('1', { version: 2 });
  recent.note(write, 'committed', { devices: [phone, other] });
  expect(recent.find(place)).toEqual({
    handled: undefined,
    conversation: write.conversation,
    personVersion: 2,
    devices: [write.device, other],
    isOwn: true,
  });
});

test('a new phone stands behind those that are known', () => {
  const recent = new Recent();
  const other = { ...phone, id: 'another phone' };
  recent.note(writeOf('1'), 'committed', { devices: [other] });
  expect(recent.find(place)?.devices.map(({ id }) => id)).toEqual(['another phone', phone.id]);
});

test('the activity handled last is not found, so that its answer is read', () => {
  const recent = new Recent();
  recent.note(writeOf('2'), 'committed', { devices: [] });
  expect(recent.find(place)).toBeUndefined();
});

test.each(['conflict', 'repeated'] as const)('after a %s nothing of it is trusted any more', (result) => {
  const recent = new Recent();
  recent.note(writeOf('1'), 'committed', { devices: [] });
  recent.note(writeOf('3', { version: 2 }), result, { devices: [phone] });
  expect(recent.find(place)).toBeUndefined();
});

test('a person who was forgotten is remembered nowhere', () => {
  const recent = new Recent();
  recent.note(writeOf('1'), 'committed', { devices: [] });
  recent.note(writeOf('1', { conversation: 'web|other' }), 'committed', { devices: [] });
  recent.note({ ...writeOf('3', { version: 2 }), forgets: true }, 'committed', { devices: [phone] });
  expect(recent.find(place)).toBeUndefined();
  expect(recent.find({ ...place, conversationId: 'web|other' })).toBeUndefined();
});

test('of many conversations those that were quiet longest are forgotten', () => {
  const recent = new Recent();
  const note = (at: number) =>
    recent.note(writeOf('1', { conversation: `web|${at}`, person: `web|p${at}` }), 'committed', {
      devices: [],
    });
  const find = (at: number) =>
    recent.find({ conversationId: `web|${at}`, personId: `web|p${at}`, activityId: '2' });
  for (let at = 0; at < 500; at += 1) note(at);
  note(0);
  note(500);
  expect(find(0)).toBeDefined();
  expect(find(1)).toBeUndefined();
  expect(find(500)).toBeDefined();
});

import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressOf, RateLimit } from '../../src/rate-limit.js';

describe('an allowance a minute', () => {
  test('is refused beyond, with the seconds to wait, and comes back with time', () => {
    let now = 0;
    const limit = new RateLimit(6, () => now);
    for (let i = 0; i < 6; i += 1) limit.take('ada');
    expect(() => limit.take('ada')).toThrow(
      expect.objectContaining({ status: 429, headers: { 'Retry-After': '10' } }),
    );
    expect(() => limit.take('bob')).not.toThrow();
    now = 10_000;
    expect(() => limit.take('ada')).not.toThrow();
    expect(() => limit.take('ada')).toThrow();
  });

  test('of zero is none', () => {
    const limit = new RateLimit(0);
    for (let i = 0; i < 1000; i += 1) limit.take('ada');
  });

  test('is not given anew to one who floods it with other names', () => {
    const limit = new RateLimit(2, () => 0);
    limit.take('ada');
    limit.take('ada');
    for (let i = 0; i < 40_000; i += 1) limit.take(`name ${i}`);
    expect(() => limit.take('ada')).toThrow();
  });
});

describe('the address of a request', () => {
  const request = (forwarded?: string): IncomingMessage => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.1' });
    const made = new IncomingMessage(socket);
    if (forwarded !== undefined) made.headers['x-forwarded-for'] = forwarded;
    return made;
  };

  test.each([
    [0, undefined, '10.0.0.1'],
    [0, '203.0.113.7', '10.0.0.1'],
    [1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    [2, '198.51.100.1, 203.0.113.7', '198.51.100.1'],
    [1, undefined, '10.0.0.1'],
    [2, '203.0.113.7', '10.0.0.1'],
  ])('behind %i proxies, with X-Forwarded-For %s, is %s', (proxies, forwarded, expected) => {
    expect(addressOf(request(forwarded), proxies)).toBe(expected);
  });
});

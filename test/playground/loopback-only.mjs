import { Server, Socket } from 'node:net';

// Preloaded into the Playground, which would listen on every address and call home even when told not to.

const loopback = ['127.0.0.1', '::1', 'localhost'];
const { listen } = Server.prototype;
const { connect } = Socket.prototype;

Object.assign(Server.prototype, {
  /** @this {Server} @param {number} port @param {unknown[]} rest */
  listen(port, ...rest) {
    const listening = rest.find((one) => typeof one === 'function');
    return Reflect.apply(listen, this, [port, '127.0.0.1', ...(listening === undefined ? [] : [listening])]);
  },
});

Object.assign(Socket.prototype, {
  /** @this {Socket} @param {unknown[]} given */
  connect(...given) {
    const host = hostOf(given);
    if (host === undefined || loopback.includes(host)) return Reflect.apply(connect, this, given);
    process.stderr.write(`refused to connect to ${host}\n`);
    process.nextTick(() => this.destroy(new Error(`Only loopback may be reached, not ${host}.`)));
    return this;
  },
});

/**
 * The host in any of the forms that connect takes; Node's own calls wrap them in one more array.
 * @param {unknown[]} given
 * @returns {string | undefined}
 */
function hostOf([first, second]) {
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null && 'host' in first) return String(first.host);
  return typeof second === 'string' ? second : undefined;
}

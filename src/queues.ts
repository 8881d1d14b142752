/** Runs work of the same key one after the other, in the order it came; other keys are not held up. */
export class Queues {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Settles as `work` does, once everything before it under `key` has settled. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    const tail: Promise<unknown> = result.then(
      () => this.#forget(key, tail),
      () => this.#forget(key, tail),
    );
    this.#tails.set(key, tail);
    return result;
  }

  #forget(key: string, tail: Promise<unknown>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

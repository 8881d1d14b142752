type Work<T> = (rest: () => void) => Promise<T>;

/** Runs work of the same key one after the other, in the order it came; other keys are not held up. */
export class Queues {
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `atOnce`: how much work of all keys may be busy at the same time; the rest starts in the order it came. */
  constructor(atOnce = Number.POSITIVE_INFINITY) {
    this.#atOnce = atOnce;
  }

  /**
   * Settles as `work` does, once everything before it under `key` has settled. Work that has only to wait from some
   * moment on says so by calling `rest`, so that other keys may go on.
   */
  run<T>(key: string, work: Work<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const admitted = () => this.#admit(work);
    const result = before.then(admitted, admitted);
    const tail: Promise<unknown> = result.then(
      () => this.#forget(key, tail),
      () => this.#forget(key, tail),
    );
    this.#tails.set(key, tail);
    return result;
  }

  async #admit<T>(work: Work<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    let isBusy = true;
    const rest = (): void => {
      if (isBusy) this.#admitNext();
      isBusy = false;
    };
    try {
      return await work(rest);
    } finally {
      rest();
    }
  }

  #admitNext(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }

  #forget(key: string, tail: Promise<unknown>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

// Asks again and again: often while a run lives, more seldom after failures, not at all while nobody looks.

const LONGEST = 15_000;
const failing = new Map();
const listeners = new Set();

/** Who has no answer, and when it is tried again; empty while all is well. */
export const lost = () => [...failing.values()];

export function onConnection(listener) {
  listeners.add(listener);
}

export function retryAll() {
  for (const one of [...failing.values()]) one.retry();
}

export function failed(who, at, retry, why) {
  failing.set(who, { at, retry, why });
  for (const listener of listeners) listener();
}

export function recovered(who) {
  if (failing.delete(who)) for (const listener of listeners) listener();
}

/** How long to wait after so many failures: doubling, with some chance, so that pages do not come back all at once. */
export function backoff(failures) {
  return Math.min(LONGEST, 500 * 2 ** Math.min(failures, 10)) * (0.75 + Math.random() / 2);
}

/** Calls a task, awaits it, and calls it again after its interval. */
export class Poll {
  #task; #interval; #timer = 0; #failures = 0; #closed = false; #running = false; #again = false;

  constructor(task, interval) {
    this.#task = task;
    this.#interval = interval;
    document.addEventListener('visibilitychange', this.#seen);
    this.#run();
  }

  #seen = () => {
    if (!document.hidden) this.now();
  };

  /** At once, as something has changed. */
  now() {
    if (this.#running) this.#again = true;
    else {
      clearTimeout(this.#timer);
      this.#run();
    }
  }

  async #run() {
    if (this.#closed) return;
    this.#running = true;
    this.#again = false;
    let wait;
    try {
      await this.#task();
      this.#failures = 0;
      recovered(this);
      wait = this.#interval();
    } catch (problem) {
      if (this.#closed || problem.name === 'AbortError') wait = this.#interval();
      else if (problem.passing) {
        wait = Math.max(problem.retryAfter * 1_000 || 0, backoff(this.#failures++));
        failed(this, Date.now() + wait, () => this.now(), problem.message);
      } else {
        // What the API refuses, the view shows; asking the same again changes nothing.
        recovered(this);
        if (problem.status === undefined) console.error(problem);
        wait = 3_000;
      }
    }
    this.#running = false;
    if (this.#closed) return;
    if (this.#again) this.#run();
    else if (!document.hidden && wait !== Infinity) this.#timer = setTimeout(() => this.#run(), wait);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
    recovered(this);
  }
}

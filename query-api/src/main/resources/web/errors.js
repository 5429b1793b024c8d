// What is wrong with each run of a list: its first error, how many error templates it has, how many of them are novel. A run's list entry does not say, so its
// snapshot is asked, a few at a time, and again only when the run has gone on.

import * as api from './api.js';

const AT_ONCE = 2;
const MOST = 100;

export class Errors {
  #known = new Map(); #waiting = new Map(); #busy = 0; #changed; #closed = false;

  constructor(changed) {
    this.#changed = changed;
  }

  /** What is known now; asks for more if that is old. */
  of(run) {
    const known = this.#known.get(run.id);
    const stamp = `${run.status} ${run.accounting.counted}`;
    if (known?.stamp !== stamp && !(known && Date.now() - known.at < 5_000)) {
      this.#waiting.set(run.id, stamp);
      queueMicrotask(() => this.#next());
    }
    return known;
  }

  async #next() {
    if (this.#closed || this.#busy >= AT_ONCE || this.#waiting.size === 0) return;
    const [id, stamp] = this.#waiting.entries().next().value;
    this.#waiting.delete(id);
    this.#busy++;
    try {
      const snapshot = await api.get(api.path(`/v1/runs/${id}/snapshot`, { level: 'error,fatal', limit: MOST }));
      const novel = snapshot.templates.filter(template => template.novel).length;
      this.#known.set(id, { stamp, at: Date.now(), first: snapshot.firstError?.text ?? '', all: snapshot.templates.length, novel, more: snapshot.templates.length === MOST ? '+' : '' });
    } catch (problem) {
      // The list itself tells of a lost connection; this column waits for the next time.
      this.#known.set(id, { ...this.#known.get(id) ?? { first: '', all: 0, novel: 0, more: '?' }, stamp: '', at: Date.now() });
    }
    this.#busy--;
    if (this.#closed) return;
    this.#changed();
    this.#next();
  }

  close() {
    this.#closed = true;
  }
}

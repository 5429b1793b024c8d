// The part of a run's lines that the page holds: one stretch without a gap, wherever the reader is, and besides it the
// newest ones, so that the way to the end is short. However long the run, what is held is bounded.

import * as api from './api.js';
import { Live, compare, entry, position } from './live.js';

const KEPT_FOLLOWING = 10_000;
const KEPT = 30_000;
const KEPT_CHARACTERS = 24e6;
const NEWEST = 2_000;
const PAGE = 500;

export class Lines {
  lines = []; newest = []; attached = true; follow = true; paused = false; fresh = 0; missed = 0; received = 0; came = 0; from = 0;
  first = null; last = null; atFirst = false; loading = ''; problem = null; loaded = false; isConnected = false; ended = false;
  #run; #filters; #window; #changed; #live = null; #generation = 0; #characters = 0; #abort = new AbortController();

  constructor(run, { filters, window, changed }) {
    this.#run = run;
    this.#filters = filters;
    this.#window = window;
    this.#changed = changed;
  }

  #path(params) {
    return api.path(`/v1/runs/${this.#run}/lines`, { ...this.#filters, ...this.#window.to ? { to: this.#window.to } : {}, ...params });
  }

  async #read(params) {
    const read = (await api.ndjson(this.#path(params), { signal: this.#abort.signal })).map(entry);
    return read;
  }

  /** Begins at the end, at a position, or at the start of a window; tries again while the server is away. */
  async open(at) {
    const generation = ++this.#generation;
    this.loading = 'open';
    try {
      this.#bounds();
      if (this.#window.from) {
        this.#begin(await this.#read({ from: this.#window.from, n: 1_000 }));
        this.attached = this.follow = false;
        this.atFirst = true;
      } else {
        const newest = await this.#read({ tail: 1_000 });
        this.came = newest.filter(line => line.marker === '').length;
        this.from = newest[0]?.seq ?? 0;
        if (generation !== this.#generation) return;
        this.newest = [...newest];
        this.#begin(newest);
        const last = newest.filter(line => line.offset >= 0).at(-1);
        this.atFirst = newest.length < 1_000;
        if (at) {
          this.follow = false;
          // What was read may hold the place already: nothing is gained by reading around it, and what joins it to the end would be lost.
          if (!this.atFirst && !(newest[0] && compare(newest[0], at) <= 0)) await this.#around(at);
        }
        this.#live = new Live(this.#run, this.#filters, last ? position(last) : null, this);
      }
      this.loaded = true;
      this.problem = null;
    } catch (problem) {
      this.#failed(problem, () => this.open(at));
    }
    this.loading = '';
    this.#changed();
  }

  #failed(problem, again) {
    if (this.#abort.signal.aborted) return;
    this.problem = problem;
    if (problem.passing) setTimeout(() => { if (!this.#abort.signal.aborted) again(); }, 2_000);
  }

  /** Where the run begins and ends, for the rail. */
  async #bounds() {
    try {
      const base = `/v1/runs/${this.#run}/lines`;
      const [first, last] = await Promise.all([
        api.ndjson(`${base}?n=1`, { signal: this.#abort.signal }), api.ndjson(`${base}?tail=1`, { signal: this.#abort.signal })]);
      this.first = first.length ? entry(first[0]) : null;
      this.last ??= last.length ? entry(last[0]) : null;
      this.#changed();
    } catch (problem) {
      // The rail does without; whoever reads the lines themselves tells what is wrong.
      if (!(problem instanceof api.Problem) && problem.name !== 'AbortError') throw problem;
    }
  }

  #begin(read) {
    this.lines = read;
    this.#characters = this.lines.reduce((sum, line) => sum + (line.text?.length ?? 0), 0);
  }

  // ---- the live end ----

  entries(bunch) {
    let added = 0;
    for (const line of bunch) {
      if (line.marker === 'missed') this.missed += line.count;
      this.received += line.marker ? 0 : 1;
      this.came += line.marker ? 0 : 1;
      if (line.offset >= 0) this.last = line;
      this.newest.push(line);
      added++;
      if (this.attached && !this.paused) {
        this.lines.push(line);
        this.#characters += line.text?.length ?? 0;
      }
    }
    if (this.newest.length > NEWEST * 1.5) this.newest.splice(0, this.newest.length - NEWEST);
    if (!this.follow) this.fresh += added;
    if (this.follow) this.#trimStart(KEPT_FOLLOWING);
    else if (this.lines.length > KEPT || this.#characters > KEPT_CHARACTERS) this.attached = false;
    this.#changed();
  }

  connected(now) {
    this.isConnected = now;
    this.#changed();
  }

  refused(problem) {
    this.problem = problem;
    this.#changed();
  }

  /** The server has sent all there is. */
  over() {
    this.ended = true;
    this.#changed();
  }

  #trimStart(most) {
    let drop = 0;
    while (this.lines.length - drop > most * 1.1 || this.#characters > KEPT_CHARACTERS) {
      if (drop >= this.lines.length - 1) break;
      this.#characters -= this.lines[drop++].text?.length ?? 0;
    }
    if (drop > 0) {
      this.lines.splice(0, drop);
      this.atFirst = false;
    }
  }

  #trimEnd(most) {
    while (this.lines.length > most || (this.#characters > KEPT_CHARACTERS && this.lines.length > 1)) {
      this.#characters -= this.lines.pop().text?.length ?? 0;
      this.attached = false;
    }
  }

  // ---- moving about ----

  async older() {
    if (this.loading || this.atFirst || this.lines.length === 0) return;
    await this.#load('older', async () => {
      const first = this.lines.find(line => line.offset >= 0);
      if (!first) return;
      const read = (await this.#read({ before: position(first), n: PAGE })).filter(line => !this.#window.from || Date.parse(line.arrived) >= Date.parse(this.#window.from));
      this.atFirst = read.length < PAGE;
      this.#prepend(read);
    });
  }

  async newer() {
    if (this.loading || this.attached || this.lines.length === 0) return;
    await this.#load('newer', async () => {
      const last = this.lines.findLast(line => line.offset >= 0);
      const read = await this.#read({ after: position(last), n: PAGE });
      this.#append(read);
      this.#attach(read.length < PAGE);
      this.#trimStart(KEPT);
    });
  }

  async #load(what, work) {
    const generation = this.#generation;
    this.loading = what;
    try {
      await work();
      this.problem = null;
    } catch (problem) {
      if (generation === this.#generation) {
        this.#failed(problem, () => {
          this.problem = null;
          this.#changed();
        });
      }
    }
    this.loading = '';
    this.#changed();
  }

  #prepend(read) {
    this.lines.unshift(...read);
    for (const line of read) this.#characters += line.text?.length ?? 0;
    if (!this.follow) this.#trimEnd(KEPT);
  }

  #append(read) {
    for (const line of read) {
      this.lines.push(line);
      this.#characters += line.text?.length ?? 0;
    }
  }

  /** Joins what is held with the live end, if they touch. */
  #attach(complete) {
    if (this.#window.to) return;
    const last = this.lines.findLast(line => line.offset >= 0);
    const touch = this.newest.find(line => line.offset >= 0);
    if (!touch ? complete : last && compare(touch, last) <= 0) {
      for (const line of this.newest) if (!last || compare(line, last) > 0) this.lines.push(line);
      this.attached = true;
    }
  }

  /** To a position anywhere in the run; what is there becomes what is held. */
  async jump(at) {
    this.follow = false;
    this.#generation++;
    await this.#load('jump', () => this.#around(at));
  }

  async #around({ offset, index }) {
    const generation = this.#generation;
    const [before, after] = await Promise.all([
      this.#read({ before: `${offset}.${index + 1}`, n: PAGE / 2 }), this.#read({ after: `${offset}.${index}`, n: PAGE / 2 })]);
    if (generation !== this.#generation) return;
    this.#begin([...before, ...after]);
    this.atFirst = before.length < PAGE / 2;
    this.attached = false;
    this.#attach(after.length < PAGE / 2);
  }

  /** To the first line; what is there becomes what is held. */
  async toStart() {
    this.follow = false;
    if (this.atFirst) return;
    const generation = ++this.#generation;
    await this.#load('jump', async () => {
      const read = await this.#read({ n: PAGE });
      if (generation !== this.#generation) return;
      this.#begin(read);
      this.atFirst = true;
      this.attached = false;
      this.#attach(read.length < PAGE);
    });
  }

  /** To the newest line, and stay there. */
  toEnd() {
    this.#generation++;
    if (!this.attached && !this.#window.from) {
      this.lines = [...this.newest];
      this.#characters = this.lines.reduce((sum, line) => sum + (line.text?.length ?? 0), 0);
      this.atFirst = false;
      this.attached = true;
    }
    this.paused = false;
    this.follow = true;
    this.fresh = 0;
    this.#changed();
  }

  /** Nothing moves any more; what comes is counted. */
  pause() {
    this.paused = true;
    this.follow = false;
    this.attached = false;
    this.#changed();
  }

  /** The next or previous line of these levels, from a line on; null if there is none. */
  async find(from, forward, level, begins) {
    const found = await this.#read({ ...forward ? { after: position(from), n: 20 } : { before: position(from), n: 20 }, level });
    const lines = forward ? found : found.reverse();
    return lines.find(begins) ?? lines.find(line => line.marker === '' && !/^\s/.test(line.text)) ?? null;
  }

  /** What the filters mean has changed: the server is asked to read them again for what comes. */
  again() {
    this.#live?.again();
  }

  close() {
    this.#generation++;
    this.#abort.abort();
    this.#live?.close();
  }
}

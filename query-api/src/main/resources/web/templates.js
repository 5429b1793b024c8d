// A run's templates, kept up to date by deltas: a cursor given back brings only what changed.

import * as api from './api.js';
import { Poll } from './poll.js';
import { Matcher } from './match.js';

const MOST = 10_000;
const BAD = new Set(['ERROR', 'FATAL']);

export class Templates {
  all = new Map(); accounting = null; firstError = null; run = null; step = 60_000; problem = null; loaded = false; omitted = 0;
  #run; #window; #cursor = null; #changed; #poll; #matcher = null;

  constructor(run, window, isLive, changed) {
    this.#run = run;
    this.#window = window;
    this.#changed = changed;
    const often = window.from ? 2_000 : 1_000;
    this.#poll = new Poll(() => this.#load(), () => isLive() && !window.to ? often : 15_000);
  }

  get windowed() {
    return Boolean(this.#window.from);
  }

  /** Templates are counted by the minute: the minutes that a finer window touches, or null. */
  get minutes() {
    const [from, to] = [Date.parse(this.#window.from), this.#window.to ? Date.parse(this.#window.to) : 0];
    if (!this.windowed || (from % 60_000 === 0 && to % 60_000 === 0)) return null;
    return [new Date(Math.floor(from / 60_000) * 60_000), to ? new Date(Math.ceil(to / 60_000) * 60_000) : null];
  }

  async #load() {
    try {
      const cursor = this.windowed ? null : this.#cursor;
      const answer = await api.get(api.path(`/v1/runs/${this.#run}/snapshot`, { ...this.#window, cursor, limit: cursor ? null : MOST }));
      this.problem = null;
      this.#take(answer, cursor !== null);
    } catch (problem) {
      if (!problem.passing) this.problem = problem;
      throw problem;
    } finally {
      this.#changed();
    }
  }

  #take(answer, asked) {
    this.#cursor = answer.cursor;
    this.loaded = true;
    if (answer.unchanged) return;
    const whole = !asked || answer.note;
    if (whole) this.all = new Map();
    if (whole || answer.templates.some(template => template.change !== 'grown' && template.change !== 'quiet')) this.#matcher = null;
    for (const template of answer.templates) {
      if (template.change === 'merged' || template.change === 'evicted') {
        this.all.delete(template.id);
        continue;
      }
      const before = this.all.get(template.id);
      const fresh = before?.fresh || (asked && template.change === 'new');
      this.all.set(template.id, { ...template, fresh, rank: rank(template) });
    }
    this.accounting = answer.accounting;
    this.firstError = answer.firstError ?? this.firstError;
    this.run = answer.run;
    this.omitted = whole ? answer.omitted?.templates ?? 0 : this.omitted;
    this.step = answer.window?.stepMillis ?? this.step;
    const total = [...this.all.values()].reduce((sum, template) => sum + template.count, 0);
    for (const template of this.all.values()) template.share = total ? template.count / total : 0;
  }

  /** Reads off a line's text which template it is of. */
  get matcher() {
    this.#matcher ??= new Matcher([...this.all.values()]);
    return this.#matcher;
  }

  now() {
    this.#poll.now();
  }

  close() {
    this.#poll.close();
  }
}

/** What is wrong first: errors that the last good run lacked, other errors, novel ones, changed ones, the rest. */
function rank(template) {
  if (BAD.has(template.level)) return (template.novel ? 0 : 2) + (template.level === 'FATAL' ? 0 : 1);
  if (template.novel) return 4;
  return template.change && template.change !== 'grown' && template.change !== 'quiet' ? 5 : 6;
}

const ORDERS = {
  rank: (a, b) => a.rank - b.rank || b.count - a.count || a.id - b.id,
  count: (a, b) => b.count - a.count || a.id - b.id,
  level: (a, b) => SEVERITY.indexOf(b.level) - SEVERITY.indexOf(a.level) || b.count - a.count || a.id - b.id,
  first: (a, b) => a.firstSeen.localeCompare(b.firstSeen) || a.id - b.id,
  recent: (a, b) => b.lastSeen.localeCompare(a.lastSeen) || a.id - b.id,
};
const SEVERITY = ['NONE', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export const sortBy = name => ORDERS[name] ?? ORDERS.rank;

/** Whether a text holds what is searched for: words as they are, or between slashes a pattern. */
export function searcher(wanted) {
  if (!wanted) return () => true;
  if (wanted.length > 2 && wanted.startsWith('/') && wanted.endsWith('/')) {
    try {
      const pattern = new RegExp(wanted.slice(1, -1));
      return text => pattern.test(text);
    } catch {
      return () => false;
    }
  }
  const folded = wanted.toLowerCase();
  return text => text.toLowerCase().includes(folded);
}

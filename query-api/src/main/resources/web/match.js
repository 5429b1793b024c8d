// Which template a line reads like. The server counts lines, it does not keep which line is of which template; a
// template's constant words, in order, tell it as well as they tell the server.

import { plain } from './text.js';

const HOLE = /<(?:\*|[A-Za-z][A-Za-z0-9_:-]{0,40})>/g;

class Shape {
  constructor(template) {
    this.template = template;
    this.constants = [];
    const text = plain(template.text);
    let at = 0;
    for (const hole of text.matchAll(HOLE)) {
      this.#add(text.slice(at, hole.index));
      at = hole.index + hole[0].length;
    }
    this.open = at === text.length;
    this.#add(text.slice(at));
    this.weight = this.constants.reduce((sum, constant) => sum + constant.length, 0);
  }

  #add(constant) {
    const bare = constant.trim();
    if (bare) this.constants.push(bare);
  }

  test(line) {
    let at = 0;
    for (let i = 0; i < this.constants.length; i++) {
      const constant = this.constants[i];
      const last = i === this.constants.length - 1 && !this.open;
      const found = last ? line.lastIndexOf(constant) : line.indexOf(constant, at);
      if (found < at || (last && found + constant.length !== line.length)) return false;
      at = found + constant.length;
    }
    return this.constants.length > 0;
  }

  /** A word that stands alone in every line of this shape: lines without it need not be looked at. */
  word() {
    const whole = (` ${plain(this.template.text)} `).match(/(?<=\s)[^\s<>]{2,}(?=\s)/g) ?? [];
    return whole.reduce((longest, word) => word.length > longest.length ? word : longest, '');
  }
}

/** Templates of several levels may have one text, as levels stand in headers: then it is the one whose level a line says. */
function better(shape, best, line) {
  if (!best || shape.weight !== best.weight) return !best || shape.weight > best.weight;
  return shape.template.level !== best.template.level && fit(line, shape.template.level) > fit(line, best.template.level);
}

/** What is wrong is kept apart from the rest, whose levels are not kept apart from each other. */
const fit = (line, level) => says(line, level) ? 2 : level === 'ERROR' || level === 'FATAL' ? 0 : 1;

const NEAR = 200;
const WORDS = Object.fromEntries(Object.entries({
  FATAL: 'fatal|critical|crit|emerg|alert|panic|f', ERROR: 'errors?|err|severe|failed|failure|e', WARN: 'warn|warning|w',
  INFO: 'info|notice|i', DEBUG: 'debug|fine|d', TRACE: 'trace|finer|finest|t',
}).map(([level, words]) => [level, new RegExp(`(?<!\\w)(?:${words})(?!\\w)`, 'i')]));

function says(line, level) {
  const near = line.slice(0, NEAR);
  return level in WORDS ? WORDS[level].test(near) : Object.values(WORDS).every(words => !words.test(near));
}

export class Matcher {
  #byWord = new Map();
  #others = [];

  constructor(templates) {
    const shapes = templates.map(template => new Shape(template)).filter(shape => shape.weight > 0);
    // The most words first: what is said exactly goes before what is said loosely.
    shapes.sort((one, other) => other.weight - one.weight);
    for (const shape of shapes) {
      const word = shape.word();
      if (!word) this.#others.push(shape);
      else if (this.#byWord.has(word)) this.#byWord.get(word).push(shape);
      else this.#byWord.set(word, [shape]);
    }
  }

  find(text) {
    const line = plain(text.length > 8_000 ? text.slice(0, 8_000) : text).trimEnd();
    let best = null;
    for (const word of new Set(line.split(/\s+/))) {
      for (const shape of this.#byWord.get(word) ?? []) if (better(shape, best, line) && shape.test(line)) best = shape;
    }
    for (const shape of this.#others) {
      if (best && shape.weight < best.weight) break;
      if (better(shape, best, line) && shape.test(line)) best = shape;
    }
    return best?.template ?? null;
  }
}

// The lines view: every line, history then live.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { compare, position } from './live.js';
import { LineList, ROW } from './list.js';
import { Lines } from './store.js';
import { Rail } from './rail.js';
import { build } from './row.js';
import { idChips, streamChoice } from './table.js';
import { chosenLine } from './chosen.js';
import { announce, copy, empty, command, idSet, isOver, levels, levelSet, refused } from './parts.js';

const NEAR_EDGE = 60;
/** The longest trace that is told to belong together. */
const FARTHEST = 80;

export class LinesView {
  #app; #run; #templates; #info; #params; #store = null; #filter = ''; #list; #rail; #selected = null; #matcher = null; #typing = 0;
  #shownAt = 0; #position = ''; #texts = '';

  constructor(app, run, templates, info, params) {
    this.#app = app;
    this.#run = run;
    this.#templates = templates;
    this.#info = info;
    this.#params = params;
    this.#list = new LineList((line, index) => this.#build(line, index));
    this.#list.element.id = 'lines';
    this.#list.onScroll = () => this.#scrolled();
    this.#list.onDrawn = () => this.#readOn(!this.#store.paused);
    this.#list.element.addEventListener('click', event => this.#clicked(event));
    this.#rail = new Rail(at => this.#seek(at));
    this.update(params);
  }

  /** What decides which lines are read at all. */
  #chosen(params) {
    const ids = name => [...idSet(params, name)].join(',');
    return {
      filters: { q: params.get('q'), level: params.get('level'), stream: params.get('stream'), template: ids('only'), not: ids('not') },
      window: { from: params.get('from'), to: params.get('to') },
    };
  }

  update(params) {
    this.#params = params;
    this.#list.setWrap(params.has('wrap'));
    const chosen = this.#chosen(params);
    const filter = JSON.stringify(chosen);
    const at = params.get('line');
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#texts = '';
      this.#position = at ?? '';
      this.#open(chosen, at);
    } else if (at && at !== this.#position && at !== (this.#selected && position(this.#selected))) {
      this.#position = at;
      this.#goTo(parse(at));
    }
  }

  #open(chosen, at) {
    this.#store?.close();
    this.#selected = null;
    const store = new Lines(this.#run, {
      ...chosen,
      changed: () => this.#changed(store),
    });
    this.#store = store;
    this.#list.follow = !at;
    this.#list.update([]);
    const place = at ? parse(at) : null;
    store.open(place).then(() => {
      if (store !== this.#store) return;
      this.#list.follow = store.follow;
      this.#list.update(store.lines);
      if (place) this.#select(store.lines.find(line => compare(line, place) === 0) ?? null, true);
    });
  }

  #shape(line) {
    const matcher = this.#templates().matcher;
    if (line.shapedBy !== matcher) {
      line.shapedBy = matcher;
      line.shape = matcher.find(line.text ?? '');
    }
    return line.shape;
  }

  #build(line, index) {
    const q = this.#params.get('q') ?? '';
    const shape = line.marker ? null : this.#shape(line);
    return build(line, { wanted: q.startsWith('/') ? '' : q.toLowerCase(), shape, under: shape || line.marker ? null : this.#under(line, index), selected: line === this.#selected });
  }

  /** What a line goes on with: the nearest one above it, of the same stream, that begins something. */
  #under(line, index) {
    const lines = this.#store.lines;
    for (let at = index - 1; at >= 0 && at > index - FARTHEST; at--) {
      if (lines[at].marker) return null;
      const shape = lines[at].source === line.source ? this.#shape(lines[at]) : null;
      if (shape) return shape;
    }
    return null;
  }

  #changed(store) {
    if (store !== this.#store) return;
    this.#list.follow = store.follow;
    this.#list.update(store.lines);
    const now = performance.now();
    if (now - this.#shownAt > 200) {
      this.#shownAt = now;
      this.#app.redraw();
    } else if (!this.#typing) this.#typing = setTimeout(() => { this.#typing = 0; this.#app.redraw(); }, 220);
  }

  #scrolled() {
    const store = this.#store;
    store.follow = this.#list.follow || (store.attached && !store.paused && this.#list.atEnd && store.lines.length > 0);
    this.#list.follow = store.follow;
    if (store.follow) store.fresh = 0;
    this.#readOn(true);
    this.#app.redraw();
  }

  /** Reads what lies beyond an edge that is near. */
  #readOn(newer) {
    const store = this.#store;
    if (!store.loaded || store.problem) return;
    const { scrollTop, clientHeight, scrollHeight } = this.#list.element;
    if (scrollTop < NEAR_EDGE * ROW) store.older();
    if (newer && scrollHeight - scrollTop - clientHeight < NEAR_EDGE * ROW) store.newer();
  }

  drawn() {
    const matcher = this.#templates().matcher;
    if (matcher !== this.#matcher) {
      this.#matcher = matcher;
      this.#list.rebuild();
      this.#reshape();
    }
    const { at, seen } = this.#where();
    this.#rail.show(at, seen);
  }

  /** A template that was asked for, or left out, says something else now: so must the filter. */
  #reshape() {
    const all = this.#templates().all;
    const texts = ['only', 'not'].flatMap(name => [...idSet(this.#params, name)]).map(id => all.get(id)?.text ?? '').join('\n');
    if (this.#texts && texts !== this.#texts) this.#store.again();
    this.#texts = texts;
  }

  #where() {
    const store = this.#store;
    const shown = this.#list.shown;
    if (store.atFirst && store.attached) return { at: shown.above / Math.max(1e-9, 1 - shown.seen), seen: shown.seen };
    const first = store.first?.offset ?? 0;
    const last = Math.max(store.last?.offset ?? 0, store.lines.at(-1)?.offset ?? 0);
    if (store.follow) return { at: 1, seen: 0.04 };
    const here = this.#list.firstShown?.offset ?? last;
    return { at: last > first ? (here - first) / (last - first) : 1, seen: 0.04 };
  }

  async #seek(at) {
    const store = this.#store;
    if (at >= 1) return this.#toEnd();
    if (store.atFirst && store.attached) {
      store.follow = this.#list.follow = false;
      this.#list.element.scrollTop = at * (this.#list.element.scrollHeight - this.#list.element.clientHeight);
      return;
    }
    if (at <= 0) return this.#toStart();
    const first = store.first?.offset ?? 0;
    const last = store.last?.offset ?? first;
    await this.#goTo({ offset: Math.round(first + at * (last - first)), index: 0 }, false);
  }

  async #goTo(place, select = true) {
    const store = this.#store;
    const held = store.lines.find(line => compare(line, place) === 0);
    store.follow = this.#list.follow = false;
    if (!held) await store.jump(place);
    if (store !== this.#store) return;
    this.#list.update(store.lines);
    const line = held ?? store.lines.find(one => one.offset >= 0 && compare(one, place) >= 0) ?? store.lines.at(-1);
    if (line) this.#list.show(line, select ? 0.4 : 0);
    if (select && line) this.#select(line, false);
    this.#app.redraw();
  }

  async #toStart() {
    await this.#store.toStart();
    this.#list.update(this.#store.lines);
    if (this.#store.lines.length) this.#list.show(this.#store.lines[0], 0);
  }

  #toEnd() {
    this.#store.toEnd();
    this.#list.follow = true;
    this.#list.update(this.#store.lines);
    announce('Following');
    this.#app.redraw();
  }

  // ---- choosing a line ----

  #clicked(event) {
    if (!getSelection().isCollapsed) return;
    const row = event.target.closest('.row');
    for (const [line, node] of this.#list.nodes()) if (node === row && !line.marker) this.#select(line === this.#selected ? null : line, false);
  }

  #select(line, show) {
    this.#list.nodeOf(this.#selected)?.classList.remove('selected');
    this.#selected = line;
    this.#list.nodeOf(line)?.classList.add('selected');
    if (line && this.#store.follow) this.#store.follow = this.#list.follow = false;
    this.#position = line ? position(line) : '';
    if (line && show) this.#list.show(line);
    route.set({ line: this.#position });
    this.#app.redraw();
    // What is shown of the line takes room from the list.
    if (line) requestAnimationFrame(() => requestAnimationFrame(() => { if (this.#selected === line) this.#list.show(line); }));
  }

  #move(step) {
    const lines = this.#store.lines;
    let at = this.#selected ? lines.indexOf(this.#selected) : lines.indexOf(this.#list.firstShown) - step;
    do at += step; while (lines[at]?.marker);
    if (lines[at]) this.#select(lines[at], true);
  }

  async #error(forward) {
    const from = this.#selected ?? (forward ? this.#list.firstShown : this.#store.lines.at(-1));
    if (!from) return;
    if (!this.#selected && !from.marker && this.#begins(from)) return this.#goTo(from);
    const wanted = levelSet(this.#params);
    const bad = ['ERROR', 'FATAL'].filter(name => wanted.size === 0 || wanted.has(name)).join(',').toLowerCase();
    try {
      const found = bad ? await this.#store.find(from, forward, bad, line => this.#begins(line)) : null;
      if (found) await this.#goTo(found);
      else announce(forward ? 'No later error' : 'No earlier error');
    } catch (problem) {
      announce(problem.message);
    }
  }

  /** Whether a line begins an error, and does not go on with one. */
  #begins(line) {
    const shape = this.#shape(line);
    return shape ? shape.level === 'ERROR' || shape.level === 'FATAL' : false;
  }

  key(key, target) {
    if (target.closest?.('.plot')) return false;
    const does = {
      j: () => this.#move(1), k: () => this.#move(-1), e: () => this.#error(true), E: () => this.#error(false),
      f: () => this.#store.follow ? this.#stay() : this.#toEnd(), p: () => this.#pause(), w: () => route.set({ wrap: this.#params.has('wrap') ? null : 1 }),
      Home: () => this.#toStart(), End: () => this.#toEnd(), PageUp: () => this.#list.page(-1), PageDown: () => this.#list.page(1),
      Escape: () => this.#select(null, false),
    }[key];
    does?.();
    return Boolean(does);
  }

  #stay() {
    this.#store.follow = this.#list.follow = false;
    this.#app.redraw();
  }

  #pause() {
    if (this.#store.paused) this.#toEnd();
    else this.#store.pause();
  }

  changed() {
    this.#app.redraw();
  }

  close() {
    this.#store?.close();
    this.#list.close();
  }

  render() {
    const store = this.#store;
    const over = store.ended || isOver(this.#info()?.status);
    return html`<section class="lines" aria-label="Lines">
      ${this.#tools(store, over)}
      ${store.problem && !store.problem.passing ? refused(store.problem) : nothing}
      <div class="stage">${this.#list.element}${this.#rail.element}
        ${store.loaded && store.lines.length === 0 && !store.loading ? html`<div class="over">${this.#nothing(over)}</div>` : nothing}
        ${!store.loaded && !store.problem ? html`<p class="loading over" role="status">Reading lines …</p>` : nothing}
        ${store.follow || !store.loaded || (over && store.attached && this.#list.atEnd) ? nothing : html`<button type="button" class="jump" @click=${() => this.#toEnd()}>${store.fresh > 0
          ? html`<strong>${format.plural(store.fresh, 'new line')}</strong> ↓` : over ? 'To the end ↓' : 'To the newest ↓'}</button>`}
      </div>
      ${this.#selected ? chosenLine(this.#run, this.#selected, this.#shape(this.#selected), () => this.#select(null, false)) : nothing}
      ${this.#foot(store)}
    </section>`;
  }

  #tools(store, over) {
    const params = this.#params;
    const search = event => {
      clearTimeout(this.search);
      const value = event.target.value;
      this.search = setTimeout(() => route.set({ q: value, line: null }), event.type === 'change' ? 0 : 250);
    };
    const streams = [...new Set((this.#info()?.sources ?? []).map(source => source.stream))].sort();
    const state = store.paused ? 'Paused' : over ? 'Ended' : store.follow ? 'Following' : 'Live';
    return html`<div class="tools">
      <input type="search" data-search placeholder="Search lines: text, or /pattern/" aria-label="Search lines" .value=${params.get('q') ?? ''} @input=${search} @change=${search}>
      ${levels(levelSet(params), value => route.set({ level: value, line: null }))}
      ${streams.length > 1 ? streamChoice(streams, params.get('stream')) : nothing}
      ${idChips(params, this.#templates().all)}
      <span class="grow"></span>
      <span class="live is-${state.toLowerCase()} ${store.isConnected || over ? '' : 'away-now'}"><i aria-hidden="true"></i>${state}</span>
      ${over && !store.paused ? nothing : html`<button type="button" aria-pressed=${store.follow} title="Stay at the newest line (f)" @click=${() => store.follow ? this.#stay() : this.#toEnd()}>Follow</button>
      <button type="button" aria-pressed=${store.paused} title="Hold still (p)" @click=${() => this.#pause()}>${store.paused ? 'Resume' : 'Pause'}</button>`}
      <button type="button" aria-pressed=${params.has('wrap')} title="Wrap long lines (w)" @click=${() => route.set({ wrap: params.has('wrap') ? null : 1 })}>Wrap</button>
      <button type="button" title="Copy the lines held here" @click=${event => copy(store.lines.map(line => text.plain(line.text ?? '')).join('\n'), event.currentTarget)}>Copy</button>
      <button type="button" title="Download what the filters let through, as NDJSON" @click=${() => this.#download()}>Download</button>
    </div>`;
  }

  async #download() {
    const { filters, window } = this.#chosen(this.#params);
    try {
      const address = api.path(`/v1/runs/${this.#run}/lines`, { ...filters, ...window, ticket: await api.ticket() });
      const anchor = document.createElement('a');
      anchor.href = address;
      anchor.download = `${this.#run}.ndjson`;
      anchor.click();
    } catch (problem) {
      announce(problem.message);
    }
  }

  #nothing(over) {
    const filtered = ['q', 'level', 'stream', 'only', 'not', 'from'].some(name => this.#params.get(name));
    if (filtered) {
      return empty('No line matches', html`<p>${over ? 'None of the run\'s lines has all these filters.' : 'None so far; one that comes shows up here.'}</p>
        <p><button type="button" @click=${() => route.set({ q: null, level: null, stream: null, only: null, not: null, from: null, to: null })}>Clear all filters</button></p>`);
    }
    return over ? empty('The run said nothing', html`<p>Its command wrote no line, or its lines have left Kafka's retention. What was counted:</p>${command(`weir snapshot ${this.#run}`)}`)
      : empty('No line yet', html`<p>The first shows up here by itself. On the command line:</p>${command(`weir lines ${this.#run} --follow`)}`);
  }

  #foot(store) {
    return html`<p class="foot" data-from=${store.from} data-came=${store.came} data-missed=${store.missed}><span>${format.plural(store.lines.length, 'line')} held</span>
      ${store.received ? html`<span>${format.count(store.received)} came while you looked</span>` : nothing}
      ${store.missed ? html`<span class="warn">${format.plural(store.missed, 'line')} skipped</span>` : nothing}
      ${store.loading && store.loading !== 'open' ? html`<span role="status">Reading …</span>` : nothing}
      ${this.#params.get('from') ? html`<span>window of arrival from the chart <button type="button" class="link" @click=${() => route.set({ from: null, to: null })}>whole run</button></span>` : nothing}</p>`;
  }
}

function parse(given) {
  const [offset, index] = given.split('.').map(Number);
  return { offset: offset || 0, index: index || 0 };
}

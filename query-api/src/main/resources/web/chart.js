// Lines over time by level, with a window to be brushed out of it.

import { html, svg, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import { Poll } from './poll.js';

const STACK = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'NONE'];
const WIDTH = 1_000;
const HEIGHT = 64;
/** A run of a minute is one bar, not a wall. */
const WIDEST = 36;
const FEWEST = Math.ceil(WIDTH / WIDEST);

export class Chart {
  #app; #run; #isLive; #volume = null; #poll; #drag = null; #at = -1; #over = -1; #params;

  constructor(app, run, isLive, params) {
    this.#app = app;
    this.#run = run;
    this.#isLive = isLive;
    this.#params = params;
    this.#poll = new Poll(() => this.#load(), () => isLive() ? 5_000 : 60_000);
  }

  update(params) {
    this.#params = params;
  }

  close() {
    this.#poll.close();
  }

  async #load() {
    const volume = await api.get(api.path(`/v1/runs/${this.#run}/volume`, { steps: 240 }));
    // How long a run that goes on has been silent is worth seeing.
    while (!this.#isLive() && volume.lines.length > 1 && volume.lines.at(-1) === 0) volume.lines.pop();
    this.#volume = volume;
    this.#app.redraw();
  }

  #start = () => Date.parse(this.#volume.start);
  #step = () => this.#volume.stepSeconds * 1_000;

  #index(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const steps = this.#volume.lines.length;
    return Math.max(0, Math.min(steps - 1, Math.floor((event.clientX - box.left) / box.width * Math.max(steps, FEWEST))));
  }

  #choose(one, other) {
    const [first, last] = one < other ? [one, other] : [other, one];
    const iso = index => new Date(this.#start() + index * this.#step()).toISOString().replace('.000Z', 'Z');
    route.set({ from: iso(first), to: iso(last + 1), line: null }, { push: true });
  }

  #key(event) {
    const last = this.#volume.lines.length - 1;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const step = event.key === 'ArrowLeft' ? -1 : 1;
      const from = this.#at < 0 ? last + 1 : this.#at;
      if (event.shiftKey && this.#drag === null) this.#drag = Math.max(0, Math.min(last, from));
      if (!event.shiftKey) this.#drag = null;
      this.#at = Math.max(0, Math.min(last, from + step));
    } else if (event.key === 'Home' || event.key === 'End') {
      if (event.shiftKey && this.#drag === null) this.#drag = this.#at < 0 ? (event.key === 'Home' ? last : 0) : this.#at;
      if (!event.shiftKey) this.#drag = null;
      this.#at = event.key === 'Home' ? 0 : last;
    } else if (event.key === 'Enter' && this.#at >= 0) {
      this.#choose(this.#drag ?? this.#at, this.#at);
      this.#drag = null;
    } else if (event.key === 'Escape') {
      route.set({ from: null, to: null });
      this.#at = -1;
      this.#drag = null;
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.#app.redraw();
  }

  render() {
    if (!this.#volume) return html`<div class="chart"></div>`;
    const { lines, levels } = this.#volume;
    if (!this.#isLive() && lines.every(sum => sum === 0)) return nothing;
    const most = Math.max(...lines, 1);
    const width = WIDTH / Math.max(lines.length, FEWEST);
    const shown = this.#over >= 0 ? this.#over : this.#at;
    const moved = event => {
      this.#over = this.#index(event);
      this.#app.redraw();
    };
    return html`<figure class="chart">
      <div class="plot" tabindex="0" role="group" aria-label=${this.#spoken(lines, levels)}
          @pointerdown=${event => { if (event.button === 0) { this.#drag = this.#index(event); event.currentTarget.setPointerCapture(event.pointerId); moved(event); } }}
          @pointermove=${moved} @pointerleave=${() => { this.#over = -1; this.#app.redraw(); }}
          @pointerup=${event => { if (this.#drag !== null) this.#choose(this.#drag, this.#index(event)); this.#drag = null; }}
          @pointercancel=${() => { this.#drag = null; }} @keydown=${event => this.#key(event)}>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
          ${this.#selected(width)}
          ${lines.map((sum, index) => bar(sum, index, width, most, levels, index === shown))}
          ${this.#dragged(width, shown)}
        </svg>
      </div>
      <figcaption>${this.#caption(shown)}</figcaption>
    </figure>`;
  }

  #selected(width) {
    const from = Date.parse(this.#params.get('from') ?? '');
    if (Number.isNaN(from)) return nothing;
    const to = Date.parse(this.#params.get('to') ?? '');
    const x = index => Math.max(0, Math.min(WIDTH, index * width));
    const begin = x((from - this.#start()) / this.#step());
    const end = Number.isNaN(to) ? this.#volume.lines.length * width : x((to - this.#start()) / this.#step());
    return svg`<rect class="window" x=${begin} y="0" width=${Math.max(2, end - begin)} height=${HEIGHT}></rect>`;
  }

  #dragged(width, shown) {
    if (this.#drag === null || shown < 0) return nothing;
    const first = Math.min(this.#drag, shown);
    return svg`<rect class="brush" x=${first * width} y="0" width=${(Math.abs(this.#drag - shown) + 1) * width} height=${HEIGHT}></rect>`;
  }

  #caption(shown) {
    const at = index => short(new Date(this.#start() + index * this.#step()).toISOString());
    const { lines, levels } = this.#volume;
    if (shown >= 0 && shown < lines.length) {
      const [first, last] = this.#drag === null ? [shown, shown] : [Math.min(this.#drag, shown), Math.max(this.#drag, shown)];
      const sum = counts => (counts ?? []).slice(first, last + 1).reduce((all, one) => all + one, 0);
      return html`<span class="strong">${at(first)}${last > first ? ` – ${at(last + 1)}` : nothing}</span><span>${format.plural(sum(lines), 'line')}</span>
        ${STACK.filter(name => sum(levels[name])).map(name => html`<span class="legend is-${name.toLowerCase()}">${name === 'NONE' ? 'other' : name} ${format.short(sum(levels[name]))}</span>`)}
        <span class="grow"></span>${this.#windowed()}`;
    }
    return html`<span>${at(0)} – ${at(lines.length)}</span><span class="muted">lines ${paced(this.#volume.stepSeconds)}</span>
      <span class="grow"></span>${this.#params.get('from') ? this.#windowed() : html`<span class="muted hint">drag to choose a window</span>`}`;
  }

  #windowed() {
    const [from, to] = [this.#params.get('from'), this.#params.get('to')];
    if (!from) return nothing;
    const until = !to ? 'now' : from.slice(0, 10) === to.slice(0, 10) ? short(to).split(' ').at(-1) : short(to);
    return html`<span class="strong">Window ${short(from)} – ${until}</span>
      <button type="button" class="chip" @click=${() => { this.#at = -1; route.set({ from: null, to: null }); }}>whole run ✕</button>`;
  }

  #spoken(lines, levels) {
    const errors = ['FATAL', 'ERROR'].flatMap(name => levels[name] ?? []).reduce((sum, one) => sum + one, 0);
    return `Lines over time: ${format.plural(lines.reduce((sum, one) => sum + one, 0), 'line')} in ${format.plural(lines.length, 'step')}, ${format.plural(errors, 'error line')}. `
      + 'Arrows, Home and End move, with Shift they choose a window, Enter takes it, Escape takes it back.';
  }
}

const paced = seconds => seconds === 1 ? 'a second' : seconds === 60 ? 'a minute' : seconds < 60 ? `in ${seconds} s` : `in ${seconds / 60} min`;

const short = time => format.moment(time).replace(/:00$/, '');

/** What is wrong stands at the bottom, where bars can be compared. */
function bar(sum, index, width, most, levels, hot) {
  if (sum === 0) return nothing;
  let y = HEIGHT;
  return STACK.filter(name => levels[name]?.[index]).map(name => {
    const height = Math.max(name === 'ERROR' || name === 'FATAL' ? 2 : 0.5, levels[name][index] / most * (HEIGHT - 2));
    y -= height;
    const gap = width > 4 ? 1 : 0;
    return svg`<rect class="v-${name.toLowerCase()} ${hot ? 'hot' : ''}" x=${index * width} y=${y} width=${width - gap} height=${height}></rect>`;
  });
}

// One template, opened: its slots, samples, and raw lines with what stands around them.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { refused, time } from './parts.js';
import { told } from './row.js';

export class Detail {
  #app; #run; #id; #template = null; #lines = null; #problem = null; #asked = 0; #count = -1; #closed = false; #slot = '';

  constructor(app, run, id) {
    this.#app = app;
    this.#run = run;
    this.#id = id;
  }

  close() {
    this.#closed = true;
  }

  /** Read when opened, and again, not too often, when its count has grown. */
  #ask(count) {
    if (this.#closed || count === this.#count || Date.now() - this.#asked < 3_000) return;
    this.#asked = Date.now();
    this.#count = count;
    this.#load();
  }

  async #load() {
    const base = `/v1/runs/${this.#run}/templates/${this.#id}`;
    try {
      const [template, found] = await Promise.all([
        api.get(base),
        api.get(api.path(`${base}/lines`, { n: 8, context: 2, slot: this.#slot })),
      ]);
      this.#template = { ...template, shown: template.samples.slice(0, 3).map(sample => ({ ...sample, element: text.shown(sample.text) })) };
      this.#lines = { ...found, blocks: blocks(found.lines) };
      this.#problem = null;
    } catch (problem) {
      this.#problem = problem;
      this.#count = -1;
    }
    this.#app.redraw();
  }

  render(template) {
    this.#ask(template.count);
    if (this.#problem && !this.#template) return refused(this.#problem);
    if (!this.#template) return html`<p class="loading">Reading …</p>`;
    const full = this.#template;
    return html`<div class="detail">
      <p class="facts"><span>#${full.id}</span><span>${format.plural(full.count, 'line')}</span>
        ${full.events !== full.count ? html`<span>${format.plural(full.events, 'event')}</span>` : nothing}
        <span>first ${time(full.firstSeen)}</span><span>last ${time(full.lastSeen)}</span><span>${full.streams.join(', ')}</span>
        <span class="muted">fingerprint ${full.fingerprint}</span></p>
      ${full.slots.length ? html`<section><h3>Slots</h3><div class="slots">${full.slots.map(slot => this.#showSlot(slot))}</div></section>` : nothing}
      ${full.earlierTexts.length ? html`<section><h3>Earlier texts</h3>${full.earlierTexts.map(version => html`<p class="log-line">${text.template(version.text)} <span class="muted">until ${time(version.until)}</span></p>`)}</section>` : nothing}
      ${this.#samples(full)}
      ${this.#raw()}
    </div>`;
  }

  #showSlot(slot) {
    const most = Math.max(...slot.values.map(value => value.count), 1);
    const numbers = slot.numbers;
    return html`<div class="slot-card"><h4><span class="slot">${slot.name || `slot ${slot.index}`}</span>
        <span class="muted" title=${slot.approximate ? 'Values seen just before a crash may be missing' : nothing}>${slot.exact && !slot.approximate ? '' : 'about '}${format.plural(slot.distinct, 'value')}</span></h4>
      ${numbers ? html`<dl class="quantiles">${[['min', numbers.min], ['median', numbers.median], ['p90', numbers.p90], ['p99', numbers.p99], ['max', numbers.max]]
        .map(([name, value]) => html`<div><dt>${name}</dt><dd>${format.figure(value)}</dd></div>`)}</dl>` : nothing}
      <ul>${slot.values.slice(0, 8).map(value => html`<li><button type="button" class="value" title="Only lines with this value" aria-pressed=${this.#slot === value.text} @click=${() => this.#only(value.text)}>
        <progress max=${most} .value=${value.count} aria-hidden="true"></progress><bdi>${text.plain(value.text).slice(0, 120) || '(empty)'}</bdi><span class="number">${format.short(value.count)}</span></button></li>`)}</ul></div>`;
  }

  #only(value) {
    this.#slot = this.#slot === value ? '' : value;
    this.#asked = Date.now();
    this.#load();
  }

  #samples(full) {
    if (full.shown.length === 0) return nothing;
    return html`<section><h3>Samples</h3>${full.shown.map(sample => html`<p class="log-line">${sample.element}</p>`)}</section>`;
  }

  #raw() {
    const found = this.#lines;
    const all = route.link(`/runs/${this.#run}`, { view: 'lines', only: this.#id });
    return html`<section><h3>Lines, newest first ${this.#slot ? html`<button type="button" class="chip" @click=${() => this.#only(this.#slot)}>with ${this.#slot.slice(0, 40)} ✕</button>` : nothing} <a href=${all}>all of them</a></h3>
      ${found.note === 'lines-gone' ? html`<p class="muted">The raw lines have left Kafka's retention. One that was kept: <code>${found.sample}</code></p>` : nothing}
      ${found.blocks.length === 0 && !found.note ? html`<p class="muted">None found.</p>` : nothing}
      ${found.blocks.map(block => html`<div class="block">${block.before.map(line => html`<p class="log-line near">${line.element}</p>`)}
        <p class="log-line hit"><a href=${route.link(`/runs/${this.#run}`, { view: 'lines', line: block.position })} title="In its place among all lines">${format.clock(block.arrived, { millis: true })}</a>${block.element}</p>
        ${block.after.map(line => html`<p class="log-line near">${line.element}</p>`)}</div>`)}</section>`;
  }
}

const withText = line => ({ ...line, element: text.shown(line.text ?? told(line), { most: 600 }) });
const blocks = lines => lines.map(line => ({ ...withText(line), before: line.before.map(withText), after: line.after.map(withText) }));

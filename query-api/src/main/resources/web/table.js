// The templates view: what a run says, as a table.

import { html, svg, nothing } from './lib/lit-html/lit-html.js';
import { repeat } from './lib/lit-html/directives/repeat.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { Detail } from './detail.js';
import { command, empty, idSet, level, levels, levelSet, refused, time } from './parts.js';
import { searcher, sortBy } from './templates.js';

const PAGE = 200;
const COLUMNS = [['rank', 'Level', ''], ['count', 'Lines', 'number'], ['', 'Share', 'number'], ['', 'Trend', 'trend'], ['', 'Template', ''], ['first', 'First', 'number'], ['recent', 'Last', 'number']];

export class TemplateTable {
  #app; #run; #store; #params; #at = -1; #most = PAGE; #details = new Map(); #texts = new WeakMap();

  constructor(app, run, store, params) {
    this.#app = app;
    this.#run = run;
    this.#store = store;
    this.#params = params;
  }

  update(store, params) {
    if (params.get('q') !== this.#params.get('q')) this.#most = PAGE;
    this.#store = store;
    this.#params = params;
  }

  close() {
    for (const detail of this.#details.values()) detail.close();
  }

  #chosen() {
    const only = idSet(this.#params, 'only');
    const not = idSet(this.#params, 'not');
    const wanted = levelSet(this.#params);
    const stream = this.#params.get('stream');
    const found = searcher(this.#params.get('q') ?? '');
    return [...this.#store.all.values()]
      .filter(template => (only.size === 0 || only.has(template.id)) && !not.has(template.id))
      .filter(template => wanted.size === 0 || wanted.has(template.level))
      .filter(template => !stream || (template.streams ?? []).includes(stream))
      .filter(template => found(template.text) || (template.samples ?? []).some(found))
      .sort(sortBy(this.#params.get('sort')));
  }

  key(key, target) {
    const shown = this.#chosen().slice(0, this.#most);
    const step = key === 'j' || key === 'e' ? 1 : -1;
    if (key === 'j' || key === 'k') this.#at = Math.max(0, Math.min(shown.length - 1, this.#at + step));
    else if (key === 'e' || key === 'E') {
      let next = this.#at + step;
      while (shown[next] && shown[next].level !== 'ERROR' && shown[next].level !== 'FATAL') next += step;
      if (!shown[next]) return true;
      this.#at = next;
    } else if (key === 'Enter' && shown[this.#at] && !target.closest('button, a')) this.#toggle(shown[this.#at].id);
    else return false;
    this.#app.redraw();
    requestAnimationFrame(() => document.querySelector('tr.at')?.scrollIntoView({ block: 'nearest' }));
    return true;
  }

  #toggle(id) {
    const open = idSet(this.#params, 'open');
    if (!open.delete(id)) open.add(id);
    route.set({ open: [...open].join(',') });
  }

  render() {
    const store = this.#store;
    if (store.problem) return refused(store.problem);
    if (!store.loaded) return html`<p class="loading" role="status">Reading templates …</p>`;
    if (store.all.size === 0) {
      return store.windowed
        ? empty('No lines in this window', html`<p>Choose another part of the chart, or <button type="button" class="link" @click=${() => route.set({ from: null, to: null })}>the whole run</button>.</p>`)
        : empty('No lines yet', html`<p>Templates appear as soon as the run says something. On the command line:</p>${command(`weir watch ${this.#run}`)}`);
    }
    const chosen = this.#chosen();
    const lines = chosen.reduce((sum, template) => sum + template.count, 0);
    return html`${this.#tools()}
      <p class="tally" role="status">${format.plural(chosen.length, 'template')}, ${format.plural(lines, 'line')}${chosen.length < store.all.size
        ? html` <span class="muted">of ${format.count(store.all.size)}</span>` : nothing}${store.minutes
        ? html` <span class="muted">in whole minutes, ${format.clock(store.minutes[0]).slice(0, 5)} – ${store.minutes[1] ? format.clock(store.minutes[1]).slice(0, 5) : 'now'}</span>` : nothing}${store.omitted
        ? html` <span class="warn">and ${format.count(store.omitted)} that this page does not read</span>` : nothing}</p>
      ${chosen.length === 0 ? empty('No template matches', html`<p><button type="button" @click=${() => route.set({ q: null, level: null, stream: null, only: null, not: null })}>Clear all filters</button></p>`)
        : this.#table(chosen)}`;
  }

  #tools() {
    const streams = [...new Set([...this.#store.all.values()].flatMap(template => template.streams ?? []))].sort();
    return html`<div class="tools">
      <input type="search" data-search placeholder="Search templates: text, or /pattern/" aria-label="Search templates" .value=${this.#params.get('q') ?? ''}
        @input=${event => route.set({ q: event.target.value })}>
      ${levels(levelSet(this.#params), value => route.set({ level: value }))}
      ${streams.length > 1 ? streamChoice(streams, this.#params.get('stream')) : nothing}
      ${idChips(this.#params, this.#store.all)}
    </div>`;
  }

  #table(chosen) {
    const sort = this.#params.get('sort') ?? 'rank';
    const open = idSet(this.#params, 'open');
    return html`<div class="sheet"><table class="list templates ${chosen.some(template => template.trend?.length) ? '' : 'no-trend'}">
      <thead><tr>${COLUMNS.map(([by, name, style]) => html`<th scope="col" class=${style} aria-sort=${by && by === sort ? 'descending' : nothing}>
        ${by ? html`<button type="button" class="sort" @click=${() => route.set({ sort: by === 'rank' ? null : by })}
          title=${by === 'rank' ? 'What is wrong first' : nothing}>${name}</button>` : name}</th>`)}<th scope="col"><span class="away">Actions</span></th></tr></thead>
      ${repeat(chosen.slice(0, this.#most), template => template.id, (template, index) => html`<tbody>
        ${this.#row(template, index, open.has(template.id))}
        ${open.has(template.id) ? html`<tr class="opened"><td colspan="8">${this.#detail(template)}</td></tr>` : nothing}</tbody>`)}
    </table></div>
    ${chosen.length > this.#most ? html`<button type="button" class="centre" @click=${() => { this.#most += PAGE; this.#app.redraw(); }}>
      ${format.count(chosen.length - this.#most)} more</button>` : nothing}`;
  }

  #row(template, index, open) {
    const toggle = event => !event.target.closest('button, a') && getSelection().isCollapsed && this.#toggle(template.id);
    return html`<tr class="${index === this.#at ? 'at' : ''} row-${template.level.toLowerCase()}" @click=${toggle}>
      <td>${level(template.level)}</td>
      <td class="number strong" title=${format.count(template.count)}>${format.short(template.count)}</td>
      <td class="number share">${format.share(template.share)}</td>
      <td class="trend">${spark(template.trend)}</td>
      <td class="text"><button type="button" class="expand" aria-expanded=${open} aria-label="Template ${template.id}" @click=${() => this.#toggle(template.id)}>${open ? '▾' : '▸'}</button>${badges(template)}${this.#text(template)}</td>
      <td class="number">${time(template.firstSeen)}</td>
      <td class="number">${time(template.lastSeen)}</td>
      <td class="acts"><div class="over-row">
        <a class="quiet" href=${route.link(`/runs/${this.#run}`, { view: 'lines', only: template.id })} title="Its lines">lines</a>
        <button type="button" class="quiet" title="Show only this template" aria-label="Show only template ${template.id}" @click=${() => include(this.#params, template.id)}>+</button>
        <button type="button" class="quiet" title="Hide this template" aria-label="Hide template ${template.id}" @click=${() => exclude(this.#params, template.id)}>−</button>
      </div></td></tr>`;
  }

  /** The same element for the same text, so that drawing again changes nothing. */
  #text(template) {
    const wanted = this.#params.get('q')?.startsWith('/') ? '' : (this.#params.get('q') ?? '').toLowerCase();
    const before = this.#texts.get(template);
    if (before?.wanted === wanted) return before.element;
    const element = template.text.trim() ? text.template(template.text, wanted, 400) : text.blank();
    this.#texts.set(template, { wanted, element });
    return element;
  }

  #detail(template) {
    if (!this.#details.has(template.id)) this.#details.set(template.id, new Detail(this.#app, this.#run, template.id));
    return this.#details.get(template.id).render(template);
  }
}

export const include = (params, id) => route.set({ only: [...idSet(params, 'only').add(id)].join(','), not: [...idSet(params, 'not')].filter(other => other !== id).join(',') });
export const exclude = (params, id) => route.set({ not: [...idSet(params, 'not').add(id)].join(','), only: [...idSet(params, 'only')].filter(other => other !== id).join(',') });

export const streamChoice = (streams, chosen) => html`<div class="segments" role="group" aria-label="Streams">
  ${streams.map(stream => html`<button type="button" aria-pressed=${chosen === stream} @click=${() => route.set({ stream: chosen === stream ? null : stream })}>${stream}</button>`)}</div>`;

/** What is included or left out by a click, each to be taken back by one. */
export function idChips(params, all) {
  const says = id => text.plain(all.get(id)?.text ?? '').slice(0, 200);
  const chip = (name, id, sign) => html`<button type="button" class="chip" title="Take this filter back: ${says(id)}"
    @click=${() => route.set({ [name]: [...idSet(params, name)].filter(other => other !== id).join(',') })}>${sign} #${id} <span class="log">${says(id)}</span> ✕</button>`;
  return html`${[...idSet(params, 'only')].map(id => chip('only', id, 'only'))}${[...idSet(params, 'not')].map(id => chip('not', id, 'without'))}`;
}

const badges = template => html`${template.novel ? html`<span class="badge is-novel" title="The job's last good run did not say this">NOVEL</span>` : nothing}${template.fresh
  ? html`<span class="badge is-new" title="First seen while you look">NEW</span>` : nothing}`;

/** Lines a step, as bars: the shape says more than the numbers. */
export function spark(trend) {
  if (!trend?.length) return nothing;
  const most = Math.max(...trend, 1);
  const width = 6;
  return html`<svg class="spark" viewBox="0 0 ${trend.length * width} 16" width=${trend.length * width} height="16" role="img" aria-label="Trend: ${trend.join(', ')}">
    ${trend.map((value, index) => {
      const height = value === 0 ? 1 : Math.max(2, value / most * 16);
      return svg`<rect class=${value === 0 ? 'none' : ''} x=${index * width} y=${16 - height} width=${width - 1} height=${height}></rect>`;
    })}</svg>`;
}

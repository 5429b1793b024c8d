// The sum that must add up, and a warning where lines are missing from it.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as format from './format.js';

const PARTS = [
  ['counted', 'lines of templates'],
  ['dropped', 'lines that the producer had to leave out'],
  ['evicted', 'lines of templates that have left retention'],
  ['rejected', 'lines that could not be taken'],
];

export const accounting = sum => html`<p class="accounting" aria-label="Accounting">
  <span title="Lines that came, each counted once">read <b>${format.count(sum.read)}</b></span> =
  ${PARTS.map(([name, about], index) => html`${index ? ' + ' : ''}<span class=${index > 0 && sum[name] ? 'warn' : ''} title=${about}>${name} <b>${format.count(sum[name] ?? 0)}</b></span>`)}
  ${sum.pending ? html`<span class="muted" title="Records that wait to be counted">· ${format.count(sum.pending)} pending</span>` : nothing}
  ${sum.duplicates ? html`<span class="muted" title="Came again after a lost acknowledgement, counted once">· ${format.count(sum.duplicates)} duplicates</span>` : nothing}</p>`;

const reasons = by => by && Object.keys(by).length ? ` (${Object.entries(by).map(([why, count]) => `${why}: ${format.count(count)}`).join(', ')})` : '';

/** Nothing important is hidden: what this page cannot show, it names. */
export function warnings(sum) {
  const said = [];
  if (sum.dropped) said.push(`${format.plural(sum.dropped, 'line')} dropped where the run ran${reasons(sum.droppedBy)}`);
  if (sum.rejected) said.push(`${format.plural(sum.rejected, 'line')} rejected${reasons(sum.rejectedBy)}: see the topic weir.dead-letters`);
  if (sum.missing) said.push(`${format.plural(sum.missing, 'line')} read at the run's host ${sum.missing === 1 ? 'has' : 'have'} not arrived`);
  if (sum.gaps) said.push(`${format.plural(sum.gaps, 'gap')} in the numbers of lines`);
  if (sum.evicted) said.push(`${format.plural(sum.evicted, 'line')} evicted: counted, but of templates that have left retention`);
  if (sum.undecodable) said.push(`${format.plural(sum.undecodable, 'record')} could not be read`);
  if (said.length === 0) return nothing;
  return html`<div class="notice is-warn" role="status"><strong>Not everything is here.</strong> ${said.map(one => html`<span>${one}.</span> `)}</div>`;
}

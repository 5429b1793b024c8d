// One line as a row: when, from where, and what it says.

import * as format from './format.js';
import * as text from './text.js';
import { position } from './live.js';

export const LEVEL_OF = { FATAL: 'fatal', ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug', TRACE: 'trace' };

const BAD = new Set(['ERROR', 'FATAL']);

export function build(line, { wanted, shape, under, selected }) {
  const row = document.createElement('div');
  if (line.marker) {
    row.className = 'row marker';
    row.textContent = `${told(line)}`;
    return row;
  }
  const level = LEVEL_OF[shape?.level] ?? 'none';
  row.className = `row is-${level}${BAD.has(under?.level) ? ' goes-on' : ''}${line.stream === 'stderr' ? ' stderr' : ''}${selected ? ' selected' : ''}`;
  row.dataset.position = position(line);
  const time = row.appendChild(document.createElement('span'));
  time.className = 'when';
  const clock = format.clock(line.arrived, { millis: true });
  time.textContent = clock.slice(0, 8);
  const millis = time.appendChild(document.createElement('span'));
  millis.className = 'millis';
  millis.textContent = clock.slice(8);
  const stream = row.appendChild(document.createElement('span'));
  stream.className = 'from';
  stream.textContent = line.stream === 'stderr' ? 'err' : line.stream === 'stdout' ? '' : line.stream;
  stream.title = line.stream;
  const body = row.appendChild(document.createElement('span'));
  body.className = 'log';
  body.dir = 'ltr';
  text.show(body, line.text, { wanted });
  if (line.part > 1) body.prepend('⋯ ');
  return row;
}

/** In place of lines that cannot be shown, how many they are and why. */
export function told(line) {
  const lines = format.plural(line.count, 'line');
  if (line.marker === 'ended') return 'The run ended here';
  if (line.marker === 'missed') return `${lines} skipped: they came faster than this page could take them`;
  if (line.marker === 'dropped') return `${lines} dropped where the run ran${line.reason ? `: ${line.reason}` : ''}`;
  return `${lines} missing here${line.reason ? `: ${line.reason}` : ''}`;
}

// Log text is hostile: it reaches the page as text nodes only. Colours become classes, controls become visible.

// eslint-disable-next-line no-control-regex
const ESCAPE = /\x1b(?:\[([0-9;:]*)m|\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
// Controls; marks that turn or hide text: bidirectional overrides, zero-width characters, tags.
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const PLAIN = { fg: '', bg: '', bold: false, dim: false, italic: false, under: false, inverse: false };

/** The text without colours and other orders to a terminal. */
export const plain = text => text.includes('\x1b') ? text.replace(ESCAPE, '') : text;

/** Pieces of the text with the classes of their colours. */
export function pieces(text) {
  if (!text.includes('\x1b')) return [{ text, style: '' }];
  const all = [];
  let style = PLAIN;
  let at = 0;
  for (const match of text.matchAll(ESCAPE)) {
    if (match.index > at) all.push({ text: text.slice(at, match.index), style: classes(style) });
    at = match.index + match[0].length;
    if (match[1] !== undefined) style = styled(style, match[1]);
  }
  if (at < text.length) all.push({ text: text.slice(at), style: classes(style) });
  return all;
}

function styled(before, orders) {
  const style = { ...before };
  const codes = orders === '' ? [0] : orders.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) Object.assign(style, PLAIN);
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.under = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.under = false;
    else if (code === 27) style.inverse = false;
    else if (code >= 30 && code <= 37) style.fg = String(code - 30);
    else if (code >= 90 && code <= 97) style.fg = String(code - 82);
    else if (code >= 40 && code <= 47) style.bg = String(code - 40);
    else if (code >= 100 && code <= 107) style.bg = String(code - 92);
    else if (code === 39) style.fg = '';
    else if (code === 49) style.bg = '';
    else if (code === 38 || code === 48) {
      const indexed = codes[i + 1] === 5;
      const nearest = indexed ? fromPalette(codes[i + 2]) : fromRgb(codes.slice(i + 2, i + 5));
      if (code === 38) style.fg = nearest;
      else style.bg = nearest;
      i += indexed ? 2 : 4;
    }
  }
  return style;
}

/** The page has sixteen colours, each readable in light and dark; others become the nearest of them. */
function fromPalette(index) {
  if (index < 16) return String(index);
  if (index >= 232) return index > 243 ? '7' : '8';
  const cube = index - 16;
  return fromRgb([Math.floor(cube / 36) * 51, Math.floor(cube / 6) % 6 * 51, cube % 6 * 51]);
}

function fromRgb([red = 0, green = 0, blue = 0]) {
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 40) return most > 128 ? '7' : '8';
  const bit = part => part > most * 0.6 ? 1 : 0;
  return String(bit(red) + 2 * bit(green) + 4 * bit(blue));
}

function classes(style) {
  const names = [];
  if (style.fg !== '') names.push(`fg${style.fg}`);
  if (style.bg !== '') names.push(`bg${style.bg}`);
  for (const name of ['bold', 'dim', 'italic', 'under', 'inverse']) if (style[name]) names.push(name);
  return names.join(' ');
}

/** How a character that cannot be seen is shown. */
function named(character) {
  const code = character.codePointAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Puts text into an element, piece by piece, what was searched for marked. */
export function show(element, text, { most = 4_000, wanted = '' } = {}) {
  const cut = text.length > most ? text.slice(0, most) : text;
  for (const piece of pieces(cut)) {
    const target = piece.style ? element.appendChild(span(piece.style)) : element;
    marked(target, piece.text, wanted);
  }
  if (cut !== text) element.appendChild(span('more', `… ${(text.length - most).toLocaleString('en-US')} more characters`));
}

function marked(element, text, wanted) {
  if (!wanted) return visible(element, text);
  const folded = text.toLowerCase();
  let at = 0;
  if (folded.length === text.length) {
    for (let found = folded.indexOf(wanted); found >= 0; found = folded.indexOf(wanted, at)) {
      visible(element, text.slice(at, found));
      const mark = element.appendChild(document.createElement('mark'));
      visible(mark, text.slice(found, found + wanted.length));
      at = found + wanted.length;
    }
  }
  visible(element, text.slice(at));
}

function visible(element, text) {
  let at = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > at) element.append(text.slice(at, match.index));
    element.appendChild(span('unseen', named(match[0])));
    at = match.index + match[0].length;
  }
  if (at < text.length) element.append(at === 0 ? text : text.slice(at));
}

function span(style, text) {
  const element = document.createElement('span');
  element.className = style;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The same for a template of lit-html: an element that holds the text, for others to show. */
export function shown(text, options) {
  const element = document.createElement('span');
  element.className = 'log';
  element.dir = 'ltr';
  show(element, text, options);
  return element;
}

const HOLE = /<(?:\*|[A-Za-z][A-Za-z0-9_:-]{0,40})>/g;

/** In place of a text that cannot be seen. */
export const blank = () => span('muted', 'blank line');

/** A template's text with its slots set apart. */
export function template(text, wanted = '', most = 2_000) {
  const element = document.createElement('span');
  element.className = 'log';
  element.dir = 'ltr';
  let at = 0;
  const cut = text.length > most ? `${text.slice(0, most)} …` : text;
  for (const match of cut.matchAll(HOLE)) {
    marked(element, plain(cut.slice(at, match.index)), wanted);
    // A name keeps its brackets: the run itself may have written <b>.
    element.appendChild(span('slot', match[0] === '<*>' ? '*' : match[0]));
    at = match.index + match[0].length;
  }
  marked(element, plain(cut.slice(at)), wanted);
  return element;
}

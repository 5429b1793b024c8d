// Draws only the lines that can be seen. Rows are of one height, or, wrapped, as high as they turn out; whatever is put
// before or taken away, the line the reader looks at stays where it is.

export const ROW = 20;
const SPARE = 12;

export class LineList {
  lines = []; follow = true; wrap = false; onScroll = () => {}; onDrawn = () => {};
  #build; #pad; #slab; #nodes = new Map(); #anchor = null; #tops = new Float64Array(0); #stale = true; #epoch = 1; #width = 0; #expected = -1;
  #first = 0; #end = 0; #queued = false; #rowCharacters = 100;

  constructor(build) {
    this.#build = build;
    this.element = document.createElement('div');
    this.element.className = 'scroller';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-live', 'off');
    this.element.setAttribute('aria-label', 'Lines');
    this.#pad = this.element.appendChild(document.createElement('div'));
    this.#pad.className = 'pad';
    this.#slab = this.#pad.appendChild(document.createElement('div'));
    this.#slab.className = 'slab';
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('wheel', event => { if (event.deltaY < 0) this.#leave(); }, { passive: true });
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(this.element);
  }

  /** Whether the end can be seen. */
  get atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollTop + clientHeight >= scrollHeight - 3;
  }

  get firstShown() {
    return this.lines[this.#indexAt(this.element.scrollTop)] ?? null;
  }

  /** Part of the lines held that is above what is seen, and that is seen. */
  get shown() {
    const total = this.#total() || 1;
    return { above: this.element.scrollTop / total, seen: Math.min(1, this.element.clientHeight / total) };
  }

  setWrap(wrap) {
    if (wrap === this.wrap) return;
    this.wrap = wrap;
    this.element.classList.toggle('wrapped', wrap);
    this.#forget();
  }

  /** Lines were added or taken away. Draws in the next frame. */
  update(lines) {
    this.lines = lines;
    this.#stale = true;
    this.draw();
  }

  draw() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => {
      this.#queued = false;
      this.#draw();
    });
  }

  /** Builds every row again, as what decides their looks has changed. */
  rebuild() {
    this.#nodes.clear();
    this.draw();
  }

  show(line, place = 0.4) {
    const index = this.lines.indexOf(line);
    if (index < 0) return;
    this.follow = false;
    this.#measureAll();
    const top = this.#top(index);
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop + ROW || top > scrollTop + clientHeight - 2 * ROW) this.#scrollTo(top - clientHeight * place);
    this.#remember();
    this.draw();
  }

  page(by) {
    if (by < 0) this.#leave();
    this.element.scrollTop += by * (this.element.clientHeight - ROW);
  }

  #leave() {
    if (!this.follow || this.#total() <= this.element.clientHeight) return;
    this.follow = false;
    this.onScroll();
  }

  #scrolled() {
    if (Math.abs(this.element.scrollTop - this.#expected) < 1) return;
    this.#expected = -1;
    this.#remember();
    this.draw();
    this.onScroll();
  }

  #resized() {
    if (this.element.clientWidth !== this.#width) {
      this.#width = this.element.clientWidth;
      this.#rowCharacters = Math.max(20, Math.floor((this.#width - 150) / 7.3));
      if (this.wrap) this.#forget();
    }
    this.draw();
  }

  /** Heights are of one width and one way to draw. */
  #forget() {
    this.#epoch++;
    this.#stale = true;
    this.draw();
  }

  #height(line) {
    if (line.measured === this.#epoch) return line.height;
    return ROW * Math.max(1, Math.ceil(Math.min(line.text?.length ?? 0, 4_000) / this.#rowCharacters));
  }

  #measureAll() {
    if (!this.wrap || !this.#stale) return;
    this.#stale = false;
    const count = this.lines.length;
    if (this.#tops.length < count + 1) this.#tops = new Float64Array(Math.ceil(count * 1.5) + 64);
    for (let i = 0, top = 0; i < count; i++) {
      top += this.#height(this.lines[i]);
      this.#tops[i + 1] = top;
    }
  }

  #top(index) {
    return this.wrap ? this.#tops[index] : index * ROW;
  }

  #total() {
    this.#measureAll();
    return this.#top(this.lines.length);
  }

  #indexAt(top) {
    if (!this.wrap) return Math.max(0, Math.min(this.lines.length - 1, Math.floor(top / ROW)));
    this.#measureAll();
    let low = 0;
    let high = Math.max(0, this.lines.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #remember() {
    const index = this.#indexAt(this.element.scrollTop);
    const line = this.lines[index];
    this.#anchor = line ? { line, into: this.element.scrollTop - this.#top(index) } : null;
  }

  #scrollTo(top) {
    const most = Math.max(0, this.#total() - this.element.clientHeight);
    const wanted = Math.max(0, Math.min(most, top));
    if (Math.abs(this.element.scrollTop - wanted) >= 0.5) this.element.scrollTop = wanted;
    this.#expected = this.element.scrollTop;
  }

  #draw() {
    if (!this.element.isConnected) return;
    this.#place();
    this.#fill();
    if (this.wrap && this.#measure()) {
      this.#place();
      this.#fill();
      this.#measure();
    }
    this.onDrawn();
  }

  #place() {
    const total = this.#total();
    this.#pad.style.height = `${total}px`;
    if (this.follow) this.#scrollTo(total);
    else if (this.#anchor) {
      const index = this.lines.indexOf(this.#anchor.line);
      if (index >= 0) this.#scrollTo(this.#top(index) + this.#anchor.into);
    }
    const top = this.element.scrollTop;
    this.#first = Math.max(0, this.#indexAt(top) - SPARE);
    this.#end = Math.min(this.lines.length, this.#indexAt(top + this.element.clientHeight) + 1 + SPARE);
    this.#slab.style.transform = `translateY(${this.#top(this.#first)}px)`;
  }

  /** Rows that stay are not touched, so that text in them stays selected. */
  #fill() {
    const nodes = new Map();
    for (let i = this.#first; i < this.#end; i++) {
      const line = this.lines[i];
      nodes.set(line, this.#nodes.get(line) ?? this.#build(line, i));
    }
    const kept = new Set(nodes.values());
    for (const child of [...this.#slab.children]) if (!kept.has(child)) child.remove();
    let at = this.#slab.firstChild;
    for (const node of nodes.values()) {
      if (node === at) at = at.nextSibling;
      else this.#slab.insertBefore(node, at);
    }
    this.#nodes = nodes;
    if (!this.follow && !this.#anchor) this.#remember();
  }

  #measure() {
    let other = false;
    for (const [line, node] of this.#nodes) {
      if (line.measured === this.#epoch) continue;
      const height = node.offsetHeight;
      if (height !== this.#height(line)) other = true;
      line.height = height;
      line.measured = this.#epoch;
    }
    this.#stale ||= other;
    return other;
  }

  nodeOf(line) {
    return this.#nodes.get(line);
  }

  nodes() {
    return this.#nodes;
  }

  close() {
    this.sizes.disconnect();
  }
}

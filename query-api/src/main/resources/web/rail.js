// The scroll bar of a whole run, of which the page holds only a part. Where the run is held whole, it is exact; else it
// goes by where lines lie in Kafka, which is near enough to find one's way.

export class Rail {
  #thumb; #seek; #where = { at: 0, seen: 1 }; #dragging = false; #wait = 0;

  /** @param seek told where to go, from 0 to 1 */
  constructor(seek) {
    this.#seek = seek;
    this.element = document.createElement('div');
    this.element.className = 'rail';
    this.element.setAttribute('role', 'scrollbar');
    this.element.setAttribute('aria-controls', 'lines');
    this.element.setAttribute('aria-orientation', 'vertical');
    this.element.setAttribute('aria-valuemin', '0');
    this.element.setAttribute('aria-valuemax', '100');
    this.element.setAttribute('aria-label', 'Place in the run');
    this.element.tabIndex = 0;
    this.#thumb = this.element.appendChild(document.createElement('div'));
    this.#thumb.className = 'thumb';
    this.element.addEventListener('pointerdown', event => this.#down(event));
    this.element.addEventListener('pointermove', event => this.#dragging && this.#to(event, false));
    this.element.addEventListener('pointerup', event => this.#dragging && this.#to(event, true));
    this.element.addEventListener('pointercancel', () => { this.#dragging = false; });
    this.element.addEventListener('keydown', event => this.#key(event));
    this.show(0, 1);
  }

  show(at, seen) {
    this.#where = { at, seen };
    if (!this.#dragging) this.#draw(at);
  }

  #draw(at) {
    const size = Math.max(0.04, Math.min(1, this.#where.seen));
    this.#thumb.style.height = `${size * 100}%`;
    this.#thumb.style.top = `${Math.max(0, Math.min(1, at)) * (1 - size) * 100}%`;
    this.element.setAttribute('aria-valuenow', String(Math.round(at * 100)));
    this.element.classList.toggle('whole', this.#where.seen >= 1);
  }

  #down(event) {
    if (event.button !== 0) return;
    this.#dragging = true;
    this.element.setPointerCapture(event.pointerId);
    this.#to(event, false);
    event.preventDefault();
  }

  #to(event, last) {
    const box = this.element.getBoundingClientRect();
    const size = Math.max(0.04, Math.min(1, this.#where.seen));
    const at = Math.max(0, Math.min(1, ((event.clientY - box.top) / box.height - size / 2) / (1 - size || 1)));
    this.#draw(at);
    clearTimeout(this.#wait);
    if (last) {
      this.#dragging = false;
      this.#seek(at);
    } else this.#wait = setTimeout(() => this.#dragging && this.#seek(at), 120);
  }

  #key(event) {
    const step = { ArrowUp: -0.02, ArrowDown: 0.02, PageUp: -0.1, PageDown: 0.1, Home: -2, End: 2 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#seek(Math.max(0, Math.min(1, this.#where.at + step)));
  }
}

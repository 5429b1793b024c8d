// Numbers, times and durations as a reader wants them: short, aligned, exact where exactness matters.

const whole = new Intl.NumberFormat('en-US');

export const count = number => whole.format(number);

/** 1,234 stays, 12,345,678 becomes 12.3 M: for columns where the exact number is a hover away. */
export function short(number) {
  if (number < 100_000) return whole.format(number);
  const [size, unit] = number < 1e6 ? [1e3, 'k'] : number < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  const shown = number / size;
  return `${shown < 100 ? shown.toFixed(1) : Math.round(shown)} ${unit}`;
}

export function share(part) {
  if (part === undefined || part === null) return '';
  const percent = part * 100;
  if (percent === 0) return '0%';
  if (percent < 0.1) return '<0.1%';
  return percent >= 99.95 && percent < 100 ? '>99.9%' : `${percent.toFixed(1)}%`;
}

export function duration(millis) {
  if (millis < 0 || !Number.isFinite(millis)) return '';
  if (millis < 1_000) return `${(millis / 1_000).toFixed(2)} s`;
  if (millis < 60_000) return `${(millis / 1_000).toFixed(1)} s`;
  const seconds = Math.floor(millis / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const pad = (number, width = 2) => String(number).padStart(width, '0');

/** Time of day, by the reader's clock. */
export function clock(time, { millis = false } = {}) {
  const at = time instanceof Date ? time : new Date(time);
  const text = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return millis ? `${text}.${pad(at.getMilliseconds(), 3)}` : text;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** With the day, unless it is today. */
export function moment(time, now = Date.now()) {
  if (!time) return '';
  const at = new Date(time);
  const today = new Date(now);
  return at.toDateString() === today.toDateString() ? clock(at) : `${at.getDate()} ${months[at.getMonth()]} ${clock(at)}`;
}

export function ago(time, now = Date.now()) {
  if (!time) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1_000));
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

export function bytes(size) {
  if (size < 1_000) return `${size} B`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

export const plural = (number, one, many = `${one}s`) => `${whole.format(number)} ${number === 1 ? one : many}`;

/** A number of a slot: as many digits as say something. */
export function figure(number) {
  if (number === undefined || number === null) return '';
  if (Number.isInteger(number)) return whole.format(number);
  return Math.abs(number) >= 100 ? whole.format(Math.round(number)) : String(Number(number.toPrecision(3)));
}

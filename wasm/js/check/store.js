// What is saved stays on the device, under keys that begin with "modenhet/": each self-check as one document, so
// that none is lost because another cannot be read.

const prefix = 'modenhet/check/';
const models = 'modenhet/model/';
const earlier = 'modenhet/earlier/';

export class Store {
  constructor(storage = deviceStorage()) {
    this.storage = storage;
    this.lasting = storage !== undefined;
    this.storage ??= memoryStorage();
    this.channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('modenhet') : undefined;
  }

  /** Every self-check that can be read, the latest first; and the keys of those that cannot. */
  list() {
    const records = [];
    const broken = [];
    for (const key of this.keys(prefix)) {
      const record = readable(this.storage.getItem(key));
      if (!record) broken.push(key);
      else records.push(record);
    }
    records.sort((a, b) => b.updated - a.updated);
    return { records, broken };
  }

  get(id) {
    return readable(this.storage.getItem(prefix + id));
  }

  text(key) {
    return this.storage.getItem(key);
  }

  /** Saves a record as its next revision, unless another tab has saved a later one than it comes from. */
  put(record) {
    const last = this.get(record.id);
    if (last && last.revision > record.revision) return 'conflict';
    record.revision++;
    record.updated = Date.now();
    try {
      this.storage.setItem(prefix + record.id, JSON.stringify(record));
    } catch {
      return 'failed';
    }
    this.channel?.postMessage({ id: record.id, revision: record.revision });
    return this.lasting ? 'saved' : 'failed';
  }

  delete(id) {
    this.storage.removeItem(prefix + id);
  }

  models() {
    return this.keys(models).map((key) => parse(this.storage.getItem(key))).filter(Boolean);
  }

  /** Models of an id that others took the place of. */
  earlier(id) {
    return this.keys(`${earlier}${id}/`).map((key) => this.storage.getItem(key));
  }

  /** Keeps a model, and the one that it takes the place of. */
  putModel(model) {
    const text = JSON.stringify(model);
    const last = this.storage.getItem(models + model.id);
    try {
      if (last && last !== text) this.storage.setItem(`${earlier}${model.id}/${parse(last)?.version}`, last);
      this.storage.setItem(models + model.id, text);
    } catch {
      // It can be opened again from its file.
    }
  }

  keys(start) {
    return Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i)).filter((key) => key.startsWith(start));
  }
}

/** A new self-check: the id of its model, the assessment, and the target levels by node. */
export function newRecord(model, assessment = {}, targets = {}) {
  return { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), model, revision: 0, created: Date.now(), updated: Date.now(), assessment, targets: { ...targets } };
}

/** A copy of a self-check, under a name that says so. */
export function copyOf({ model, assessment, targets }) {
  const { subject } = assessment;
  return newRecord(model, { ...structuredClone(assessment), ...(subject?.name && { subject: { ...subject, name: `${subject.name} (2)` } }) }, targets);
}

function parse(text) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function readable(text) {
  const record = parse(text);
  return isObject(record) && typeof record.id === 'string' && typeof record.model === 'string' && typeof record.revision === 'number' && isObject(record.assessment) ? { ...record, targets: isObject(record.targets) ? record.targets : {} } : undefined;
}

// deviceStorage is undefined where the browser refuses it.
function deviceStorage() {
  try {
    const { localStorage } = globalThis;
    localStorage.setItem('modenhet/probe', '');
    localStorage.removeItem('modenhet/probe');
    return localStorage;
  } catch {
    return undefined;
  }
}

function memoryStorage() {
  const map = new Map();
  return {
    get length() {
      return map.size;
    },
    key: (i) => [...map.keys()][i],
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, text) => map.set(key, text),
    removeItem: (key) => map.delete(key),
  };
}

// What lies in a browser's storage, and in a relay's: opened with the keys of the phone, by the second program.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contents, sealed_contents } from '../../../tests/wasm/hand.mjs';

/** The rows of a phone as they lie in its browser. */
async function rows_of(phone) {
  const list = await phone.page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open('attune'));
    const store = database.transaction('rows').objectStore('rows');
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return keys.map((key, at) => [key, [...new Uint8Array(values[at])]]);
  });
  return new Map(list.map(([key, value]) => [key, Buffer.from(value)]));
}

/** Which of these texts a phone holds in what was said to both. */
export async function held_by(phone, texts) {
  const said = contents(await rows_of(phone)).join('\n');
  return texts.filter((text) => said.includes(text));
}

/** Which of these texts the relay still holds, sealed as they came: told by the bytes that `phone` holds of them. */
export async function sealed_forms(phone, texts) {
  const all = sealed_contents(await rows_of(phone));
  return texts.map((text) => {
    const found = all.find(({ said }) => said.includes(text));
    if (!found) throw new Error(`"${text}" is not on the phone`);
    return { text, sealed: found.sealed };
  });
}

export function held_by_relay(relay, forms) {
  const store = new DatabaseSync(join(relay.data, 'attuned.db'), { readOnly: true });
  try {
    const all = store.prepare('SELECT content FROM records WHERE content IS NOT NULL').all().map(({ content }) => Buffer.from(content));
    return forms.filter(({ sealed }) => all.some((content) => content.equals(sealed))).map(({ text }) => text);
  } finally {
    store.close();
  }
}

/** How many records the relay holds. */
export function records_of(relay) {
  const store = new DatabaseSync(join(relay.data, 'attuned.db'), { readOnly: true });
  try {
    return Number(store.prepare('SELECT sum(head + 1) AS records FROM heads').get().records);
  } finally {
    store.close();
  }
}

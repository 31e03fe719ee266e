// The worker of one tab: puts the desk together from what the browser has.
/// <reference lib="webworker" />
import module_url from '../../../build/wasm/attune.wasm?url';
import { Desk } from './desk.ts';
import { CoreMissing } from './loop.ts';
import { kChannel, type Beginning, type FromPage, type ToPage } from './messages.ts';
import { Socket } from './socket.ts';
import { Storage } from './storage.ts';
import { clock_now, instantiate } from './wasm.ts';

declare const self: DedicatedWorkerGlobalScope;

let compiled: Promise<WebAssembly.Module> | null = null;

function module(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compileStreaming(fetch(module_url)).catch((error: unknown) => {
    compiled = null; // asked for again at the next opening
    throw new CoreMissing('the core could not be fetched', { cause: error });
  });
  return compiled;
}

// Counted where a page that is on its way out, and hears no messages any more, can still look.
let answers: Beginning['answers'] | null = null;

const desk = new Desk({
  locks: navigator.locks,
  channel: new BroadcastChannel(kChannel),
  page: (message: ToPage) => {
    self.postMessage(message);
    if (answers && 'answer' in message) Atomics.add(answers, 0, 1);
  },
  storage: () => {
    module().catch(() => {}); // fetched meanwhile; a failure is met when the core is wanted
    return Storage.open();
  },
  core: async () => instantiate(await module()),
  socket: (events) => new Socket(events),
  clock: clock_now,
});

self.onmessage = ({ data }: MessageEvent<FromPage | Beginning>) => {
  if ('answers' in data) answers = data.answers;
  else desk.page(data);
};
desk.start();

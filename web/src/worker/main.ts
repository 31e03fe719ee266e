// The worker of one tab: puts the desk together from what the browser has.
/// <reference lib="webworker" />
import module_url from '../../../build/wasm/attune.wasm?url';
import { Desk } from './desk.ts';
import { CoreMissing } from './loop.ts';
import { kChannel, type FromPage, type ToPage } from './messages.ts';
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

const desk = new Desk({
  locks: navigator.locks,
  channel: new BroadcastChannel(kChannel),
  page: (message: ToPage) => self.postMessage(message),
  storage: () => {
    module().catch(() => {}); // fetched meanwhile; a failure is met when the core is wanted
    return Storage.open();
  },
  core: async () => instantiate(await module()),
  socket: (events) => new Socket(events),
  clock: clock_now,
});

self.onmessage = (event: MessageEvent<FromPage>) => desk.page(event.data);
desk.start();

// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { relay_url, Socket } from './socket.ts';

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor(readonly url: string, readonly protocols: string[]) {
    if (url.includes('forbidden')) throw new DOMException('policy', 'SecurityError');
    FakeSocket.made.push(this);
  }
  send(data: unknown) {
    this.sent.push(data);
  }
  close() {
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
}

let said: string[];
let socket: Socket;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
  said = [];
  socket = new Socket({
    connected: () => said.push('connected'),
    disconnected: () => said.push('disconnected'),
    frame: (bytes) => said.push(`frame ${bytes.length}`),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a relay address', () => {
  test('becomes the address of its socket', () => {
    expect(relay_url('https://relay.example')).toBe('wss://relay.example/relay');
    expect(relay_url('http://localhost:8420')).toBe('ws://localhost:8420/relay');
  });
});

describe('a socket', () => {
  test('tells of opening, frames and breaking, once', () => {
    socket.dial('https://relay.example');
    const [made] = FakeSocket.made;
    made!.opens();
    made!.onmessage!({ data: new ArrayBuffer(3) });
    socket.send(new Uint8Array([1]));
    made!.onclose!();
    made!.onclose!();
    expect(said).toEqual(['connected', 'frame 3', 'disconnected']);
    expect(made!.sent).toHaveLength(1);
  });
  test('that was hung up, or took the place of another, leaves nothing to be heard of the old one', () => {
    socket.dial('https://relay.example');
    socket.dial('https://relay.example');
    const [first, second] = FakeSocket.made;
    first!.opens();
    first!.onclose!();
    second!.opens();
    socket.hang_up();
    second!.onclose!();
    second!.onmessage!({ data: new ArrayBuffer(1) });
    expect(said).toEqual(['connected']);
  });
  test('that never opens is given up, and one that did is not', async () => {
    socket.dial('https://relay.example');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(said).toEqual(['disconnected']);
    socket.dial('https://relay.example');
    FakeSocket.made[1]!.opens();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['disconnected', 'connected']);
  });
  test('shows a token to the relay it is for, beside the name of the protocol, and to no other', () => {
    socket.dial('https://relay.example');
    socket.give('https://relay.example', 'open.sesame-1');
    socket.dial('https://relay.example');
    socket.dial('https://other.example');
    expect(FakeSocket.made.map(({ protocols }) => protocols)).toEqual([[], ['attune', 'attune-token.open.sesame-1'], []]);
    expect(FakeSocket.made.every(({ url }) => !url.includes('sesame'))).toBe(true);
  });
  test('that speaks text is not a relay', () => {
    socket.dial('https://relay.example');
    FakeSocket.made[0]!.opens();
    FakeSocket.made[0]!.onmessage!({ data: 'hello' });
    expect(said).toEqual(['connected', 'disconnected']);
  });
  test('the page may not open is as good as unreachable', () => {
    socket.dial('https://forbidden.example');
    expect(said).toEqual(['disconnected']);
  });
});

// One connection to the relay. Who dials, when and again is the core's decision; this only carries it out.

export interface SocketEvents {
  connected(): void;
  /** A connection broke or never came about; told once for each dial, and not after hang_up(). */
  disconnected(): void;
  frame(bytes: Uint8Array): void;
}

const kDialTime = 20_000; // longer than a slow network takes, shorter than a browser waits for nobody

/** `https://host` becomes `wss://host/relay`. */
export function relay_url(relay: string): string {
  const url = new URL(relay);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = '/relay';
  url.search = '';
  url.hash = '';
  return url.href;
}

export class Socket {
  readonly #events: SocketEvents;
  #socket: WebSocket | null = null;
  #dialling: ReturnType<typeof setTimeout> | undefined;
  #given: { relay: string; token: string } | null = null;

  constructor(events: SocketEvents) {
    this.#events = events;
  }

  /** What the owner of this relay gave to whom it should let in. Shown to that relay alone, from the next dial on; not kept. */
  give(relay: string, token: string): void {
    this.#given = { relay, token };
  }

  /** Closes any other connection without a word about it. */
  dial(relay: string): void {
    this.hang_up();
    let socket: WebSocket;
    try {
      // Beside the name of the protocol, so that it stands in no address.
      socket = new WebSocket(relay_url(relay), this.#given?.relay === relay ? ['attune', `attune-token.${this.#given.token}`] : []);
    } catch {
      // An address no socket can be made of, or one the page's policy forbids: as unreachable as any other.
      this.#events.disconnected();
      return;
    }
    this.#socket = socket;
    this.#dialling = setTimeout(() => this.drop(), kDialTime);
    socket.binaryType = 'arraybuffer';
    const mine = (act: () => void) => () => {
      if (this.#socket === socket) act();
    };
    socket.onopen = mine(() => {
      clearTimeout(this.#dialling);
      this.#events.connected();
    });
    socket.onclose = mine(() => this.drop());
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (this.#socket !== socket) return;
      if (event.data instanceof ArrayBuffer) this.#events.frame(new Uint8Array(event.data));
      else this.drop(); // the relay speaks no text: this is something else
    };
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    // On a connection that has just broken the frame is lost like any other on its way; `disconnected` follows.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  hang_up(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#dialling);
    socket?.close();
  }

  /** The network has gone: waiting for its time-out would only hide it. */
  drop(): void {
    if (!this.#socket) return;
    this.hang_up();
    this.#events.disconnected();
  }
}

// A soft tone at the end of a piece, on this device, for whoever chose it. What it says stands on the screen, too.
const kKey = 'listening-sound';

export function kept_sound(): boolean {
  try {
    return localStorage.getItem(kKey) === 'on';
  } catch {
    return false;
  }
}

export function keep_sound(on: boolean): void {
  try {
    if (on) localStorage.setItem(kKey, 'on');
    else localStorage.removeItem(kKey);
  } catch {
    // A browser that stores nothing forgets it with the page.
  }
}

let context: AudioContext | undefined;

/** One note that swells and fades, about as loud as a spoon on a cup. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    const now = context.currentTime;
    const tone = new OscillatorNode(context, { type: 'sine', frequency: 392 });
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setValueAtTime(0, now);
    loud.gain.linearRampToValueAtTime(0.12, now + 0.15);
    loud.gain.exponentialRampToValueAtTime(0.001, now + 1.6);
    tone.connect(loud).connect(context.destination);
    tone.start(now);
    tone.stop(now + 1.7);
  } catch {
    // No sound here.
  }
}

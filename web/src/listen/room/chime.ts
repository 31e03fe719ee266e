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

/** A browser lets a page be heard only after a tap: where sound was chosen, the next one sees to that. The result takes it back. */
export function sound_from_next_tap(): () => void {
  const tapped = () => {
    if (kept_sound()) wake();
  };
  addEventListener('click', tapped, { once: true });
  return () => removeEventListener('click', tapped);
}

/** New, or put to rest by a call meanwhile. */
function wake(): AudioContext | undefined {
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => undefined);
    return context;
  } catch {
    return undefined; // no sound here
  }
}

/** One note that swells and fades, about as loud as a spoon on a cup. */
export function chime(): void {
  try {
    const context = wake();
    if (!context) return;
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

/** Plays the tone of an alert's priority: more urgent is higher, faster and longer, so that it is told apart without looking. */
import type { AlertPriority } from '../../shared/alert.ts';

interface Note {
  hertz: number;
  seconds: number;
}

/** Three rising, twice; two level ones; a single low one. */
export const TONES: Record<AlertPriority, readonly Note[]> = {
  high: [660, 880, 1_175, 660, 880, 1_175].map((hertz) => ({ hertz, seconds: 0.14 })),
  medium: [587, 587].map((hertz) => ({ hertz, seconds: 0.22 })),
  low: [{ hertz: 392, seconds: 0.3 }],
};
const LOUDNESS: Record<AlertPriority, number> = { high: 0.3, medium: 0.2, low: 0.12 };
/** Without it a tone begins and ends with a click. */
const FADE_SECONDS = 0.02;
const GAP_SECONDS = 0.05;

let context: AudioContext | undefined;

/** Returns whether it can be heard: before the first key or click in a page browsers let nothing out. */
export function playTone(priority: AlertPriority): boolean {
  const audio = (context ??= new AudioContext());
  if (audio.state === 'suspended') void audio.resume();
  let at = audio.currentTime + FADE_SECONDS;
  for (const { hertz, seconds } of TONES[priority]) {
    playNote(audio, { hertz, seconds }, at, LOUDNESS[priority]);
    at += seconds + GAP_SECONDS;
  }
  return audio.state === 'running' || navigator.userActivation.hasBeenActive;
}

function playNote(audio: AudioContext, { hertz, seconds }: Note, at: number, loudness: number): void {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + FADE_SECONDS);
  volume.gain.setValueAtTime(loudness, at + seconds - FADE_SECONDS);
  volume.gain.linearRampToValueAtTime(0, at + seconds);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
}

/** Says a sentence in the reader's language, by a voice of the browser's. */

/** What was still being said is broken off: what comes now is the news. Where there is no voice, nothing is said. */
export function sayAloud(text: string, locale: string): void {
  if (!('speechSynthesis' in window)) return;
  const sentence = new SpeechSynthesisUtterance(text);
  sentence.lang = locale;
  const language = locale.slice(0, 2);
  const voice = speechSynthesis.getVoices().find(({ lang }) => lang.startsWith(language));
  if (voice !== undefined) sentence.voice = voice;
  speechSynthesis.cancel();
  speechSynthesis.speak(sentence);
}

/** What concerns the screen itself, in English: its language and its look. */

export const screen = {
  chooseLanguage: 'Language',
  /** Each in itself, so that everybody finds their own. */
  language: { en: 'English', cy: 'Cymraeg' },
  chooseLook: 'Look',
  look: { day: 'Day', night: 'Night', auto: 'Auto' },
};

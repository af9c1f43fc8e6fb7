/** What concerns the screen itself, in English: its language and its look. */

export const screen = {
  chooseLanguage: 'Language',
  /** Each in itself, so that everybody finds their own. */
  language: { en: 'English', cy: 'Cymraeg' },
  chooseLook: 'Look',
  look: { day: 'Day', night: 'Night', auto: 'Auto' },
  wall: 'Wall',
  wallAddress: 'A wall’s address',
  wallDistance: 'To the farthest seat, in metres',
  wallDiagonal: 'Diagonal of the screen (16 : 9), in inches',
  wallWidth: 'Or its width as measured, in millimetres',
  wallNoScreen: 'No screen can be like that.',
  wallCapitals: (millimetres: string, lines: string) =>
    `The smallest capital is ${millimetres} mm high: 16 minutes of arc from there. The screen holds ${lines} such lines.`,
  wallToken: 'The wall’s token follows at its end, after #.',
};

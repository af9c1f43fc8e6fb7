/** The connection, and pages that cannot do their work, in English. */

export const connection = {
  connection: { connecting: 'Connecting', live: 'Live', stale: 'No connection' },
  stale: (age: string) => `No live data for ${age}`,
  pictureOf: (time: string) => `picture of ${time}`,
  waiting: 'Waiting for the server',
  waitingFor: (age: string) => `for ${age}`,
  refused: (reason: string) => `The server refuses: ${reason}`,
  tokenRefused: 'this wall’s token is no longer valid',
  speed: (factor: string) => `×${factor}`,
  clockStands: 'clock stands',
  unreachable: 'The server does not answer. Trying again.',
  needsToken: 'This wall has no valid token. Open its full address again, or sign in.',
  codeMissing: 'This part could not be loaded: the server does not answer, or has a new version.',
  codeLoad: 'Load the page again',
  failed: 'The page stopped working. It starts again by itself.',
};

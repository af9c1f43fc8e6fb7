/** Y cysylltiad: the connection, and pages that cannot do their work, in Welsh. */
import type { connection as english } from '../en/connection.ts';

export const connection: typeof english = {
  connection: { connecting: 'Yn cysylltu', live: 'Byw', stale: 'Dim cysylltiad' },
  stale: (age) => `Dim data byw ers ${age}`,
  pictureOf: (time) => `llun o ${time}`,
  waiting: 'Yn aros am y gweinydd',
  waitingFor: (age) => `ers ${age}`,
  refused: (reason) => `Mae’r gweinydd yn gwrthod: ${reason}`,
  tokenRefused: 'nid yw tocyn y wal hon yn ddilys mwyach',
  speed: (factor) => `×${factor}`,
  clockStands: 'cloc wedi stopio',
  unreachable: 'Nid yw’r gweinydd yn ateb. Yn ceisio eto.',
  needsToken: 'Nid oes gan y wal hon docyn dilys. Agorwch ei chyfeiriad llawn eto, neu mewngofnodwch.',
  codeMissing: 'Ni ellid llwytho’r rhan hon: nid yw’r gweinydd yn ateb, neu mae ganddo fersiwn newydd.',
  codeLoad: 'Llwytho’r dudalen eto',
  failed: 'Stopiodd y dudalen weithio. Bydd yn ailgychwyn ohoni’i hun.',
};

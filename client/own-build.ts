/** Which build this page is of, and whether the server has another. */

/** Null in development, where nothing is built. */
export function ownBuild(page: Pick<Document, 'querySelector'> = document): string | null {
  return page.querySelector<HTMLMetaElement>('meta[name="forewatch-build"]')?.content ?? null;
}

/** What is not known is no reason to load anything. */
export function isAnother(own: string | null, served: string | null): served is string {
  return own !== null && served !== null && own !== served;
}

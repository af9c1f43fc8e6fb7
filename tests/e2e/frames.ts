/** Every frame that the browser paints, and how much is on each: next to nothing where one is blank. */
import type { CDPSession, Page } from '@playwright/test';

/** Every frame from now on, as PNG in base64. */
export async function watchFrames(session: CDPSession): Promise<string[]> {
  const frames: string[] = [];
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(data);
    // Once the page is closed nobody hears it.
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: 960, maxHeight: 540 });
  return frames;
}

/** The share of pixels that are brighter than the ground by night. */
export function inkOf(page: Page, frames: readonly string[]): Promise<number[]> {
  return page.evaluate(async (images) => {
    const shares: number[] = [];
    for (const image of images) {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${image}`)).blob());
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      pen.drawImage(bitmap, 0, 0);
      const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
      let ink = 0;
      for (let at = 0; at < data.length; at += 4)
        if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) > 110) ink++;
      shares.push(ink / (data.length / 4));
    }
    return shares;
  }, frames);
}

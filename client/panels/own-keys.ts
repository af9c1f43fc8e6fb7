/** Keeps what is typed in a dialog to itself: it is none of the desk's shortcuts. */

/** An attachment, for the element that lies around the dialog. */
export function ownKeys(element: HTMLElement): () => void {
  const keep = (event: Event): void => {
    event.stopPropagation();
  };
  element.addEventListener('keydown', keep);
  return () => {
    element.removeEventListener('keydown', keep);
  };
}

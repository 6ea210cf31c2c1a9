/** After a form was sent with something wrong in it, the first input that is wrong takes the focus, so that it is read out. */
export function focusFirstInvalidAfterSubmit(page: Document): void {
  page.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement)) return;
    // the page marks its inputs while it handles the event
    requestAnimationFrame(() => target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  });
}

/** The nonce of this answer's content security policy, which styles and scripts made at run time have to carry. */
export function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

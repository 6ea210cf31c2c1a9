/** Whether a text has the form of an e-mail address. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@"<>(),;:\\[\]]+@[^\s@.]+(\.[^\s@.]+)*\.[^\s@.\d]{2,}$/.test(text);
}

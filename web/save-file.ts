import { ApiError } from './api.ts';
import { credentialsOfRequest } from './bearer.ts';

/** Fetches a file of the HTTP API with the session's token and saves it as a download would. @throws ApiError */
export async function saveFile(href: string): Promise<void> {
  const response = await fetch(href, credentialsOfRequest()).catch(() => {
    throw new ApiError(0, { code: 'network' });
  });
  if (!response.ok) throw new ApiError(response.status, { code: 'internal' });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(response, href);
  link.click();
  // the browser has begun to read it by then
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function nameOf(response: Response, href: string): string {
  const given = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return given ?? href.split('?')[0]?.split('/').at(-1) ?? 'file';
}

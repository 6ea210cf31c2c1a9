/** Path of the CRM's own application, as its links name it. */
export const APPLICATION_PATH = '/smart/smart.php';

/** The address of a record in the CRM's application; what it leads to is not meant to be read off it. */
export function recordLink(origin: string, module: string, id: number): string {
  const params = Buffer.from(JSON.stringify({ module, id })).toString('base64');
  return `${origin}${APPLICATION_PATH}?${new URLSearchParams({ params })}`;
}

/** Where such an address leads: to the record's page, a wrong one to the dashboard. */
export function openRecordLink(url: URL): Response {
  const target = recordOf(url.searchParams.get('params') ?? '');
  const location = target === undefined ? '/_crm/contacts' : `/_console/contacts/${target}`;
  return new Response(null, { status: 302, headers: { location } });
}

function recordOf(params: string): number | undefined {
  try {
    const { module, id }: { module?: unknown; id?: unknown } = JSON.parse(Buffer.from(params, 'base64').toString());
    return module === 'address' && typeof id === 'number' ? id : undefined;
  } catch {
    return undefined;
  }
}

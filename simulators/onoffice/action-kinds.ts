import type { ActionKind } from './entities.ts';

/**
 * The kinds of activity of a fresh customer (fact sheet 3). Keys are German. The key of the automatic type for the double
 * opt-in is not documented; this one is made up.
 */
export function defaultActionKinds(): ActionKind[] {
  return [
    {
      key: 'Newsletter',
      labels: { DEU: 'Newsletter', ENG: 'Newsletter', ESP: 'Boletín' },
      types: [
        { key: 'bestellt', labels: { DEU: 'bestellt', ENG: 'ordered', ESP: 'pedido' }, automatic: false },
        {
          key: 'nicht bestellt',
          labels: { DEU: 'nicht bestellt', ENG: 'not ordered', ESP: 'no pedido' },
          automatic: false,
        },
        { key: 'Hard Bounce', labels: { DEU: 'Hard Bounce', ENG: 'Hard bounce' }, automatic: true },
        {
          key: 'Double Opt-In gesendet',
          labels: { DEU: 'Double Opt-In gesendet', ENG: 'sent Double Opt-In' },
          automatic: true,
        },
      ],
    },
    {
      key: 'Email',
      labels: { DEU: 'E-Mail', ENG: 'E-mail', ESP: 'Correo electrónico' },
      types: [
        { key: 'Ausgang', labels: { DEU: 'Ausgang', ENG: 'Outgoing', ESP: 'Salida' }, automatic: false },
        { key: 'Eingang', labels: { DEU: 'Eingang', ENG: 'Incoming', ESP: 'Entrada' }, automatic: true },
      ],
    },
    {
      key: 'Telefon',
      labels: { DEU: 'Telefon', ENG: 'Telephone', ESP: 'Teléfono' },
      types: [{ key: 'Anruf', labels: { DEU: 'Anruf', ENG: 'Call', ESP: 'Llamada' }, automatic: false }],
    },
    { key: 'Sonstiges', labels: { DEU: 'Sonstiges', ENG: 'Other', ESP: 'Otros' }, types: [] },
  ];
}

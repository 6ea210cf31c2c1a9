/** Palabras para lo que nombra el núcleo: motivos, operaciones, fases, estados, campos. */
export const terms = {
  reasons: {
    not_readable: {
      label: 'Ya no se puede leer',
      sentence: 'El usuario de API del conector ya no puede leer este contacto, o se eliminó en onOffice.',
      remedy: 'Dé al usuario de API permiso de lectura sobre el contacto en onOffice.',
    },
    archived_contact: {
      label: 'Contacto archivado',
      sentence: 'El contacto está archivado en onOffice.',
      remedy: 'Vuelva a activar el contacto si debe recibir la newsletter.',
    },
    private: {
      label: 'Contacto privado',
      sentence: 'El contacto está marcado como privado en onOffice; los contactos privados no se transfieren nunca.',
      remedy: 'Quite la marca «Privado» del contacto si debe recibir la newsletter.',
    },
    no_email: {
      label: 'Sin correo electrónico',
      sentence: 'El contacto no tiene una dirección de correo principal.',
      remedy: 'Añada una dirección de correo al contacto en onOffice.',
    },
    invalid_email: {
      label: 'Correo no válido',
      sentence: 'La dirección principal no puede ser correcta, o la plataforma de newsletter no la acepta.',
      remedy: 'Corrija la dirección del contacto en onOffice.',
    },
    duplicate_email: {
      label: 'Dirección repetida',
      sentence: 'Otro contacto con Newsletter = Sí tiene la misma dirección y recibe en ella la newsletter.',
      remedy: 'No hay que hacer nada. Para saludar a ambos por su nombre, dé a cada contacto una dirección propia.',
    },
    conflicting_flags: {
      label: 'Campos Newsletter contradictorios',
      sentence: 'Los contactos con la misma dirección se contradicen: uno dice Newsletter = Sí y otro dice No.',
      remedy: 'Ponga el mismo valor en el campo Newsletter de todos los contactos con esta dirección.',
    },
    compliance: {
      label: 'Bloqueado por motivos legales',
      sentence:
        'La plataforma de newsletter bloquea la dirección porque la persona se dio de baja o marcó un correo como spam.',
      remedy: 'Solo la propia persona puede volver, con el formulario de alta de la plataforma.',
    },
    opted_out: {
      label: 'Dado de baja',
      sentence: 'La persona se dio de baja de la newsletter y no consta un consentimiento posterior.',
      remedy: 'Solo un nuevo consentimiento la hace volver, por ejemplo con el formulario de alta.',
    },
    bounced: {
      label: 'No entregable',
      sentence: 'Los correos a esta dirección se devolvieron de forma definitiva (rebote permanente).',
      remedy: 'Averigüe la dirección actual de la persona e indíquela en onOffice.',
    },
    permanently_deleted: {
      label: 'Eliminado definitivamente',
      sentence: 'La dirección se eliminó definitivamente en la plataforma y no podemos volver a añadirla.',
      remedy: 'Solo la propia persona puede volver, con el formulario de alta de la plataforma.',
    },
    awaiting_confirmation: {
      label: 'Pendiente de confirmar',
      sentence: 'La persona todavía no ha pulsado el enlace del correo de confirmación.',
      remedy: 'No hay que hacer nada. En cuanto confirme, recibirá la newsletter.',
    },
    plan_limit: {
      label: 'Plan completo',
      sentence: 'En su plan de la plataforma de newsletter no caben más contactos.',
      remedy: 'Cambie de plan o elimine en la plataforma contactos que ya no necesite.',
    },
    rejected_by_provider: {
      label: 'Rechazado por la plataforma',
      sentence: 'La plataforma de newsletter rechazó este contacto; al lado figura lo que dice.',
      remedy: 'Corrija en el contacto lo que indica la plataforma. La próxima sincronización vuelve a intentarlo.',
    },
    held_by_brake: {
      label: 'Retenido por el freno de seguridad',
      sentence: 'Han llegado más cambios de lo habitual a la vez; esperan su visto bueno.',
      remedy: 'Mire la vista previa y apruebe o descarte los cambios.',
    },
    waiting: {
      label: 'En cola',
      sentence: 'El contacto está a punto de transferirse, o la plataforma aún lo está procesando.',
      remedy: 'No hay que hacer nada; vuelva a mirar en unos minutos.',
    },
    removed_at_provider: {
      label: 'Retirado en la plataforma',
      sentence: 'El miembro se archivó o se retiró en la plataforma, así que no lo volvemos a añadir.',
      remedy: 'Si la persona debe recibir la newsletter, recupere al miembro en la plataforma.',
    },
  },
  memberReasons: {
    member_of_private_contact: {
      label: 'El contacto es privado',
      sentence: 'El miembro corresponde a un contacto marcado como privado en onOffice.',
      remedy: 'Quite la marca «Privado» o saque al miembro de la lista en la plataforma.',
    },
    member_of_archived_contact: {
      label: 'El contacto está archivado',
      sentence: 'El miembro corresponde a un contacto archivado en onOffice.',
      remedy: 'Vuelva a activar el contacto o saque al miembro de la lista en la plataforma.',
    },
    member_of_unreadable_contact: {
      label: 'El contacto no se puede leer',
      sentence: 'El miembro corresponde a un contacto que el usuario de API del conector no puede leer.',
      remedy: 'Dé al usuario de API permiso de lectura sobre el contacto en onOffice.',
    },
    member_of_pending_contact: {
      label: 'Newsletter = pendiente',
      sentence: 'El campo Newsletter del contacto dice que la confirmación está pendiente.',
      remedy: 'Ponga el campo Newsletter en Sí cuando tenga el consentimiento.',
    },
    member_of_undeliverable_contact: {
      label: 'Newsletter = no entregable',
      sentence: 'El campo Newsletter del contacto dice que los correos no se pueden entregar.',
      remedy: 'Ponga el campo Newsletter en Sí si la dirección vuelve a funcionar.',
    },
    second_address: {
      label: 'Segunda dirección',
      sentence: 'El miembro es otra dirección de un contacto que ya recibe la newsletter en una distinta.',
      remedy: 'No hay que hacer nada, salvo que una de las dos deba salir de la lista de correo.',
    },
    leaving: {
      label: 'A punto de salir',
      sentence: 'El miembro está a punto de salir de la lista de correo.',
      remedy: 'No hay que hacer nada, salvo que en el resumen espere su respuesta una pregunta al respecto.',
    },
    arriving: {
      label: 'Recién llegado',
      sentence: 'El miembro acaba de darse de alta y está a punto de anotarse en onOffice.',
      remedy: 'No hay que hacer nada; vuelva a mirar en unos minutos.',
    },
    resubscribed_elsewhere: {
      label: 'Suscrito de nuevo por otro programa',
      sentence: 'La persona se había dado de baja y otro programa volvió a suscribirla.',
      remedy: 'Compruebe si hay un nuevo consentimiento. Si no, dé de baja al miembro en la plataforma.',
    },
    unknown_member: {
      label: 'No está en onOffice',
      sentence: 'onOffice no tiene ningún contacto para este miembro.',
      remedy: 'Una sincronización crea el contacto en onOffice.',
    },
  },
  operations: {
    'write-consent': {
      label: 'Campo Newsletter en onOffice',
      hint: 'onOffice recibe el estado actual del consentimiento',
    },
    'unsubscribe-member': {
      label: 'Dar de baja en la plataforma',
      hint: 'onOffice dice No, la plataforma aún envía',
    },
    'move-member': {
      label: 'Pasar a una nueva dirección',
      hint: 'cambiada en onOffice; consentimiento y etiquetas la acompañan',
    },
    'remove-member': {
      label: 'Sacar de la lista de correo',
      hint: 'se archiva, no se elimina; se puede deshacer',
    },
    'change-contact-address': {
      label: 'Nueva dirección en onOffice',
      hint: 'cambiada en la plataforma; la anterior queda como dirección adicional',
    },
    'update-member': { label: 'Actualizar nombres en la plataforma', hint: 'prevalece onOffice' },
    'tag-contact': { label: 'Poner etiquetas en onOffice', hint: 'etiquetas encontradas en la plataforma' },
    'tag-member': { label: 'Poner etiquetas en la plataforma', hint: 'etiquetas de newsletter del contacto' },
    'create-contact': { label: 'Crear en onOffice', hint: 'miembros que onOffice no conoce' },
    'raise-member': {
      label: 'Volver a suscribir',
      hint: 'miembros archivados cuyo contacto dice Sí y que nunca se dieron de baja',
    },
    'add-member': { label: 'Añadir a la lista de correo', hint: 'contactos con Newsletter = Sí' },
  },
  phases: {
    'reading-contacts': 'Leer los contactos de onOffice',
    'reading-members': 'Leer los miembros de la plataforma',
    planning: 'Comparar los dos lados',
    'awaiting-approval': 'Esperar su visto bueno',
    refreshing: 'Buscar cambios una vez más',
    executing: 'Transferir los cambios',
    importing: 'Esperar la importación de la plataforma',
    checking: 'Comprobar el resultado',
    counting: 'Contar los dos lados',
  },
  runStates: {
    running: 'en curso',
    waiting: 'en espera',
    'awaiting-approval': 'espera su visto bueno',
    succeeded: 'terminada',
    failed: 'fallida',
    cancelled: 'cancelada',
  },
  connectionStates: {
    draft: 'configuración sin terminar',
    ready: 'lista para la primera sincronización',
    active: 'activa',
    attention: 'necesita su atención',
    leaving: 'terminando',
    disconnected: 'terminada',
  },
  healthStates: { ok: 'funciona', waiting: 'en espera', failing: 'no funciona', unknown: 'sin comprobar' },
  personFields: {
    salutation: 'Tratamiento',
    letterSalutation: 'Saludo de carta',
    firstName: 'Nombre',
    lastName: 'Apellidos',
  },
  activities: {
    subscribed: { label: 'Alta', hint: 'se anota siempre' },
    unsubscribed: { label: 'Baja', hint: 'se anota siempre' },
    delivered: { label: 'Newsletter entregada', hint: 'como actividad de correo con el nombre de la campaña' },
    opened: { label: 'Newsletter abierta', hint: 'no cuentan las aperturas automáticas del programa de correo' },
    clicked: { label: 'Clic en un enlace', hint: 'con el enlace' },
    'hard-bounce': { label: 'No entregable (rebote permanente)', hint: 'la dirección ya no funciona' },
    'soft-bounce': {
      label: 'No entregada por ahora (rebote temporal)',
      hint: 'por ejemplo, porque el buzón está lleno',
    },
    complaint: { label: 'Marcada como spam', hint: 'la persona queda dada de baja al mismo tiempo' },
  },
  providers: { mailchimp: 'Mailchimp', brevo: 'Brevo' },
  plans: { monthly: 'Mensual', pay_as_you_go: 'Pay As You Go', forever_free: 'Free' },
  roles: { administrator: 'Administrador', editor: 'Editor', reader: 'Lector' },
} as const;
